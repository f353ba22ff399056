import type * as z from "zod";
import type { contributions } from "../../shared/api/contributions.ts";
import { endpoints } from "../../shared/api/endpoints.ts";
import { quote, withRepair } from "../../shared/contribution/quote.ts";
import { plus, text } from "../../shared/money.ts";
import { maskName } from "../../shared/person.ts";
import { policyOf } from "../../shared/policy/areas.ts";
import { Refusal } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { http } from "../http.ts";
import { insured } from "../residents/store.ts";
import { orderReply } from "./reply.ts";
import { bookOrder, type Line, openOrder, requested } from "./store.ts";
import { personOf } from "./whom.ts";

type Wish = z.output<(typeof contributions)["contributions.order"]["body"]>["lines"][number];
type Payer = { accountNo: string; personNo: string };

/** POST /orders · 下缴费单: freezes the price that the payer was shown; an order of nothing due enrols at once. */
export const handler = http(endpoints["contributions.order"], async ({ resident, body }) => {
  const before = await requested(resident.accountNo, body.requestNo, body);
  const order = before ?? (await openOrder(resident.accountNo, body.requestNo, body, await priced(body, resident)));
  const due = order.total > 0 || order.state !== "awaiting-payment";
  return orderReply(due ? order : await bookOrder(order.orderNo, null));
});

async function priced(body: { lines: Wish[]; expected: number }, payer: Payer): Promise<Omit<Line, "outcome">[]> {
  const lines = await Promise.all(body.lines.map((wish) => lineOf(wish, payer)));
  const years = new Set(lines.map((line) => `${line.personNo}#${line.benefitYear}`));
  if (years.size < lines.length) throw new Refusal("malformed", { detail: "同一个人同一年度只能写一行" });
  const total = plus(...lines.map((line) => line.amount));
  if (total !== body.expected) throw new Refusal("price-changed", { detail: `现在应缴${text(total)}元` });
  return lines;
}

async function lineOf({ whom, benefitYear, tier, repairYears }: Wish, payer: Payer): Promise<Omit<Line, "outcome">> {
  const page = await personOf(whom, payer);
  const { personNo, name, village, poolingArea } = page.profile;
  const policy = policyOf(poolingArea);
  const enquiry = { benefitYear, on: today(), tier, person: insured(page) };
  const quoted = quote(enquiry, policy);
  const { cost, waitingMonths, coverFrom } = withRepair(enquiry, quoted, repairYears, policy);
  if (coverFrom === null) throw new Refusal("cover-too-late");
  return {
    personNo,
    name: whom.who === "self" ? name : maskName(name),
    self: whom.who === "self",
    poolingArea,
    village,
    benefitYear,
    tier,
    channel: quoted.channel,
    standard: quoted.standard,
    subsidised: quoted.subsidised,
    payer: quoted.subsidies.find((one) => one.amount > 0)?.payer ?? null,
    due: quoted.due,
    repairYears,
    repairCost: cost,
    amount: plus(quoted.due, cost),
    coverFrom,
    waitingMonths,
  };
}
