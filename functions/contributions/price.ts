import { policyOf } from "../../shared/areas/areas.ts";
import { choicesOf, quote, tiersOf, withRepair } from "../../shared/contribution/quote.ts";
import { plus, text, type Yuan } from "../../shared/money.ts";
import { Refusal } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { insured, type PersonPage } from "../people/page.ts";
import type { Line } from "./store.ts";

interface Wish {
  readonly benefitYear: number;
  readonly tier: number;
  readonly repairYears: number;
}

/** Throws for a newborn whom nobody has confirmed: nobody pays for a person who is not on the register. */
function mustBeConfirmed({ profile }: PersonPage): void {
  if (profile.unconfirmed) throw new Refusal("newborn-unconfirmed");
}

/** What a person owes today for a year, the area's tiers, and what each choice of repair would come to. */
export function owedBy(page: PersonPage, { benefitYear, tier }: Omit<Wish, "repairYears">) {
  mustBeConfirmed(page);
  const policy = policyOf(page.profile.poolingArea);
  const enquiry = { benefitYear, on: today(), tier, person: insured(page) };
  const quoted = quote(enquiry, policy);
  return {
    tiers: tiersOf(policy, benefitYear),
    quote: { ...quoted, fiscal: quoted.fiscal.total },
    choices: choicesOf(enquiry, quoted, policy),
  };
}

/** What a person owes today, as a line of an order; `shown` is how its payer sees the person. */
export function pricedLine(
  page: PersonPage,
  { benefitYear, tier, repairYears }: Wish,
  shown: { readonly name: string; readonly self: boolean },
): Omit<Line, "outcome"> {
  mustBeConfirmed(page);
  const { personNo, village, poolingArea, temporary } = page.profile;
  const policy = policyOf(poolingArea);
  const enquiry = { benefitYear, on: today(), tier, person: insured(page) };
  const quoted = quote(enquiry, policy);
  const { cost, waitingMonths, coverFrom } = withRepair(enquiry, quoted, repairYears, policy);
  if (coverFrom === null) throw new Refusal("cover-too-late");
  return {
    personNo,
    ...shown,
    poolingArea,
    village,
    temporary: temporary === true,
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

/** The lines of an order, if they are of different person-years and come to the sum that the payer was shown. */
export function mustMatch(lines: Omit<Line, "outcome">[], expected: Yuan): Omit<Line, "outcome">[] {
  const years = new Set(lines.map((line) => `${line.personNo}#${line.benefitYear}`));
  if (years.size < lines.length) throw new Refusal("malformed", { detail: "同一个人同一年度只能写一行" });
  const total = plus(...lines.map((line) => line.amount));
  if (total !== expected) throw new Refusal("price-changed", { detail: `现在应缴${text(total)}元` });
  return lines;
}
