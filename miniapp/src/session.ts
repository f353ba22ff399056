import type { Answered } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import { inBrowser, keep, kept, store } from "./store.ts";

export type Tokens = Answered<Endpoints["sign-in.refresh"]>;

const place = "session";

/** 认得的设备 · what the last sign-in gave this phone for a telephone: it keeps its tries for codes apart from strangers'. */
export const knownDevice = store<{ telephone: string; mark: string } | null>(kept("device"), (mark) =>
  keep("device", mark),
);

/** 登录状态 · the tokens of whoever is signed in on this phone, or null; in a browser without the refresh token, which lies in a cookie. */
export const session = store<Tokens | null>(kept<Tokens>(place), (tokens) => keep(place, tokens));

/** 没退完 · whom the server could not be told to sign out: in a browser the cookie, which no script can take away, holds until it is. */
export const leaving = store<Tokens | null>(inBrowser ? kept<Tokens>("leaving") : null, (tokens) => {
  if (inBrowser) keep("leaving", tokens);
});

/** What the phone keeps now: another tab may have renewed the session meanwhile. */
export const keptSession = (): Tokens | null => kept<Tokens>(place);
