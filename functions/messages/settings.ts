import { endpoints } from "../../shared/api/messages.ts";
import { http } from "../http.ts";
import { settingsReply, switchesOf } from "./settings-store.ts";

/** GET /messages/settings · 通知设置. */
export const handler = http(endpoints["messages.settings"], async ({ resident: { account, personNo } }) =>
  settingsReply(account, await switchesOf(account.accountNo, personNo)),
);
