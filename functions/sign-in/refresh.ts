import { endpoints } from "../../shared/api/sign-in.ts";
import { refreshSession } from "../callers/sessions.ts";
import { http } from "../http.ts";

/** POST /sign-in/refresh · 续期登录. */
export const handler = http(endpoints["sign-in.refresh"], ({ body: { refreshToken } }) => refreshSession(refreshToken));
