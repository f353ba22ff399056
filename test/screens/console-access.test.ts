import { describe, expect, test } from "vitest";
import {
  type Capability,
  capabilities,
  inArea,
  mayOpen,
  mayPayOut,
  mayReviewFilings,
  maySetTarget,
  type Post,
  pagesOf,
} from "../../console/src/access.ts";
import { csvOf } from "../../console/src/csv.ts";
import {
  benefitYearOn,
  daily,
  gapOf,
  inFours,
  missing,
  money,
  percentText,
  ranked,
  sumOf,
  targetOf,
  targetPercent,
} from "../../console/src/figures.ts";
import { pages } from "../../console/src/routes.tsx";
import { type Endpoint, type Role, roles } from "../../shared/api/endpoint.ts";
import { endpoints } from "../../shared/api/endpoints.ts";
import { day } from "../../shared/day.ts";

const post = (code: string, ...own: Role[]): Post => ({ unit: { code }, roles: own });
const every = Object.keys(roles) as Role[];

describe("what an officer may open in the console", () => {
  test("a page asks for a role that its API takes, so that nothing is shown that will be refused", () => {
    for (const { call, role } of Object.values(capabilities)) {
      const { caller }: Endpoint = endpoints[call];
      expect(caller.audience === "officer" && caller.roles).toContain(role);
    }
  });
  test("every capability has a page", () => {
    expect(Object.keys(pages)).toEqual(Object.keys(capabilities));
  });
  test("each role opens its own pages and no others", () => {
    const opened = Object.fromEntries(every.map((role) => [role, pagesOf(post("370600", role))]));
    expect(opened).toEqual({
      progress: ["progress"],
      visits: ["names", "filing-find", "filing-agent"],
      targets: [],
      finance: ["ledger", "differences", "payment-switch", "proposals"],
      counter: ["counter", "family-reviews", "filing-find", "filing-agent"],
      refunds: ["refunds"],
      providers: ["catalogue", "providers", "provider-desk", "proposals"],
      catalogue: ["catalogue"],
      claims: ["claims", "disputes", "catalogue", "proposals"],
      audit: ["access"],
      credentials: ["credentials", "credential-cases", "code-uses"],
      filings: ["filings", "filing-find", "inquiries"],
    });
  });
  test("an officer without roles opens nothing", () => {
    for (const page of Object.keys(capabilities) as Capability[]) expect(mayOpen(post("370600"), page)).toBe(false);
  });
});

describe("who pays refunds out in cash", () => {
  test("the counter, and nobody else: neither who decides on refunds nor who keeps the books", () => {
    for (const role of every) expect(mayPayOut(post("370611", role)), role).toBe(role === "counter");
  });
  test("an officer who decides on refunds and stands at the counter too", () => {
    expect(mayPayOut(post("370611001", "refunds", "counter"))).toBe(true);
  });
});

describe("who reviews filings for care away", () => {
  test("the reviewers alone: whoever files for others at a counter or a door only looks", () => {
    for (const role of every) expect(mayReviewFilings(post("370611", role)), role).toBe(role === "filings");
  });
});

describe("where an officer may look", () => {
  const county = post("370611", "progress");
  test.each([
    ["370611", true, "his own unit"],
    ["370611001", true, "a township of his"],
    ["370611001201", true, "a village of his"],
    ["370600", false, "the city above him"],
    ["370682", false, "the next county"],
    ["370682001201", false, "a village of the next county"],
  ])("%s: %s, %s", (unit, may) => {
    expect(inArea(county, unit)).toBe(may);
  });
});

describe("whose target an officer may set", () => {
  const county = post("370611", "targets");
  test("those below him", () => {
    expect(maySetTarget(county, "370611001")).toBe(true);
    expect(maySetTarget(county, "370611001201")).toBe(true);
  });
  test("not his own, not his superior's, not his neighbour's", () => {
    for (const unit of ["370611", "370600", "370682"]) expect(maySetTarget(county, unit)).toBe(false);
  });
  test("nobody's without the role", () => {
    expect(maySetTarget(post("370611", "progress", "visits", "finance"), "370611001")).toBe(false);
  });
});

