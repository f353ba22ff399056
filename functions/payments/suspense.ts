import { endpoints } from "../../shared/api/payments.ts";
import { mustRunFund } from "../callers/officers.ts";
import { suspenseIn } from "../contributions/suspense.ts";
import { http } from "../http.ts";

/** GET /agency/payments/suspense · 暂收款: what lies in suspense of the officer's pooling area, the oldest first. */
export const handler = http(endpoints["payments.suspense"], async ({ officer }) => {
  mustRunFund(officer);
  const items = await suspenseIn(officer.unit);
  return {
    items: items.map(
      ({ suspenseNo, payment: { transactionNo, carrier }, amount, why, orderNo, on, state, owner, failure }) => ({
        suspenseNo,
        transactionNo,
        carrier,
        amount,
        why,
        orderNo,
        on,
        state,
        owner,
        failure,
      }),
    ),
  };
});
