import fc from "fast-check";
import { expect, test } from "vitest";
import { areas } from "../../shared/areas/areas.ts";
import { day } from "../../shared/day.ts";
import { comparedFilings, exampleClaim, exampleOf } from "../../shared/filing/example.ts";
import { destinations } from "../../shared/filing/places.ts";
import { text, type Yuan } from "../../shared/money.ts";
import { benefitsOf } from "../../shared/policy/parameters.ts";
import { levels } from "../../shared/policy/table.ts";
import { freshYear } from "../../shared/settlement/claim.ts";
import { settle } from "../../shared/settlement/settle.ts";
import { settled } from "./settled.ts";

/** Areas that have a resident scheme: the others are refused, and no example is shown. */
const settling = [...areas.values()].filter((policy) => benefitsOf(policy, "resident"));
const on = day("2025-11-20");

const cases = fc.record({
  area: fc.constantFrom(...settling.map(({ area }) => area)),
  destination: fc.constantFrom(...destinations),
  level: fc.constantFrom(...levels),
  total: fc.integer({ min: 0, max: 50_000_000 }) as fc.Arbitrary<Yuan>,
  bornOn: fc.integer({ min: 1930, max: 2024 }).map((year) => day(`${year}-03-01`)),
  identity: fc.constantFrom(null, "minimum-living" as const, "destitute" as const),
  /** Stays at home earlier in the year. */
  before: fc.array(fc.integer({ min: 1, max: 20_000_000 }) as fc.Arbitrary<Yuan>, { maxLength: 3 }),
});

const identitiesOf = (kind: "minimum-living" | "destitute" | null) =>
  kind ? [{ kind, from: day("2024-01-01"), until: null }] : [];

/** The same facts as the contract's command takes them: the year's stays, then the bill under a filing. */
const asked = (
  one: { area: string; destination: string; level: string; total: Yuan; bornOn: string },
  filing: string,
  identities: unknown,
  before: readonly Yuan[],
) => ({
  id: "example",
  poolingArea: one.area,
  person: { bornOn: one.bornOn, identities },
  claims: [
    ...before.map((total, i) => claim(`c${i}`, one.area, "secondary", total, "none", `2025-0${i + 1}-15`)),
    claim("bill", one.destination, one.level, one.total, filing, on),
  ],
});
const claim = (id: string, county: string, level: string, total: Yuan, filing: string, dischargedOn: string) => ({
  id,
  careType: "inpatient",
  admittedOn: dischargedOn,
  dischargedOn,
  filing,
  provider: { level, county },
  fees: { total: text(total), outsideCatalogue: "0.00", overPriceCap: "0.00", upfront: "0.00" },
});

test("the example bill is what `settle` answers for the same facts, under every filing, whatever the year has seen", () => {
  fc.assert(
    fc.property(cases, ({ identity, before, destination, ...one }) => {
      const { bornOn, level, total } = one;
      const policy = areas.get(one.area)!;
      const identities = identitiesOf(identity);
      const person = { bornOn, retired: false, homeCounty: policy.area, familyDoctor: false, identities };
      const year = before.reduce((seen, sum, i) => {
        const bill = { total: sum, level: "secondary" as const, county: policy.area, on: day(`2025-0${i + 1}-15`) };
        return settle(person, exampleClaim(bill, "none"), seen, policy, "resident").after;
      }, freshYear);
      const shown = exampleOf(person, year, { total, level, county: destination.code, on }, policy);
      expect(shown.map(({ filing }) => filing)).toEqual([...comparedFilings]);
      for (const { filing, settlement } of shown) {
        const answer = settled(asked({ ...one, destination: destination.code }, filing, identities, before)).at(-1)!;
        for (const name of [
          "upfront",
          "deductiblePaid",
          "pooled",
          "medicalAid",
          "fundsTotal",
          "patientTotal",
        ] as const) {
          expect(text(settlement[name])).toBe(answer[name]);
        }
        expect(settlement.assumed).toBe(answer.assumed);
      }
    }),
    { numRuns: 300 },
  );
});

test("where a filing changes what is paid, the clause that does it is told, with its article", () => {
  const policy = areas.get("360100")!;
  const person = {
    bornOn: day("1990-05-01"),
    retired: false,
    homeCounty: "360102",
    familyDoctor: false,
    identities: [],
  };
  const bill = { total: 800_000 as Yuan, level: "tertiary" as const, county: "370600", on };
  const [none, long, referral] = exampleOf(person, freshYear, bill, policy);
  // 20 %, nothing and 10 % of 8,000.00 up front; 600.00 deductible; 60 %.
  expect([none, long, referral].map((one) => one!.settlement.patientTotal)).toEqual([452_000, 356_000, 404_000]);
  for (const one of [none, long, referral]) {
    const told = one!.clauses.find(({ code }) => code.includes("remoteUpfront"));
    expect(told).toMatchObject({ cite: expect.stringContaining("江西省南昌市医保政策汇编"), standing: "载明" });
  }
});

test("where no document says that a filing changes anything, every case is the same and no clause is told", () => {
  const policy = areas.get("370600")!;
  const person = {
    bornOn: day("1990-05-01"),
    retired: false,
    homeCounty: "370611",
    familyDoctor: false,
    identities: [],
  };
  const bill = { total: 2_000_000 as Yuan, level: "tertiary" as const, county: "310000", on };
  const shown = exampleOf(person, freshYear, bill, policy);
  expect(new Set(shown.map(({ settlement }) => settlement.patientTotal)).size).toBe(1);
  expect(shown.flatMap(({ clauses }) => clauses)).toEqual([]);
});
