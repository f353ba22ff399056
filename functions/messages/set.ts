import { endpoints } from "../../shared/api/messages.ts";
import { http } from "../http.ts";
import { keepSwitches, settingsReply } from "./settings-store.ts";

/** PUT /messages/settings · 更改通知设置: for what is sent from now on. */
export const handler = http(endpoints["messages.set"], async ({ resident: { account, personNo }, body }) => {
  await keepSwitches(account.accountNo, personNo, body);
  return settingsReply(account, body);
});
