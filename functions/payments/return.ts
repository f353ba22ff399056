import { endpoints } from "../../shared/api/payments.ts";
import { Refusal } from "../../shared/refusal.ts";
import { recordAccess } from "../audit.ts";
import { mustRunFund } from "../callers/officers.ts";
import { suspenseAgain, suspenseOf } from "../contributions/suspense.ts";
import { http } from "../http.ts";

/** POST /agency/payments/suspense/{suspenseNo}/return · 退回暂收款: has money without an order, or that was stuck, paid back. */
export const handler = http(endpoints["payments.return"], async ({ officer, params: { suspenseNo } }) => {
  mustRunFund(officer);
  const item = await suspenseOf(suspenseNo);
  if (item.parts[0]?.poolingArea !== officer.unit) throw new Refusal("outside-area");
  await recordAccess(officer, { village: officer.unit }, { call: "payments.return", reason: suspenseNo });
  await suspenseAgain(item);
  return { state: "held" as const };
});
