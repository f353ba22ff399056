import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { areas, policyOf } from "../../shared/areas/areas.ts";
import { documents } from "../../shared/areas/documents.ts";
import { addDays, addMonths, type Day, day } from "../../shared/day.ts";
import { identityKinds } from "../../shared/policy/identity.ts";
import { publish } from "../../shared/policy/publish.ts";
import { careTypes, filings, levels, type Scheme, schemes } from "../../shared/policy/table.ts";
import type { PublishedPolicy, SettledText } from "../../shared/settlement/text.ts";
import { verify } from "../../shared/settlement/verify.ts";

/** 案例 · cases of the `settle` command as the contract spells them, drawn at random, and who else can judge them. */

interface LineText {
  readonly code: string;
  readonly class: "A" | "B" | "C";
  readonly price: string;
  readonly quantity: string;
  readonly priceCap: string | null;
  readonly upfrontShare: string;
}
interface SumsText {
  readonly total: string;
  readonly outsideCatalogue: string;
  readonly overPriceCap: string;
  readonly upfront: string;
}
export interface ClaimText {
  readonly id: string;
  readonly careType: string;
  readonly admittedOn: string;
  readonly dischargedOn: string;
  readonly provider: { readonly level: string; readonly county: string; readonly reformed: boolean };
  readonly filing: string;
  readonly transferFrom: string | null;
  readonly diseases: readonly string[];
  readonly fees: SumsText | { readonly lines: readonly LineText[] };
  readonly settledElsewhere: { readonly pooled: string; readonly largeExpense: string } | null;
}
export interface CaseText {
  readonly id: string;
  readonly poolingArea: string;
  readonly scheme: Scheme;
  readonly person: {
    readonly bornOn: string;
    readonly sex: "female" | "male" | null;
    readonly retired: boolean;
    readonly homeCounty: string;
    readonly familyDoctor: boolean;
    readonly identities: readonly { readonly kind: string; readonly from: string; readonly until: string | null }[];
  };
  readonly claims: readonly ClaimText[];
}

/** Policies as others read them: through their published text. */
export const published: ReadonlyMap<string, PublishedPolicy> = new Map(
  [...areas.keys()].map((area) => [area, JSON.parse(JSON.stringify(publish(policyOf(area), documents)))]),
);

/** Every area with every scheme that it settles. */
const packages: readonly (readonly [area: string, scheme: Scheme])[] = [...published].flatMap(
  ([area, { parameters }]) =>
    schemes
      .filter((scheme) => Object.keys(parameters).some((name) => name.startsWith(`benefits.${scheme}.`)))
      .map((scheme) => [area, scheme] as const),
);

/** Fen as yuan text. */
export const yuanText = (fen: number): string => {
  const digits = String(fen).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
/** Yuan text as fen. */
export const fenOf = (written: unknown): number => Number(String(written).replace(".", ""));

const decimal = (unit: number, places: number) => {
  const digits = String(unit).padStart(places + 1, "0");
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
};

/** The amounts and the days that an area's rules name: what is interesting lies beside them. */
function landmarks(area: string, scheme: string): { amounts: number[]; days: Day[] } {
  const { parameters } = published.get(area)!;
  const own = Object.entries(parameters).filter(([name]) => /^(begins|identityTiming)$|^benefits/.test(name));
  const entries = own.flatMap(([, lines]) => lines.flatMap((one) => one.entries));
  const ofScheme = own.filter(([name]) => name.startsWith(`benefits.${scheme}.`));
  const amounts = [...JSON.stringify(ofScheme).matchAll(/"(\d+\.\d\d)"/g)].map(([, written]) => fenOf(written));
  return { amounts: [...new Set(amounts)], days: [...new Set(entries.map((one) => day(one.from)))].sort() };
}

const mostFen = 99_999_999_999;
const amountNear = (amounts: readonly number[]) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 0, max: 3_000_000 }) },
    { weight: 3, arbitrary: fc.integer({ min: 0, max: 60_000_000 }) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 200_000_000 }) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom(0, ...amounts), fc.integer({ min: -1, max: 1 }))
        .map(([amount, fen]) => Math.max(0, amount + fen)),
    },
    { weight: 1, arbitrary: fc.constantFrom(0, 1, mostFen) },
  );

