import { Logger } from "@aws-lambda-powertools/logger";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { handler as tampered } from "../../functions/ledger/tampered.ts";
import { contributionEntries, type Part } from "../../shared/contribution/posting.ts";
import { day } from "../../shared/day.ts";
import { accounts, credit, debit, entry, faultOf, funds, trialBalance } from "../../shared/ledger/entry.ts";
import { plus, type Yuan, yuan, zero } from "../../shared/money.ts";
import { fold, type Happening } from "../../shared/outbox.ts";

const fields = { poolingArea: "370600", entryNo: "E1", on: day("2025-11-20"), reference: "O1" };
const fen = fc.integer({ min: 0, max: 1_000_000 }).map((n) => n as Yuan);
const part: fc.Arbitrary<Part> = fc
  .record({
    poolingArea: fc.constantFrom("370600", "511300"),
    amount: fen,
    subsidised: fen,
    payer: fc.constantFrom("medical-aid-fund" as const, "finance" as const),
  })
  .map((one) => (one.subsidised === 0 ? { ...one, payer: null } : one));

describe("entries", () => {
  test("a contribution's entry balances in every fund, whoever pays what", () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), fen, (parts, suspended) => {
        fc.pre(parts.some((one) => one.amount > 0 || one.subsidised > 0) || suspended > 0);
        const held = [{ poolingArea: "370600", amount: suspended }];
        const made = contributionEntries({ event: "T1", on: fields.on, reference: "O1" }, parts, held);
        for (const one of made) expect(faultOf(one.lines)).toBeNull();
        expect(new Set(made.map((one) => one.poolingArea)).size).toBe(made.length);
        for (const area of ["370600", "511300"]) {
          const of = (account: string) =>
            trialBalance(made.filter((one) => one.poolingArea === area)).find((one) => one.account === account);
          const own = parts.filter((one) => one.poolingArea === area);
          const owes = plus(area === "370600" ? suspended : zero, ...own.map((one) => one.amount));
          expect(of("resident-basic.channel-receivable")?.debit ?? 0).toBe(owes);
          expect(of("resident-basic.subsidised-income")?.credit ?? 0).toBe(plus(...own.map((one) => one.subsidised)));
        }
      }),
    );
  });

  test("lines that do not balance, or balance only across funds, are no entry", () => {
    const across = [
      debit("resident-basic.channel-receivable", yuan("1")),
      credit("medical-aid.subsidy-payable", yuan("1")),
    ];
    expect(faultOf(across)).toBe("resident-basic does not balance");
    expect(faultOf([debit("resident-basic.channel-receivable", yuan("1"))])).toBe("resident-basic does not balance");
    expect(faultOf([])).toBe("no lines");
    expect(
      faultOf([debit("resident-basic.suspense", yuan("-1")), credit("resident-basic.suspense", yuan("-1"))]),
    ).toContain("not a whole positive amount");
    expect(() => entry({ ...fields, event: "contribution" }, across)).toThrow("resident-basic does not balance");
    expect(() => entry({ ...fields, event: "contribution" }, [debit("resident-basic.suspense", zero)])).toThrow(
      "no lines",
    );
  });

  test("income and expenditure are accounts apart, and every account belongs to a fund", () => {
    for (const { fund, kind } of Object.values(accounts)) {
      expect(Object.keys(funds)).toContain(fund);
      expect(["asset", "liability", "income", "expenditure"]).toContain(kind);
    }
  });
});

const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({
    kind: fc.constant("enrolled" as const),
    benefitYear: fc.constantFrom(2025, 2026),
    village: fc.constantFrom("370611001201", "370611001202", "370682001201", "640424001201"),
    on: fc.constantFrom(day("2025-11-19"), day("2025-11-20")),
    amount: fen,
  }),
  fc.record({
    kind: fc.constant("registered" as const),
    benefitYear: fc.constant(2026),
    village: fc.constantFrom("370611001201", "370682001201"),
    people: fc.integer({ min: -3, max: 9 }),
  }),
  fc.record({
    kind: fc.constant("posted" as const),
    poolingArea: fc.constantFrom("370600", "511300"),
    on: fc.constant(day("2025-11-20")),
    lines: fen.map((amount) => [
      debit("resident-basic.channel-receivable", amount),
      credit("resident-basic.contribution-income", amount),
    ]),
  }),
);
/** The figures that additions make, added up by hand. */
const sums = (happenings: Happening[][]) => {
  const totals = new Map<string, number>();
  for (const addition of happenings.flatMap((some) => fold(some))) {
    const [figures, place] =
      addition.to === "balance"
        ? [{ debit: addition.debit, credit: addition.credit }, [addition.poolingArea, addition.account, addition.on]]
        : addition.to === "filed"
          ? [addition.figures, [addition.unit, addition.destination]]
          : [addition.figures, [addition.benefitYear, addition.unit, addition.to === "day" ? addition.on : null]];
    for (const [name, value] of Object.entries(figures)) {
      const where = JSON.stringify([place, name]);
      totals.set(where, (totals.get(where) ?? 0) + value);
    }
  }
  return Object.fromEntries([...totals].filter(([, value]) => value !== 0).sort());
};

describe("the fold", () => {
  test("whatever the order and however it is cut into batches, the figures are the same", () => {
    fc.assert(
      fc.property(
        fc.array(happening, { maxLength: 30 }),
        fc.integer(),
        fc.integer({ min: 1, max: 7 }),
        (all, seed, size) => {
          const shuffled = [...all].sort((a, b) => hash(JSON.stringify(a) + seed) - hash(JSON.stringify(b) + seed));
          const batches: Happening[][] = [];
          for (let i = 0; i < shuffled.length; i += size) batches.push(shuffled.slice(i, i + size));
          expect(sums(batches)).toEqual(sums([all]));
        },
      ),
    );
  });
  test("an enrolment counts in its village, township, county and city, once each and once on its day", () => {
    const additions = fold([
      {
        kind: "enrolled",
        benefitYear: 2026,
        village: "370611001201",
        on: day("2025-11-20"),
        amount: yuan("400"),
      },
    ]);
    const units = additions.flatMap((one) => (one.to === "progress" ? [one.unit] : []));
    expect(units).toEqual(["370611001201", "370611001", "370611", "370600"]);
    expect(additions.filter((one) => one.to === "day")).toHaveLength(4);
  });
  test("somebody enrolled without paying is enrolled and not paid", () => {
    const [village] = fold([
      { kind: "enrolled", benefitYear: 2026, village: "370611001201", on: day("2025-11-20"), amount: zero },
    ]);
    expect(village).toMatchObject({ figures: { enrolled: 1, paid: 0, amount: 0 } });
  });
});

function hash(text: string): number {
  let value = 0;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x5bd1e995);
  return value;
}

test("the ledger's guard says which entry was touched, and how", async () => {
  const told = vi.spyOn(Logger.prototype, "error");
  await tampered({
    Records: [
      {
        eventName: "REMOVE",
        dynamodb: {
          Keys: { pk: { S: "ENTRY#2025-11-20#3" }, sk: { S: "T1-PAID" } },
          ApproximateCreationDateTime: 1_763_625_600,
        },
      },
    ],
  });
  expect(told).toHaveBeenCalledExactlyOnceWith("ledger tampered with", {
    change: "REMOVE",
    pk: "ENTRY#2025-11-20#3",
    sk: "T1-PAID",
    at: 1_763_625_600,
  });
  told.mockRestore();
});
