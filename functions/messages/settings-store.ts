import * as z from "zod";
import type { Answer } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import { key } from "../key.ts";
import { itemAt } from "../read.ts";
import type { Account } from "../sign-in/accounts.ts";
import { toPut, write } from "../write.ts";

const Switches = z.object({ wechat: z.boolean(), sms: z.boolean() });
/** 通知开关 · whether a person wants messages in an account by WeChat and by SMS; both, until they say otherwise. */
type Switches = z.output<typeof Switches>;

export const switchesOf = async (accountNo: string, personNo: string): Promise<Switches> =>
  (await itemAt(key.messageSettings(accountNo, personNo), Switches)) ?? { wechat: true, sms: true };

/** The last that was said holds. */
export async function keepSwitches(accountNo: string, personNo: string, switches: Switches): Promise<void> {
  await write(toPut({ ...key.messageSettings(accountNo, personNo), ...switches }));
}

/** The switches with what goes with them. */
export const settingsReply = (account: Account, switches: Switches): Answer<Endpoints["messages.settings"]> => ({
  inApp: true,
  ...switches,
  wechatPossible: account.openIdSealed !== null,
});
