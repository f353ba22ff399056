import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { keepProvider, providerOf } from "../../functions/providers/store.ts";
import type { Call } from "../../shared/api/client.ts";
import type { Asked } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import { type Day, day } from "../../shared/day.ts";
import { agreementOn, inForceOn, levelsOn, offersOn } from "../../shared/provider/provider.ts";
import { agreedBy } from "../world/hands.ts";
import { refusal } from "../world/world.ts";
import { type Application, application, at, newCode, period, type Register, register, said } from "./provider-steps.ts";

let made: Register;
let [one, two, city, city2, next, township]: Call[] = [];
beforeAll(async () => {
  made = await register();
  ({ one, two, city, city2, next, township } = made);
});
beforeEach(() => made.turn("2025-11-20"));
const applied = (facts?: Partial<Application>) => made.applied(facts);
const designated = (facts?: Partial<Application>, from?: Day) => made.designated(facts, from);

describe("an agreement goes through three officers' hands", () => {
  test("recorded, evaluated and decided on; every step says who, when and why", async () => {
    const page = await designated({}, day("2025-12-01"));
    expect(page.agreement).toEqual({ state: "in-force", ...period });
    expect(page.history.map(({ event, by, reason, on }) => [event, by, reason, on])).toEqual([
      ["approve", "providers-city", "同意定点", "2025-11-20"],
      ["evaluate", "providers-two", "评估合格", "2025-11-20"],
      ["apply", "providers-one", "申请定点", "2025-11-20"],
    ]);
    const provider = await providerOf(page.code);
    expect(inForceOn(provider, day("2025-11-30"))).toBe(false);
    expect(inForceOn(provider, day("2025-12-01"))).toBe(true);
    expect(inForceOn(provider, day("2026-12-31"))).toBe(true);
    expect(agreementOn(provider, day("2027-01-01"))).toBe("expired");
    expect(agreementOn(provider, day("2025-11-19"))).toBeNull();
  });

  test("the same officer twice is refused: neither the evaluation nor the decision is for whoever did a step before", async () => {
    const { code, version } = await applied();
    expect(await refusal(one!("providers.evaluate", { ...at(code), body: { pass: true, ...said(version) } }))).toBe(
      "same-hand",
    );
    expect(await refusal(one!("providers.evaluate", { ...at(code), body: { pass: false, ...said(version) } }))).toBe(
      "same-hand",
    );
    const { version: then } = await two!("providers.evaluate", { ...at(code), body: { pass: true, ...said(version) } });
    for (const call of [one!, two!]) {
      const body = { approve: true as const, ...period, ...said(then) };
      expect(await refusal(call("providers.decide", { ...at(code), body }))).toBe("same-hand");
      const no = { approve: false as const, ...said(then) };
      expect(await refusal(call("providers.decide", { ...at(code), body: no }))).toBe("same-hand");
    }
    expect((await providerOf(code)).agreement.state).toBe("reviewed");
  });

  test("level 2 is the county's to evaluate, level 3 the city's, and the page says that it is assumed", async () => {
    const { code, version, evaluation } = await applied();
    expect(evaluation).toMatchObject({ unit: "370611", unitName: "福山区", standing: "assumed" });
    const yes = { pass: true, ...said(version) };
    expect(await refusal(city!("providers.evaluate", { ...at(code), body: yes }))).toBe("review-level");

    const large = await applied({ levels: { real: "02", price: "tertiary", deductible: "tertiary" } });
    expect(large.evaluation.unit).toBe("370600");
    expect(await refusal(two!("providers.evaluate", { ...at(large.code), body: { pass: true, ...said(1) } }))).toBe(
      "review-level",
    );
    await city!("providers.evaluate", { ...at(large.code), body: { pass: true, ...said(1) } });
    const decision = { approve: true as const, ...period, ...said(2) };
    expect(await refusal(two!("providers.decide", { ...at(large.code), body: decision }))).toBe("review-level");
    expect((await city2!("providers.decide", { ...at(large.code), body: decision })).agreement.state).toBe("in-force");
  });

  test("a county cannot make a hospital one of level 3, which is not its own to decide on", async () => {
    const { code, version } = await designated();
    const body = {
      ...said(version),
      from: day("2025-11-20"),
      levels: { real: "04" as const, price: "tertiary" as const, deductible: "tertiary" as const },
      services: ["inpatient" as const],
      address: "演示路1号",
      telephone: "0535-1234567",
    };
    expect(await refusal(two!("providers.change", { ...at(code), body }))).toBe("review-level");
    await city!("providers.change", { ...at(code), body }).then(agreedBy(city2!));
    expect((await one!("providers.one", at(code))).terms?.real).toBe("04");
  });

  test("what a page offers an officer is what he may do, with the no that he would be told", async () => {
    const { code } = await applied();
    const moves = async (call: Call) =>
      Object.fromEntries((await call("providers.one", at(code))).moves.map(({ event, refusal }) => [event, refusal]));
    expect(await moves(two!)).toEqual({ evaluate: null, refuse: null, withdraw: null });
    expect(await moves(one!)).toMatchObject({ evaluate: expect.stringContaining("另一位"), withdraw: null });
    expect(await moves(city!)).toMatchObject({ evaluate: expect.stringContaining("不由您的单位") });
  });

  test("dynamic entry and exit: whoever left may apply again, and the gap stays a gap", async () => {
    const facts = application();
    const { code } = await designated(facts);
    made.turn("2025-12-10");
    await two!("providers.end", { ...at(code), body: said(3) });
    made.turn("2025-12-20");
    const again = await two!("providers.apply", { body: facts });
    expect(again.agreement.state).toBe("applied");
    await one!("providers.evaluate", { ...at(code), body: { pass: true, ...said(again.version) } });
    const body = {
      approve: true as const,
      from: day("2026-01-05"),
      until: day("2026-12-31"),
      ...said(again.version + 1),
    };
    await city!("providers.decide", { ...at(code), body });
    const provider = await providerOf(code);
    const states = ["2025-11-20", "2025-12-10", "2025-12-20", "2026-01-04", "2026-01-05"].map((on) =>
      agreementOn(provider, day(on)),
    );
    expect(states).toEqual(["in-force", "ended", "reviewed", "reviewed", "in-force"]);
  });

  test("a period that ran out cannot be suspended or resumed, only applied for anew", async () => {
    const facts = application();
    const { code, version } = await designated(facts);
    const suspended = await two!("providers.suspend", { ...at(code), body: said(version) });
    made.turn("2027-01-01");
    expect(await refusal(two!("providers.resume", { ...at(code), body: said(suspended.version) }))).toBe(
      "agreement-state",
    );
    expect((await one!("providers.one", at(code))).agreement.state).toBe("expired");
    const renewed = await one!("providers.apply", { body: facts });
    expect(renewed.agreement.state).toBe("applied");
    expect(agreementOn(await providerOf(code), day("2027-01-01"))).toBe("applied");
    expect((await providerOf(code)).agreement.history.map(({ state }) => state)).toEqual([
      "applied",
      "reviewed",
      "in-force",
      "suspended",
      "expired",
      "applied",
    ]);
  });

  test("resumed before its first day, an agreement does not begin earlier for that", async () => {
    const { code, version } = await designated({}, day("2025-12-01"));
    await two!("providers.suspend", { ...at(code), body: said(version) });
    await two!("providers.resume", { ...at(code), body: said(version + 1) }).then(agreedBy(one!));
    const provider = await providerOf(code);
    expect(inForceOn(provider, day("2025-11-25"))).toBe(false);
    expect(inForceOn(provider, day("2025-12-01"))).toBe(true);
  });
});