describe("figures as they are shown", () => {
  const unit = (name: string, enrolled: number, should: number) => ({
    name,
    figures: { should, enrolled, paid: enrolled, amount: "0.00" },
  });
  test("one person short of a target does not read as reached", () => {
    expect(missing({ should: 100_000, enrolled: 94_999 }, "0.95")).toBe(1);
    expect(percentText(94_999, 100_000)).toBe("94.99%");
    expect(missing({ should: 100_000, enrolled: 95_000 }, "0.95")).toBe(0);
    expect(percentText(95_000, 100_000)).toBe("95.00%");
  });
  test("a target of a fraction of a person asks for the whole person", () => {
    expect(missing({ should: 3, enrolled: 2 }, "0.95")).toBe(1);
    expect(missing({ should: 545, enrolled: 0 }, "0.965")).toBe(526);
  });
  test("nobody to enrol is no rate", () => {
    expect(percentText(0, 0)).toBe("—");
  });
  test("a target is the same in percent and back", () => {
    for (const target of ["0.0001", "0.29", "0.955", "0.9999", "1"])
      expect(targetOf(targetPercent(target))).toBe(target);
  });
  test("ranked by rate; equal rates share a place; who has nobody to enrol comes last without one", () => {
    const rows = ranked([unit("空村", 0, 0), unit("甲", 1, 2), unit("乙", 9, 10), unit("丙", 5, 10)]);
    expect(rows.map(({ name, place }) => [name, place])).toEqual([
      ["乙", 1],
      ["甲", 2],
      ["丙", 2],
      ["空村", null],
    ]);
  });
  test("amounts add up to the fen beyond what a double holds", () => {
    expect(sumOf([])).toBe("0.00");
    expect(sumOf(["0.07", "0.01"])).toBe("0.08");
    expect(sumOf(["9007199254740993.01", "0.02"])).toBe("9007199254740993.03");
    expect(gapOf("1.00", "400.05")).toBe("399.05");
    expect(money("1234567.80")).toBe("¥1,234,567.80");
  });
});

describe("what is exported", () => {
  test("a cell that a spreadsheet would take for a formula is text; commas, quotes and long numbers survive", () => {
    const rows = [
      ["=SUM(A1)", "+1", "-1", "@x"],
      ['甲,"乙"', inFours("202520251120ZVGN53607HJY19Z5"), "587.16", "两\n行"],
    ];
    expect(csvOf(rows)).toBe(`'=SUM(A1),'+1,'-1,'@x\r\n"甲,""乙""",2025 2025 1120 ZVGN 5360 7HJY 19Z5,587.16,"两\n行"`);
  });
});

describe("the days of a board", () => {
  const on = (date: string, enrolled: number) => ({
    on: day(date),
    enrolled,
    paid: enrolled,
    amount: "0.00",
  });
  test("quiet days are days too, up to today", () => {
    const rows = daily([on("2025-11-17", 3), on("2025-11-19", 2)], day("2025-11-20"));
    expect(rows.map((row) => [row.on, row.enrolled, row.total])).toEqual([
      ["2025-11-17", 3, 3],
      ["2025-11-18", 0, 3],
      ["2025-11-19", 2, 5],
      ["2025-11-20", 0, 5],
    ]);
  });
  test("a year that is long over ends with its last enrolment", () => {
    expect(daily([on("2024-12-30", 1)], day("2025-11-20")).at(-1)?.on).toBe("2024-12-30");
  });
  test("before the first enrolment there is nothing", () => {
    expect(daily([], day("2025-11-20"))).toEqual([]);
  });
  test("from September on the next year is collected", () => {
    expect(benefitYearOn(day("2025-08-31"))).toBe(2025);
    expect(benefitYearOn(day("2025-09-01"))).toBe(2026);
    expect(benefitYearOn(day("2026-02-28"))).toBe(2026);
  });
});
