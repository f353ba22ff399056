import type { Answered } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import { keep, kept, store } from "./store.ts";

export type Tokens = Answered<Endpoints["sign-in.telephone"]>;

const place = "session";

/** 登录状态 · the tokens of whoever is signed in on this phone, or null. */
export const session = store<Tokens | null>(kept<Tokens>(place), (tokens) => keep(place, tokens));

/** What the phone keeps now: another tab may have renewed the session meanwhile. */
export const keptSession = (): Tokens | null => kept<Tokens>(place);