const feeLine: fc.Arbitrary<LineText> = fc
  .record({
    kind: fc.constantFrom("A" as const, "B" as const, "B" as const, "C" as const),
    // Half-fen prices are where rounding shows.
    price: fc.oneof(
      fc.integer({ min: 0, max: 2_000_000_000 }),
      fc.integer({ min: 0, max: 200_000 }).map((halves) => halves * 5_000),
    ),
    quantity: fc.oneof(fc.constant(10_000), fc.integer({ min: 0, max: 900_000 })),
    capPart: fc.option(fc.integer({ min: 0, max: 12 })),
    upfrontShare: fc.constantFrom("0", "0.05", "0.10", "0.2", "0.3333", "1"),
  })
  .map(({ kind, price, quantity, capPart, upfrontShare }) => ({
    code: "x",
    class: kind,
    price: decimal(price, 6),
    quantity: decimal(quantity, 4),
    priceCap: capPart === null ? null : decimal(Math.floor((price * capPart) / 10), 6),
    upfrontShare,
  }));

/** Four sums that fit: the first amount is the bill, the others are parts of it in thousandths. */
const sums = (amounts: readonly number[]): fc.Arbitrary<SumsText> =>
  fc
    .tuple(
      amountNear(amounts),
      fc.option(fc.tuple(...Array.from({ length: 3 }, () => fc.integer({ max: 333, min: 0 })))),
    )
    .map(([total, parts]) => {
      const [outside, over, upfront] = (parts ?? [0, 0, 0]).map((part) => yuanText(Math.floor((total * part) / 1000)));
      return { total: yuanText(total), outsideCatalogue: outside!, overPriceCap: over!, upfront: upfront! };
    });

/** What of four sums is in scope, in fen. */
export const inScopeOf = (fees: SumsText): number =>
  fenOf(fees.total) - fenOf(fees.outsideCatalogue) - fenOf(fees.overPriceCap) - fenOf(fees.upfront);

/** The county of the person, another of its city, another of its province, one elsewhere. */
const countiesFrom = (area: string) => [area, `${area.slice(0, 4)}81`, `${area.slice(0, 2)}9901`, "110101"];

/** How a case is drawn: on exactly one list; the basic layer always given by another system; fee lines or only sums. */
interface Drawn {
  readonly oneIdentity?: boolean;
  readonly elsewhere?: boolean;
  readonly lines?: boolean;
}

function caseOf(area: string, scheme: Scheme, drawn: Drawn): fc.Arbitrary<CaseText> {
  const { amounts, days } = landmarks(area, scheme);
  const first = days[0]!;
  const firstYear = Number(first.slice(0, 4));
  const newYears = [1, 2].map((later) => day(`${firstYear + later}-01-01`));
  const discharge = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 364 }).map((later) => addDays(first, later)) },
    { weight: 2, arbitrary: fc.integer({ min: 0, max: 800 }).map((later) => addDays(first, later)) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(...days, ...newYears), fc.integer({ min: -1, max: 1 }))
        .map(([on, off]) => (addDays(on, off) < first ? first : addDays(on, off))),
    },
  );
  const written = fc.record({
    careType: fc.constantFrom(...careTypes, ...careTypes.filter((one) => one !== "outpatient"), "inpatient" as const),
    dischargedOn: discharge,
    nights: fc.constantFrom(0, 1, 9, 40),
    level: fc.constantFrom(...levels),
    county: fc.constantFrom(...countiesFrom(area)),
    reformed: fc.boolean(),
    filing: fc.constantFrom(...filings),
    transfer: fc.option(fc.nat(5), { freq: 3 }),
    diseases: fc.constantFrom([], ["I10"], ["Q21.0"], ["C91.0", "I10"], ["F20"], ["C50.9"], ["D00"], ["Q19"]),
    fees: sums(amounts),
    lines:
      drawn.lines === false
        ? fc.constant(null)
        : fc.option(fc.array(feeLine, { minLength: 1, maxLength: 4 }), { freq: 3 }),
    elsewhere: fc.option(fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 })), {
      freq: drawn.elsewhere ? 1_000_000 : 3,
    }),
  });
  const listing = fc.record({
    kind: fc.constantFrom(...identityKinds),
    from: fc.constantFrom(-400, -31, -1, 0, 31, 59, 180, 181, 365),
    // Listed for so many days; null is still listed.
    lasts: fc.option(fc.constantFrom(0, 1, 30, 120, 365), { freq: 2 }),
  });
  return fc
    .record({
      // Turning so old around an admission: the day before it, on it, during the stay.
      born: fc.tuple(fc.constantFrom(0, 1, 12, 12, 18, 18, 45, 80), fc.constantFrom(-1, 0, 1, 1), fc.nat(5)),
      sex: fc.constantFrom("female" as const, "male" as const, null),
      retired: fc.boolean(),
      home: fc.constantFrom(...countiesFrom(area).slice(0, 2)),
      familyDoctor: fc.boolean(),
      listings: fc.array(listing, drawn.oneIdentity ? { minLength: 1, maxLength: 1 } : { maxLength: 3 }),
      claims: fc.array(written, { minLength: 1, maxLength: 6 }),
    })
    .map(({ born, sex, retired, home, familyDoctor, listings, claims }) => {
      const inOrder = claims
        .map((one) => ({ ...one, admittedOn: addDays(one.dischargedOn, -one.nights) }))
        .sort((a, b) => (a.dischargedOn < b.dischargedOn ? -1 : Number(a.dischargedOn > b.dischargedOn)));
      const [years, off, pivot] = born;
      const earliest = inOrder.map((one) => one.admittedOn).reduce((a, b) => (a < b ? a : b));
      const birthday = addDays(addMonths(inOrder[pivot % inOrder.length]!.admittedOn, -12 * years), off);
      return {
        id: "random",
        poolingArea: area,
        scheme,
        person: {
          bornOn: birthday < earliest ? birthday : earliest,
          sex,
          retired,
          homeCounty: home,
          familyDoctor,
          identities: listings.map(({ kind, from, lasts }) => ({
            kind,
            from: addDays(first, from),
            until: lasts === null ? null : addDays(first, from + lasts),
          })),
        },
        claims: inOrder.map((one, i) => {
          const whole = inScopeOf(one.fees);
          const pooled = one.elsewhere ? Math.floor((whole * one.elsewhere[0]) / 1000) : 0;
          const rest = one.elsewhere ? Math.floor(((whole - pooled) * one.elsewhere[1]) / 1000) : 0;
          const given = one.lines ? [0, 0] : [pooled, scheme === "employee" ? rest : 0];
          return {
            id: `c${i + 1}`,
            careType: one.careType,
            admittedOn: one.admittedOn,
            dischargedOn: one.dischargedOn,
            provider: { level: one.level, county: one.county, reformed: one.reformed },
            filing: one.filing,
            transferFrom: one.transfer === null || i === 0 ? null : `c${(one.transfer % i) + 1}`,
            diseases: one.diseases,
            fees: one.lines ? { lines: one.lines } : one.fees,
            settledElsewhere: one.elsewhere ? { pooled: yuanText(given[0]!), largeExpense: yuanText(given[1]!) } : null,
          };
        }),
      };
    });
}

