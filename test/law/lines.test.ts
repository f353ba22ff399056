import { describe, expect, test } from "vitest";
import { quoteLine } from "../../shared/contribution/lines.ts";
import { settleLine } from "../../shared/settlement/lines.ts";

/** What the contract of `settle` leaves open, so that no vector may speak of it: what is refused with which words, and what may be left out. */
const fees = (total: string) => ({ total, outsideCatalogue: "0.00", overPriceCap: "0.00", upfront: "0.00" });
const claim = (id: string, more: object = {}) => ({
  id,
  careType: "outpatient",
  admittedOn: "2023-03-09",
  dischargedOn: "2023-03-09",
  provider: { level: "tertiary", county: "370600" },
  fees: fees("10.00"),
  settledElsewhere: { pooled: "0.00" },
  ...more,
});
const answer = (...claims: object[]) =>
  JSON.parse(
    settleLine(JSON.stringify({ id: "x", poolingArea: "370600", person: { bornOn: "1958-04-12" }, claims })).line,
  );
const refused = (...claims: object[]) => answer(...claims).error;
const malformed = (detail: string) => ({ code: "malformed", message: expect.stringContaining(detail) });

describe("a line of settle", () => {
  test("two claims of one id are refused", () => {
    expect(refused(claim("a"), claim("b"), claim("a"))).toEqual(malformed("claims.a：编号重复"));
  });
  test("a year of 9,000,000,000.00 is the most that doubles hold; a fen more is refused, in another year it is not", () => {
    const nine = Array.from({ length: 9 }, (_, i) => claim(`c${i}`, { fees: fees("999999999.99") }));
    expect(answer(...nine, claim("d", { fees: fees("0.09") })).claims).toHaveLength(10);
    const over = claim("d", { fees: fees("0.10") });
    expect(refused(...nine, over)).toEqual(malformed("claims.d：全年总额超出上限"));
    const later = { ...over, admittedOn: "2024-01-01", dischargedOn: "2024-01-01" };
    expect(answer(...nine, later).claims).toHaveLength(10);
  });
  test("a long id is told by its first forty letters", () => {
    const id = "0123456789".repeat(5);
    const told = `claims.${id.slice(0, 40)}：`;
    const cheap = fees("1.00");
    expect(refused(claim(id), claim(id))).toEqual(malformed(`${told}编号重复`));
    expect(refused(claim(id, { fees: { ...cheap, upfront: "1.01" } }))).toEqual(
      malformed(`${told}目录外、超限价与先行自付之和超过总额`),
    );
    const ten = Array.from({ length: 10 }, (_, i) => claim(`${i}${id}`, { fees: fees("999999999.99") }));
    expect(refused(...ten)).toEqual(malformed(`claims.9${id.slice(0, 39)}：全年总额超出上限`));
    const from = {
      code: "unknown-transfer",
      message: expect.stringMatching(new RegExp(`(^|[^0-9])${id.slice(0, 40)}([^0-9]|$)`)),
    };
    expect(refused(claim("a", { transferFrom: id }))).toEqual(from);
  });
  test("a fee line without a cap or an up-front share has none", () => {
    const lines = [{ code: "a", class: "B", price: "100", quantity: "2" }];
    const [settled] = answer(claim("a", { fees: { lines } })).claims;
    expect(settled).toMatchObject({ total: "200.00", overPriceCap: "0.00", upfront: "0.00", inScope: "200.00" });
    expect(settled.trace[1]).toMatchObject({ priceCap: null, upfrontShare: "0" });
  });
});

describe("a line of quote", () => {
  test("what is left out of a person is no, nothing, or nobody", () => {
    const whole = (person: object) =>
      quoteLine(JSON.stringify({ id: "x", poolingArea: "640200", benefitYear: 2026, on: "2025-11-20", person })).line;
    const nothing = {
      student: false,
      identities: [],
      coveredYears: [],
      employeeCovered: false,
      employeeCoverEndedOn: null,
      firstEnrolment: false,
    };
    expect(whole({ bornOn: "1990-05-01" })).toBe(whole({ bornOn: "1990-05-01", ...nothing }));
    const covered = { bornOn: "1990-05-01", coveredYears: [2025] };
    expect(whole(covered)).toBe(whole({ ...nothing, ...covered }));
    expect(JSON.parse(whole(covered)).error).toBeUndefined();
  });
});
