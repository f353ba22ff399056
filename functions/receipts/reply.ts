import type { Answer } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import { policyOf } from "../../shared/areas/areas.ts";
import { coverUntil } from "../../shared/contribution/cover.ts";
import { unitName } from "../callers/units.ts";
import { personPage } from "../people/page.ts";
import type { Receipt } from "./store.ts";

type Reply = Answer<Endpoints["counter.receipt"]>["receipts"][number];

/** A receipt as whoever may see all of it sees it; the name is the person's of today. */
export async function receiptReply(receipt: Receipt, self: boolean): Promise<Reply> {
  const { number, checkCode, state, order, line } = receipt;
  const { collector } = order;
  const { profile } = await personPage(line.personNo);
  return {
    number,
    checkCode,
    state,
    name: profile.name,
    self,
    benefitYear: line.benefitYear,
    amount: line.amount,
    repairCost: line.repairCost,
    subsidised: line.subsidised,
    subsidisedBy: line.subsidised > 0 ? line.payer : null,
    carrier: carrierOf(receipt),
    on: order.createdOn,
    coverFrom: line.coverFrom,
    coverUntil: coverUntil(line.benefitYear),
    areaName: policyOf(line.poolingArea).name,
    unitName: await unitName(line.village),
    collector: collector ? { name: collector.name, unitName: await unitName(collector.unit) } : null,
  };
}

/** How the money came; null where nothing was to be paid. */
export const carrierOf = ({ order, line }: Receipt) => (line.amount > 0 ? (order.paidBy?.carrier ?? null) : null);
