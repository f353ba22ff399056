import { endpoints } from "../../shared/api/sign-in.ts";
import { handed } from "../browser.ts";
import { refreshSession } from "../callers/sessions.ts";
import { http } from "../http.ts";

/** POST /sign-in/refresh · 续期登录: of the token that is sent, or else of the one in the cookie. */
export const handler = http(endpoints["sign-in.refresh"], async ({ body: { refreshToken, inCookie } }, browser) =>
  handed(await refreshSession(refreshToken ?? browser.kept ?? ""), browser, inCookie),
);
