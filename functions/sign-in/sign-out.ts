import { endpoints } from "../../shared/api/sign-in.ts";
import { endSession } from "../callers/sessions.ts";
import { http } from "../http.ts";

/** POST /sign-in/out · 退出登录. */
export const handler = http(endpoints["sign-in.sign-out"], async ({ resident }, browser) => {
  await endSession(resident.sessionNo);
  if (browser.kept !== null) browser.forget();
  return {};
});
