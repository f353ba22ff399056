import { endpoints } from "../../shared/api/sign-in.ts";
import { http } from "../http.ts";
import { endSessionsOf } from "./accounts.ts";

/** POST /sign-in/out/account · 退出这个账号的所有设备: every session of the account, this one too. */
export const handler = http(endpoints["sign-in.sign-out-account"], async ({ resident }, browser) => {
  await endSessionsOf([resident]);
  if (browser.kept !== null) browser.forget();
  return {};
});
