import type { Me, Order } from "../../api.ts";
import type { Outcome } from "../../outcome.ts";
import { bringsCover } from "../../outcome.ts";
import { expired } from "../../words.ts";

/** The one sensible thing for a person to do now, if there is one. */
export type Next =
  | { readonly kind: "finish-paying"; readonly order: Order }
  | { readonly kind: "contribute"; readonly benefitYear: number; readonly owed: NonNullable<Outcome["owed"]> }
  | { readonly kind: "nothing" };

/** The years that a person is not enrolled in, this one and the next: what could still be paid. */
export const openYears = ({ cover }: NonNullable<Me["person"]>): number[] =>
  cover.filter((one) => one.state === "not-enrolled").map((one) => one.year);

/** 下一步 · an order left unpaid comes first, then the latest year that brings cover. */
export function nextOf(orders: readonly Order[], outcomes: ReadonlyMap<number, Outcome>): Next {
  const unpaid = orders.find((order) => order.state === "awaiting-payment" && !expired(order));
  if (unpaid) return { kind: "finish-paying", order: unpaid };
  for (const [benefitYear, { owed }] of [...outcomes].sort(([a], [b]) => b - a)) {
    if (owed && bringsCover(owed)) return { kind: "contribute", benefitYear, owed };
  }
  return { kind: "nothing" };
}
