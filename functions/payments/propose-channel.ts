import { endpoints } from "../../shared/api/payments.ts";
import { recordAccess } from "../audit.ts";
import { mustRunChannel } from "../callers/officers.ts";
import { proposeChannel } from "../channel/switch.ts";
import { byOfficer } from "../hand.ts";
import { http } from "../http.ts";

/** PUT /agency/channel · 提出暂停或恢复整个支付渠道: stands once another finance officer of the collecting area agrees. */
export const handler = http(endpoints["payments.propose-channel"], async ({ officer, body: { open, sentence } }) => {
  mustRunChannel(officer);
  const call = "payments.propose-channel";
  await recordAccess(officer, { village: officer.unit }, { call, reason: open ? "open" : sentence });
  await proposeChannel({ open, sentence: open ? null : sentence }, byOfficer(officer));
  return { proposed: true as const };
});
