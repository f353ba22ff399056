import type { Answer } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import type { Order } from "./store.ts";

/** An order as its payer sees it. */
export function orderReply(order: Order): Answer<Endpoints["contributions.order"]> {
  const { orderNo, state, total, createdOn, createdAt, expiresBy } = order;
  return {
    orderNo,
    state,
    total,
    createdOn,
    createdAt,
    expiresAt: expiresBy,
    lines: order.lines.map(({ personNo, poolingArea, village, temporary, tier, channel, payer, ...shown }) => shown),
  };
}
