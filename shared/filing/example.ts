import type { Day } from "../day.ts";
import { type Yuan, zero } from "../money.ts";
import type { Policy } from "../policy/policy.ts";
import type { Filing, Level } from "../policy/table.ts";
import type { Claim, Person, Year } from "../settlement/claim.ts";
import { type ClauseRow, clauses } from "../settlement/clauses.ts";
import { claimText } from "../settlement/lines.ts";
import { type Settlement, settle } from "../settlement/settle.ts";
import type { SettledText } from "../settlement/text.ts";

/** 示例账单 · one stay at the destination, all of it within the catalogue, to compare filings by. */
interface ExampleBill {
  readonly total: Yuan;
  readonly level: Level;
  /** The county of care; a destination stands for any of its counties. */
  readonly county: string;
  readonly on: Day;
}

/** 一种备案下的结果 · what `settle` makes of the bill under a filing, and the clauses that make it differ from the others. */
export interface ExampleCase {
  readonly filing: Filing;
  readonly settlement: Settlement;
  readonly clauses: readonly ClauseRow[];
}

/** The filings that an example compares, in the order shown: not filed first. */
export const comparedFilings = ["none", "long-term", "referral", "temporary"] as const satisfies Filing[];

/** The claim that an example bill is, under a filing. */
export const exampleClaim = ({ total, level, county, on }: ExampleBill, filing: Filing): Claim => ({
  careType: "inpatient",
  admittedOn: on,
  dischargedOn: on,
  level,
  county,
  reformed: false,
  filing,
  transferred: false,
  disease: "",
  fees: { total, outsideCatalogue: zero, overPriceCap: zero, upfront: zero },
  elsewhere: null,
});

/**
 * 备案前后对比 · the same bill under every filing, each computed by `settle` with the person's own identities and what their year
 * has seen. A clause is told where it is not the same in every case.
 */
export function exampleOf(person: Person, year: Year, bill: ExampleBill, policy: Policy): ExampleCase[] {
  const settled = comparedFilings.map((filing) => ({
    filing,
    settlement: settle(person, exampleClaim(bill, filing), year, policy, "resident"),
  }));
  const told = settled.map(({ settlement }) =>
    clauses(JSON.parse(claimText({ id: "", splits: [], settlement })) as SettledText),
  );
  const same = (a: ClauseRow, b: ClauseRow) => a.code === b.code && a.value === b.value && a.cite === b.cite;
  const everywhere = (row: ClauseRow) => told.every((rows) => rows.some((one) => same(one, row)));
  return settled.map((one, i) => ({
    ...one,
    clauses: told[i]!.filter((row) => row.parameter !== "" && !everywhere(row)),
  }));
}
