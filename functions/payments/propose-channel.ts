import { endpoints } from "../../shared/api/payments.ts";
import { recordAccess } from "../audit.ts";
import { http } from "../http.ts";
import { propose } from "../proposal.ts";
import { planChannel } from "./plans.ts";

/** PUT /agency/channel · 提出暂停或恢复整个支付渠道: stands once another finance officer of the collecting area agrees. */
export const handler = http(endpoints["payments.propose-channel"], async ({ officer, ...said }) => {
  const { open, sentence } = said.body;
  const call = "payments.propose-channel";
  await recordAccess(officer, { village: officer.unit }, { call, reason: open ? "open" : sentence });
  return propose(call, said, officer, planChannel);
});