describe("refused well", () => {
  test("wrong code", async () => {
    for (const code of ["H3706110001", "X37061100001", "H37061100001A", "370611000011", "中文"]) {
      expect(await refusal(one!("providers.apply", { body: application({ code }) })), code).toBe("provider-code");
      expect(await refusal(one!("providers.one", at(code))), code).toBe("provider-code");
    }
  });
  test("wrong county: one that is no unit, one of another area", async () => {
    expect(await refusal(city!("providers.apply", { body: application({ code: newCode("H", "370699") }) }))).toBe(
      "provider-county",
    );
    expect(await refusal(one!("providers.apply", { body: application({ code: newCode("H", "370682") }) }))).toBe(
      "outside-area",
    );
    const { code, version } = await applied();
    expect(await refusal(next!("providers.one", at(code)))).toBe("outside-area");
    expect(await refusal(next!("providers.withdraw", { ...at(code), body: said(version) }))).toBe("outside-area");
    expect(await refusal(township!("providers.list", { query: {} }))).toBe("outside-area");
  });
  test("a provider that nobody knows", async () => {
    expect(await refusal(one!("providers.one", at(newCode())))).toBe("provider-unknown");
    expect(await refusal(one!("providers.end", { ...at(newCode()), body: said(1) }))).toBe("provider-unknown");
  });
  test("facts that cannot be true", async () => {
    const pharmacy = { code: newCode("P"), levels: { real: "11", price: "primary", deductible: "primary" } } as const;
    for (const facts of [
      { services: [] },
      { services: ["outpatient" as const, "outpatient" as const] },
      { services: ["pharmacy" as const] },
      { ownership: "private" as const, reformed: true },
      { ...pharmacy, services: ["inpatient" as const] },
      { ...pharmacy, services: ["pharmacy" as const], reformed: true },
      { code: newCode("P"), services: ["pharmacy" as const] },
    ]) {
      expect(await refusal(one!("providers.apply", { body: application(facts) })), JSON.stringify(facts)).toBe(
        "provider-facts",
      );
    }
  });
  test("on the register already", async () => {
    const { code } = await applied();
    expect(await refusal(two!("providers.apply", { body: application({ code }) }))).toBe("provider-exists");
  });
  test("suspended: not suspended again, and it is given no key", async () => {
    const { code, version } = await designated();
    const page = await two!("providers.suspend", { ...at(code), body: said(version) });
    expect(await refusal(two!("providers.suspend", { ...at(code), body: said(page.version) }))).toBe("agreement-state");
    const wish = { algorithm: "HMAC-SM3" as const, ...said(page.version) };
    expect(await refusal(two!("providers.key", { ...at(code), body: wish }))).toBe("agreement-state");
    await two!("providers.resume", { ...at(code), body: said(page.version) }).then(agreedBy(one!));
    expect(inForceOn(await providerOf(code), day("2025-11-20"))).toBe(true);
  });
  test("an agreement that begins in the past, or ends before it begins", async () => {
    const { code, version } = await applied();
    await two!("providers.evaluate", { ...at(code), body: { pass: true, ...said(version) } });
    for (const [from, until] of [
      ["2025-11-19", "2026-12-31"],
      ["2025-12-01", "2025-11-30"],
    ] as const) {
      const body = { approve: true as const, from: day(from), until: day(until), ...said(version + 1) };
      expect(await refusal(city!("providers.decide", { ...at(code), body }))).toBe("agreement-period");
    }
  });
  test("two officers at once: one is told that the other was faster, and nothing is half done", async () => {
    const { code, version } = await designated();
    const before = await providerOf(code);
    const outcomes = await Promise.all(
      [two!, city!].map((call, i) =>
        refusal(call("providers.suspend", { ...at(code), body: said(version, `两人同时办${i}`) })),
      ),
    );
    expect(outcomes.sort()).toEqual(["", "provider-changed"]);
    expect((await providerOf(code)).version).toBe(before.version + 1);
    expect((await one!("providers.one", at(code))).history[0]).toMatchObject({ event: "suspend" });
    // The last guard, should both have read before either wrote.
    const told = {
      on: day("2025-11-20"),
      at: 0,
      by: { hand: "officer" as const, no: "x", name: "x", unit: "370611" },
      reason: "x",
    };
    const happened = { ...told, event: "change" as const, state: null, terms: null, keyNo: null };
    await expect(keepProvider(before, before, happened)).rejects.toMatchObject({ code: "provider-changed" });
    await expect(keepProvider(null, before, happened)).rejects.toMatchObject({ code: "provider-exists" });
  });
  test("a page that is no longer of this moment", async () => {
    const { code, version } = await applied();
    const body = { pass: true, ...said(version + 1) };
    expect(await refusal(two!("providers.evaluate", { ...at(code), body }))).toBe("provider-changed");
  });
  test("the same request again is answered and not repeated", async () => {
    const facts = application();
    await one!("providers.apply", { body: facts });
    expect((await one!("providers.apply", { body: facts })).version).toBe(1);
    const body = { pass: true, ...said(1) };
    await two!("providers.evaluate", { ...at(facts.code), body });
    const again = await two!("providers.evaluate", { ...at(facts.code), body });
    expect(again).toMatchObject({ version: 2, agreement: { state: "reviewed" } });
    expect(again.history).toHaveLength(2);
  });
});

