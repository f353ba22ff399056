import { endpoints } from "../../shared/api/sign-in.ts";
import { http } from "../http.ts";
import { accountsOf, endSessionsOf } from "./accounts.ts";

/** POST /sign-in/out/person · 退出我的所有账号: every session of every account that is bound to the person, this one too. */
export const handler = http(endpoints["sign-in.sign-out-person"], async ({ resident }, browser) => {
  const accounts = await accountsOf(resident.personNo);
  await endSessionsOf(accounts);
  if (browser.kept !== null) browser.forget();
  return { accounts: accounts.length };
});
