import type { Answer } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import type { Refund } from "./store.ts";

/** A refund as its payer sees it. */
export function refundReply(refund: Refund): Answer<Endpoints["refunds.request"]> {
  const { refundNo, orderNo, line, name, benefitYear, amount, reason, note, state, requestedOn, decision } = refund;
  return {
    refundNo,
    orderNo,
    line,
    name,
    benefitYear,
    amount,
    reason,
    note,
    state,
    requestedOn,
    proposed: refund.proposedBy !== null,
    decision: decision && { approve: decision.approve, on: decision.on, reason: decision.reason },
    carrier: refund.payment?.carrier ?? null,
  };
}

/** A refund as an officer sees it. */
export const officersReply = (refund: Refund): Answer<Endpoints["refunds-agency.propose"]> => ({
  ...refundReply(refund),
  village: refund.village,
  subsidised: refund.subsidised,
  proposedBy: refund.proposedBy?.name ?? null,
  decidedBy: refund.decision?.by.name ?? null,
  failure: refund.failure,
});
