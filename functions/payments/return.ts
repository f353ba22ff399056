import { endpoints } from "../../shared/api/payments.ts";
import { recordAccess } from "../audit.ts";
import { http } from "../http.ts";
import { propose } from "../proposal.ts";
import { planReturn } from "./plans.ts";

/** POST /agency/payments/suspense/{suspenseNo}/return · 退回暂收款: proposed; once another officer agrees, the channel pays it back. */
export const handler = http(endpoints["payments.return"], async ({ officer, ...said }) => {
  const reason = said.params.suspenseNo;
  await recordAccess(officer, { village: officer.unit }, { call: "payments.return", reason });
  return propose("payments.return", said, officer, planReturn);
});
