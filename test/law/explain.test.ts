import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clauses } from "../../shared/settlement/clauses.ts";
import { sentences } from "../../shared/settlement/explain.ts";
import { spoken } from "../../shared/settlement/reading.ts";
import type { RuleText, SettledText, StepText } from "../../shared/settlement/text.ts";
import { claimOf, claims, stepOf, stepsOf } from "./settled.ts";

/** The same claim, one step changed. */
const changed = (claim: SettledText, name: string, change: Partial<StepText> | Record<string, unknown>): SettledText =>
  JSON.parse(
    JSON.stringify({
      ...claim,
      trace: claim.trace.map((one) => ("name" in one && one.name === name ? { ...one, ...change } : one)),
    }),
  );
const oneMore = (amount: string) => `1${amount}`;
const amountsIn = (value: unknown): string[] =>
  [...JSON.stringify(value).matchAll(/"(\d+\.\d{2})"/g)].map((match) => spoken(match[1]!));
const amountsSaid = (said: readonly string[]) => said.join("").match(/\d[\d,]*(?:\.\d{2})?元/g) ?? [];

describe("what is said", () => {
  test("every amount spoken occurs in the trace, in every vector", () => {
    for (const { name, claim } of claims) {
      const known = new Set(amountsIn(claim.trace));
      expect(
        amountsSaid(sentences(claim)).filter((one) => !known.has(one)),
        name,
      ).toEqual([]);
    }
  });
  test("the last sentence says what the trace's patientTotal is", () => {
    for (const { name, claim } of claims)
      expect(sentences(claim).at(-1), name).toBe(`最后，您自己付${spoken(stepOf(claim, "patientTotal").result)}。`);
  });
  test("every fund that pays is said with what it pays", () => {
    for (const { name, claim } of claims) {
      const said = amountsSaid(sentences(claim));
      for (const amount of Object.values(stepOf(claim, "fundsTotal").inputs))
        expect(said, name).toContain(spoken(amount));
    }
  });
  test("an assumption that decided is owned up to with its value, and no other claim speaks of one", () => {
    for (const { name, claim } of claims) {
      const owned = sentences(claim).filter((one) => one.includes("没有查到文件"));
      expect(owned.length, name).toBe(claim.assumed ? 1 : 0);
      const rules = stepsOf(claim).flatMap((one) => one.rules);
      const guessed = rules.filter((rule) => rule.decided && rule.standing === "assumed");
      for (const amount of amountsIn(guessed.map(({ value }) => value).filter((value) => !Array.isArray(value))))
        expect(owned[0], name).toContain(amount);
    }
  });
  test("no English, no codes, no empty sentence", () => {
    for (const { name, claim } of claims)
      for (const one of sentences(claim)) expect(one, name).toMatch(/^[^A-Za-z_{}\n]+。$/);
  });
  test("a term's plain word is said once, where the term first comes", () => {
    for (const { name, claim } of claims) {
      const said = sentences(claim).join("");
      for (const [term, plain] of [
        ["起付线", "先由您自己付的部分"],
        ["再救助", "救助以后还难的"],
      ] as const) {
        if (said.includes(term)) expect(said.split(plain).length - 1, name).toBe(1);
        expect(said.indexOf(plain), name).toBeLessThanOrEqual(said.indexOf(term) + term.length + 1);
      }
    }
  });
});

describe("made from the trace, so it cannot disagree", () => {
  /** Amounts that must be heard where they are not 0. */
  const heard =
    /^(total|outsideCatalogue|overPriceCap|upfront|fixedBenefit|pooled|largeExpense|criticalIllness|specialDrug|supplementary|medicalAid|furtherAid|guarantee|fundsTotal|patientTotal)$/;
  test("changing an amount of the trace changes the sentences and the table", () => {
    const places = claims.flatMap(({ name, claim }) =>
      stepsOf(claim)
        .filter(({ result }) => result !== "0.00")
        .map((step) => ({ name, claim, step })),
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), ({ name, claim, step }) => {
        const other = changed(claim, step.name, { result: oneMore(step.result) });
        const where = `${name} ${step.name}`;
        if (heard.test(step.name)) expect(sentences(other), where).not.toEqual(sentences(claim));
        const same = JSON.stringify(clauses(other)) === JSON.stringify(clauses(claim));
        const [first, second] = Object.values(step.inputs);
        const repeats = step.rules.length === 0 && (first === step.result || second === step.result);
        if (!repeats) expect(same, where).toBe(false);
      }),
      { numRuns: 800 },
    );
  });
  test("changing an input or a deciding rule changes the table", () => {
    const claim = claimOf("yantai-007", 1);
    const step = stepOf(claim, "criticalIllnessAtTiers");
    const tiers = step.rules[1]!;
    const dearer: RuleText = { ...tiers, value: [{ from: "0.00", share: "0.66" }] };
    expect(sentences(changed(claim, step.name, { rules: [step.rules[0], dearer] })).join("")).toContain("按66%报");
    expect(clauses(changed(claim, step.name, { rules: [step.rules[0], dearer] }))).not.toEqual(clauses(claim));
    const guessed = { ...tiers, standing: "assumed" };
    expect(sentences(changed(claim, step.name, { rules: [step.rules[0], guessed] })).join("")).toContain(
      "没有查到文件",
    );
  });
  test("the amounts beside the trace are not looked at", () => {
    for (const { name, claim } of claims) {
      const { trace, id } = claim;
      const bare = { id, otherLayers: [], assumed: !claim.assumed, trace, patientTotal: "9.99", fundsTotal: "9.99" };
      expect(sentences(bare), name).toEqual(sentences(claim));
      expect(clauses(bare), name).toEqual(clauses(claim));
    }
  });
  test("every step with a rule has its rows, with the rule's document, day and standing", () => {
    const words = { stated: "载明", derived: "推算", assumed: "假定" };
    for (const { name, claim } of claims) {
      const table = clauses(claim);
      for (const { rules } of stepsOf(claim))
        for (const { parameter, from, cite, standing, value, decided } of rules) {
          if (value === "0") continue;
          const found = { code: parameter, from, cite, standing: words[standing], decided };
          expect(table, name).toContainEqual(expect.objectContaining(found));
        }
      for (const { value, parameter } of table.filter((row) => row.code))
        expect(/[a-z]{3}/.test(value + parameter), `${name}: ${parameter} ${value}`).toBe(false);
    }
  });
});

