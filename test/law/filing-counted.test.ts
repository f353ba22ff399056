import { expect, test } from "vitest";
import { areas } from "../../shared/areas/areas.ts";
import { day } from "../../shared/day.ts";
import { filingFor } from "../../shared/filing/care.ts";
import type { Brief } from "../../shared/filing/filing.ts";
import { prospectOf } from "../../shared/filing/rules.ts";
import { remoteOn } from "../../shared/policy/remote.ts";
import { Refusal } from "../../shared/refusal.ts";

const policy = areas.get("360100")!;
const on = day("2025-11-20");
const rules = remoteOn(policy, on);
const yantai = "370600";

const brief = (facts: Partial<Brief> = {}): Brief => ({
  filingNo: "F1",
  kind: "working-elsewhere",
  state: "in-force",
  destination: yantai,
  from: day("2025-11-01"),
  until: null,
  proofBy: null,
  proofGiven: false,
  lapsesOn: null,
  ...facts,
});
const care = (facts: object = {}) => ({
  homeCounty: "360102",
  county: "370611",
  from: day("2025-11-17"),
  until: on,
  emergency: false,
  ...facts,
});
const counted = (briefs: readonly Brief[], facts: object = {}) => filingFor(briefs, care(facts), rules).filing;

const covered = { coverFrom: day("2025-01-01"), coverUntil: day("2025-12-31"), benefitYear: 2025, waitingMonths: 0 };
const applicant = { homeCounty: "360102", covered: { enrolments: [covered], employeeCovered: false, diedOn: null } };
/** What an application for 上海 comes to beside what stands: "" or the code of the refusal. */
function asked(briefs: readonly Brief[], from: string, facts: object = {}): string {
  const wish = { kind: "living-elsewhere" as const, destination: "310000", from: day(from), replaces: null, ...facts };
  try {
    prospectOf(wish, applicant, briefs, policy, on);
    return "";
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

test("an emergency is never worse for a filing for a trip, and no better than one that stands for long", () => {
  const trip = brief({ kind: "temporary", until: day("2026-04-30") });
  expect(counted([trip])).toBe("temporary");
  expect(counted([trip], { emergency: true })).toBe("emergency");
  expect(counted([brief()], { emergency: true })).toBe("long-term");
  expect(counted([], { emergency: true })).toBe("emergency");
});

test("of several the one that stands longest counts: long-term, referral, trip", () => {
  const [long, referral, trip] = [brief(), brief({ kind: "referral" }), brief({ kind: "temporary" })];
  expect(counted([trip, referral, long])).toBe("long-term");
  expect(counted([trip, referral])).toBe("referral");
});

test("back home: a long-term filing counts where it held when the care began, and where the area has both ways", () => {
  const home = { county: "360102" };
  expect(counted([brief()], home)).toBe("long-term");
  // Filed while in a hospital at home: the person was not back from anywhere.
  expect(counted([brief({ from: day("2025-11-18") })], home)).toBe("none");
  const oneWay = { ...rules, bothWays: { ...rules.bothWays, value: false } };
  expect(filingFor([brief()], care(home), oneWay).filing).toBe("none");
});

test("a filing that ended before it began never held", () => {
  const ended = brief({ state: "ended", from: day("2025-11-18"), until: day("2025-11-17") });
  expect(counted([ended])).toBe("none");
});

test("what waits, what was refused and what a paper is owed for too long do not count", () => {
  for (const state of ["draft", "submitted", "returned", "refused"] as const)
    expect(counted([brief({ state })])).toBe("none");
  const owed = brief({ state: "awaiting-proof", proofBy: day("2025-11-16") });
  expect(counted([owed])).toBe("none");
  expect(counted([{ ...owed, proofGiven: true }])).toBe("long-term");
});

test("a second long-term filing is refused also where the first one's paper is still owed", () => {
  const owed = brief({ state: "awaiting-proof", proofBy: day("2025-12-05") });
  expect(asked([owed], "2025-12-10")).toBe("filing-long-stands");
  expect(asked([], "2025-12-10")).toBe("");
});

test("a long-term filing does not reach back over days for which another one stood", () => {
  const ended = brief({ state: "ended", from: day("2025-05-01"), until: day("2025-11-10") });
  expect(asked([ended], "2025-11-01")).toBe("filing-dates");
  expect(asked([ended], "2025-11-10")).toBe("");
  // A change whose old filing is over by now is a filing like any other.
  expect(asked([ended], "2025-11-18", { replaces: "F1" })).toBe("");
  expect(asked([], "2025-11-20", { replaces: "F1" })).toBe("filing-state");
});

test("a draft or a returned filing that lapsed keeps nobody from filing anew", () => {
  const returned = brief({ state: "returned", destination: "310000", lapsesOn: day("2025-11-20") });
  expect(asked([returned], "2025-11-20")).toBe("filing-long-stands");
  expect(asked([{ ...returned, lapsesOn: day("2025-11-19") }], "2025-11-20")).toBe("");
});