describe("levels and services", () => {
  const change = (version: number, from: string, deductible: "primary" | "secondary") => ({
    ...said(version),
    from: day(from),
    levels: { real: "06" as const, price: "secondary" as const, deductible },
    services: ["inpatient" as const],
    address: "演示路2号",
    telephone: "0535-7654321",
  });

  test("a change counts from its day on, and what counted before stays known", async () => {
    const { code, version } = await designated();
    const body = change(version, "2026-01-01", "primary");
    await two!("providers.change", { ...at(code), body }).then(agreedBy(one!));
    const page = await two!("providers.one", at(code));
    expect(page).toMatchObject({ address: "演示路2号", telephone: "0535-7654321" });
    const provider = await providerOf(code);
    expect(levelsOn(provider, day("2025-11-19"))).toBeNull();
    expect(levelsOn(provider, day("2025-12-31"))).toMatchObject({ deductible: "secondary" });
    expect(levelsOn(provider, day("2026-01-01"))).toMatchObject({ deductible: "primary" });
    expect(offersOn(provider, "outpatient", day("2025-12-31"))).toBe(true);
    expect(offersOn(provider, "outpatient", day("2026-01-01"))).toBe(false);
  });
  test("a past day is not changed", async () => {
    const { code, version } = await designated();
    const body = change(version, "2025-11-19", "primary");
    expect(await refusal(two!("providers.change", { ...at(code), body }))).toBe("terms-backdated");
  });
  test("nothing is changed for whoever is not there any more", async () => {
    const { code, version } = await applied();
    await one!("providers.withdraw", { ...at(code), body: said(version) });
    const body = change(version + 1, "2025-11-20", "primary");
    expect(await refusal(two!("providers.change", { ...at(code), body }))).toBe("agreement-state");
  });
});

describe("the list", () => {
  test("is of the officer's unit, by state, kind, and name or code, a page at a time", async () => {
    const { code } = await one!("providers.apply", { body: application({ name: "演示独一医院" }) });
    const listed = async (call: Call, query: Asked<Endpoints["providers.list"]>["query"]) =>
      (await call("providers.list", { query })).providers.map((each) => each.code);
    expect(await listed(one!, { q: "独一" })).toEqual([code]);
    expect(await listed(city!, { q: code.toLowerCase().slice(0, 9), state: "applied" })).toContain(code);
    expect(await listed(one!, { q: "独一", kind: "pharmacy" })).toEqual([]);
    expect(await listed(one!, { q: "独一", state: "in-force" })).toEqual([]);
    expect(await listed(next!, { q: "独一" })).toEqual([]);
    const all = await listed(city!, {});
    expect(all).toEqual([...all].sort());
    expect(await listed(city!, { after: all[2]! })).toEqual(all.slice(3));
  });
});
