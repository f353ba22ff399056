import { type User, UserManager } from "oidc-client-ts";

const { VITE_ISSUER, VITE_CLIENT_ID, VITE_AUDIENCE } = import.meta.env;
const { origin } = window.location;
const clientId = VITE_CLIENT_ID ?? "console";
const home = `${origin}${import.meta.env.BASE_URL}`;

/** 登录 · the officer's session with the issuer: code flow with PKCE, an access token for our audience, renewed in silence. */
export const session = new UserManager({
  authority: VITE_ISSUER ?? `${origin}/issuer`,
  client_id: clientId,
  redirect_uri: home,
  post_logout_redirect_uri: home,
  scope: "openid",
  resource: VITE_AUDIENCE ?? "urn:resident-insurance",
  automaticSilentRenew: true,
});

/** 退出 · here and at the issuer; Cognito wants to be told who and where to in words of its own, which others pass over. */
export const signOut = (): Promise<void> =>
  session
    .signoutRedirect({ extraQueryParams: { client_id: clientId, logout_uri: home } })
    .catch(() => session.removeUser());

/** Where the officer was goes along to the issuer and back. */
export const signIn = (): Promise<void> =>
  session.signinRedirect({ state: import.meta.env.BASE_URL + window.location.hash });

/** Puts the officer back where they were, and the issuer's code out of the address bar. */
export function returnToPage(user: User | undefined): void {
  const to = typeof user?.state === "string" ? user.state : import.meta.env.BASE_URL;
  window.history.replaceState({}, "", to);
}

/** The page of the issuer comes back into a hidden frame when it renews in silence: there is nothing to show then. */
export const isSilentFrame = (): boolean => window.parent !== window;

let sentence: string | null = null;
/** Why the session ended, for the sign-in page. */
export const whyEnded = (): string | null => sentence;

/** Ends the session here because the API no longer takes its token. */
export async function endSession(why: string): Promise<void> {
  sentence = why;
  await session.removeUser();
}

let renewing: Promise<User | null> | null = null;
/** One silent renewal at a time, whoever asks; null where the issuer wants to see the officer. */
export function renew(): Promise<User | null> {
  renewing ??= session
    .signinSilent()
    .catch(() => null)
    .finally(() => {
      renewing = null;
    });
  return renewing;
}
