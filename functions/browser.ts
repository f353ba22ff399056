import { prefix } from "../shared/api/endpoint.ts";

/** 续期令牌的 cookie · sent to sign-in and to nothing else; CloudFront in China passes on what it is told by name. */
export const refreshCookie = "refresh";
const where = `Path=${prefix}/sign-in; HttpOnly; Secure; SameSite=Strict`;
/** As long as a session that nobody refreshes; whether it still holds the session itself says. */
const month = 30 * 24 * 60 * 60;

/** 浏览器 · what a browser keeps of a session where no script reaches it. */
export interface Browser {
  /** The refresh token that came with the call. */
  readonly kept: string | null;
  keep(refreshToken: string): void;
  forget(): void;
}

/** … and what the answer will tell it. */
export function browserOf(cookies: readonly string[] = []): Browser & { readonly told: string[] } {
  const told: string[] = [];
  const found = cookies.find((one) => one.startsWith(`${refreshCookie}=`));
  return {
    told,
    kept: found?.slice(refreshCookie.length + 1) || null,
    keep: (refreshToken) => void told.push(`${refreshCookie}=${refreshToken}; Max-Age=${month}; ${where}`),
    forget: () => void told.push(`${refreshCookie}=; Max-Age=0; ${where}`),
  };
}

/** Tokens as whoever signs in wants them: a browser that asks for it keeps the refresh token itself, and its scripts get none. */
export function handed<T extends { readonly refreshToken: string }>(tokens: T, browser: Browser, inCookie = false): T {
  if (!inCookie) return tokens;
  browser.keep(tokens.refreshToken);
  return { ...tokens, refreshToken: "" };
}