/** Any case that the contract allows, of any area and scheme; of those with more numbers more often. */
export const anyCase = (drawn: Drawn = {}): fc.Arbitrary<CaseText> =>
  fc.oneof(
    ...packages.map(([area, scheme]) => ({
      weight: landmarks(area, scheme).amounts.length,
      arbitrary: caseOf(area, scheme, drawn),
    })),
  );

/** Everything that the verifier finds in a case's answer. */
export function findings(
  asked: {
    readonly poolingArea: string;
    readonly claims: readonly { dischargedOn: string; settledElsewhere?: unknown }[];
  },
  claims: readonly SettledText[],
): string[] {
  const years = new Map<string, Map<string, bigint>>();
  return claims.flatMap((claim, i) => {
    const { dischargedOn, settledElsewhere } = asked.claims[i]!;
    const calendarYear = dischargedOn.slice(0, 4);
    const year = years.get(calendarYear) ?? new Map<string, bigint>();
    years.set(calendarYear, year);
    return verify(claim, published.get(asked.poolingArea)!, Boolean(settledElsewhere), year);
  });
}

/** What the oracle says of some lines, in one process. */
export function oracle(lines: readonly string[]): Record<string, unknown>[] {
  const work = mkdtempSync(join(tmpdir(), "oracle-"));
  try {
    const paths = [...published].map(([area, policy]) => {
      const path = join(work, `${area}.json`);
      writeFileSync(path, JSON.stringify(policy));
      return path;
    });
    const { stdout, stderr, error } = spawnSync("python3", [join(import.meta.dirname, "oracle.py"), ...paths], {
      input: `${lines.join("\n")}\n`,
      encoding: "utf8",
      maxBuffer: 1 << 30,
    });
    if (error) throw error;
    if (stderr) throw new Error(stderr);
    return stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** An answer without its trace, and of an error only the code: what an oracle can say too. */
export function withoutTrace(answer: { id: string; claims?: SettledText[]; error?: { code: string } }): unknown {
  if (answer.error) return { id: answer.id, error: { code: answer.error.code } };
  return { id: answer.id, claims: answer.claims!.map(({ trace: _, ...amounts }) => amounts) };
}