describe("a newer policy does not break it", () => {
  const claim = claimOf("yantai-001");
  const withStep = (step: Record<string, unknown>): SettledText =>
    JSON.parse(JSON.stringify({ ...claim, trace: [...claim.trace.slice(0, -2), step, ...claim.trace.slice(-2)] }));
  test("a step, a layer and an operation that nobody knows are told generically, never by their names", () => {
    const step = {
      layer: "dayCare",
      op: "times",
      name: "coPay",
      inputs: { inScope: "10.00" },
      rules: [],
      result: "12.34",
    };
    const newer = withStep(step);
    expect(sentences(newer)).toContain("另有一项新的规定，算下来是12.34元。");
    expect(clauses(newer)).toContainEqual(expect.objectContaining({ result: "12.34", formula: "10.00" }));
  });
  test("a fund, an identity, a kind of care and a form of value that nobody knows are told too", () => {
    const funds = stepOf(claim, "fundsTotal");
    const [heading, ...parts] = changed(claim, "fundsTotal", {
      inputs: { ...funds.inputs, civilServant: "5.00" },
    }).trace;
    const rule = {
      ...stepOf(claim, "medicalAid").rules[0]!,
      value: { perDay: "30.00" },
      decided: true,
      standing: "assumed",
    };
    const trace = [
      { ...heading, facts: { ...heading.facts, identity: "veteran", careType: "day-care", level: "spa" } },
      ...parts,
    ];
    const newer = changed({ ...claim, trace: JSON.parse(JSON.stringify(trace)) }, "medicalAid", { rules: [rule] });
    const said = sentences(newer);
    expect(said.join("")).toContain("另外一层保障5元");
    expect(said.join("")).toContain("您是另一类困难人员");
    expect(said.join("")).toContain("没有查到文件");
    for (const one of said) expect(one).toMatch(/^[^A-Za-z_{}]+。$/);
    expect(() => clauses(newer)).not.toThrow();
  });
  test("whatever steps are missing, something is said and nothing is thrown", () => {
    fc.assert(
      fc.property(fc.constantFrom(...claims), fc.infiniteStream(fc.boolean()), ({ claim: one }, kept) => {
        const trace = one.trace.filter((_, i) => i === 0 || kept.next().value);
        const less = { ...one, trace: trace as unknown as SettledText["trace"] };
        expect(sentences(less).at(-1)).toMatch(/^最后/);
        expect(clauses(less).length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});

describe("rules that other areas have", () => {
  const claim = claimOf("haiyuan-006");
  const given = stepOf(claim, "inScope");
  const rule = { ...given.rules[0]!, value: "0.05", decided: true };
  test("care away: what moves to the person first is said, and its share is no amount of five fen", () => {
    const moved = {
      ...given,
      op: "portion",
      name: "remoteUpfront",
      inputs: { inScopeAtHome: "1300.00" },
      rules: [rule],
      result: "65.00",
    };
    const at = claim.trace.findIndex((one) => "name" in one && one.name === "inScope");
    const trace = [...claim.trace.slice(0, at), moved, ...claim.trace.slice(at)] as unknown as SettledText["trace"];
    const said = sentences({ ...claim, trace }).join("");
    expect(said).toContain("因为在外地看病，另有65元要先由您自己付。");
    expect(said).toContain("费用的外地看病先付的比例（5%）");
    const row = clauses({ ...claim, trace }).find((one) => one.item === "异地先行自付");
    expect(row).toMatchObject({ formula: "1300.00 × 5%", value: "5%", parameter: "异地先行自付比例" });
  });
  test("shares by segments in the basic layer are told one after the other", () => {
    const at = stepOf(claim, "pooledAtShare");
    const tiers = {
      ...at.rules[0]!,
      value: [
        { from: "0.00", share: "0.5" },
        { from: "600.00", share: "0.6" },
      ],
    };
    const newer = changed(claim, "pooledAtShare", { rules: [tiers, at.rules[1]] });
    expect(sentences(newer).join("")).toContain("分段按50%、60%报");
    const row = clauses(newer).find((one) => one.item === "按比例计算");
    expect(row?.formula).toMatch(/^600\.00 × 50% \+ \([\d.]+ − 600\.00\) × 60%$/);
  });
});
