import { recordAccess } from "../audit.ts";
import type { Officer } from "../callers/officers.ts";
import { orderOf } from "../contributions/store.ts";
import { type Refund, refundOf } from "../refunds/store.ts";
import { mustServe } from "../served.ts";

/** A refund that an officer of its village's area is about to touch; that they did is kept with the person. */
export async function refundFor(officer: Officer, refundNo: string, call: string, reason?: string): Promise<Refund> {
  const refund = await refundOf(refundNo);
  mustServe(officer, [refund.village]);
  const { personNo } = (await orderOf(refund.orderNo)).lines[refund.line]!;
  await recordAccess(officer, { personNo }, { call, ...(reason && { reason }) });
  return refund;
}
