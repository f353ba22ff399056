import { describe, expect, test } from "vitest";
import { areas, faultsOfArea, policyOf } from "../../shared/areas/areas.ts";
import { documentOf, documents } from "../../shared/areas/documents.ts";
import { day } from "../../shared/day.ts";
import { share, type Yuan, yuan } from "../../shared/money.ts";
import { seriesOf } from "../../shared/policy/parameters.ts";
import type { Policy } from "../../shared/policy/policy.ts";
import { assumed, derived, forYear, inForce, stated } from "../../shared/policy/series.ts";
import type { Benefits, NoLimit, NotCovered, Tiers } from "../../shared/policy/settlement.ts";
import { line } from "../../shared/policy/table.ts";
import { NoRuleInForce } from "../../shared/refusal.ts";

const sample = [
  stated("2020-01-01", "烟政办发〔2022〕25号 一", 1),
  stated("2022-01-01", "烟政办发〔2022〕25号 二", 2),
  stated("2024-01-01", "烟政办发〔2022〕25号 三", null),
];

describe("a series", () => {
  test("the day before the first entry nothing applies", () => {
    expect(() => inForce("x", sample, day("2019-12-31"))).toThrow(NoRuleInForce);
  });
  test("an entry applies from its day until the day before the next", () => {
    expect(inForce("x", sample, day("2020-01-01")).value).toBe(1);
    expect(inForce("x", sample, day("2021-12-31")).value).toBe(1);
    expect(inForce("x", sample, day("2022-01-01")).value).toBe(2);
  });
  test("after a repeal nothing applies", () => {
    expect(inForce("x", sample, day("2023-12-31")).value).toBe(2);
    expect(() => inForce("x", sample, day("2024-01-01"))).toThrow(NoRuleInForce);
  });
  test("a yearly value never reaches into another year", () => {
    expect(forYear("x", sample, 2020).value).toBe(1);
    expect(() => forYear("x", sample, 2021)).toThrow(NoRuleInForce);
    expect(() => forYear("x", sample, 2024)).toThrow(NoRuleInForce);
  });
  test("a citation names a document by its key and an article", () => {
    expect(documentOf("烟政办发〔2022〕25号 二(二)")).toBe("烟政办发〔2022〕25号");
    expect(documentOf("烟政办发〔2022〕25号")).toBe("烟政办发〔2022〕25号");
    expect(documentOf("烟政办发〔2022〕25号二")).toBeUndefined();
    expect(documentOf("")).toBeUndefined();
  });
});

describe("loading the policies", () => {
  test("every area is without a fault, and every parameter is a series that was looked at", () => {
    expect([...areas.values()].flatMap(faultsOfArea)).toEqual([]);
    for (const policy of areas.values()) expect(seriesOf(policy).length).toBeGreaterThan(15);
  });

  const broken = (contribution: Partial<Policy["contribution"]>): string[] =>
    faultsOfArea({
      ...policyOf("230200"),
      contribution: { ...policyOf("230200").contribution, ...contribution },
    });

  test("a series that does not ascend is named", () => {
    expect(broken({ newbornDays: [assumed("2018-01-01", "a", 89), assumed("2018-01-01", "b", 90)] })).toEqual([
      "230200 contribution.newbornDays: 2018-01-01 does not come after 2018-01-01",
    ]);
  });
  test("a value without a registered document is named", () => {
    expect(broken({ newbornDays: [stated("2018-01-01", "某发〔2018〕1号 一", 89)] })[0]).toContain(
      'contribution.newbornDays: 2018-01-01 cites a document that is not registered: "某发〔2018〕1号 一"',
    );
  });
  test("an assumption without a reason, and a derivation without its arithmetic, are named", () => {
    expect(broken({ newbornDays: [assumed("2018-01-01", "", 89)] })[0]).toContain("without saying why");
    expect(broken({ newbornDays: [derived("2018-01-01", "黑政发〔2016〕36号", 89)] })[0]).toContain(
      "without the arithmetic",
    );
  });
  test("an empty series is named, wherever it lies", () => {
    expect(broken({ window: [] })).toEqual(["230200 contribution.window: no entry"]);
    const { waiting } = policyOf("230200").contribution;
    expect(broken({ waiting: { ...waiting, fixedMonths: [] } })).toEqual([
      "230200 contribution.waiting.fixedMonths: no entry",
    ]);
  });
  test("tiers that do not ascend are named", () => {
    expect(broken({ standard: [assumed("2026-01-01", "a", [yuan("400"), yuan("400")])] })[0]).toContain(
      "the tiers of 2026 do not ascend",
    );
  });
  test("a standard a fen below the national floor is named", () => {
    expect(broken({ standard: [assumed("2026-01-01", "a", [yuan("399.99")])] })).toEqual([
      "230200 contribution.standard: 2026 is below the national floor 400.00",
    ]);
  });
  test("HLJ-09: a new year's standard a fen below the year before is named, where the area forbids it", () => {
    const falling = [assumed("2025-01-01", "a", [yuan("400.01")]), assumed("2026-01-01", "a", [yuan("400")])];
    expect(broken({ standard: falling })).toEqual(["230200 contribution.standard: 2026 is below 2025 (HLJ-09)"]);
    expect(broken({ standard: falling, neverBelowLastYear: [assumed("2018-01-01", "a", false)] })).toEqual([]);
  });
});

describe("proving the benefits", () => {
  const yantai = policyOf("370600");
  const resident = yantai.benefits!.resident!;
  const { inpatient, medicalAid } = resident;
  const faults = (changed: Partial<Benefits>): string[] =>
    faultsOfArea({ ...yantai, benefits: { resident: { ...resident, ...changed } } });
  const tiers = (value: Tiers) => [line("everybody", {}, assumed<Tiers | NotCovered>("2023-01-01", "a", value))];

  test("a level that no line answers is named with its parameter", () => {
    const deductible = inpatient.deductible.filter(({ name }) => name !== "level-2");
    expect(faults({ inpatient: { ...inpatient, deductible } })).toEqual([
      '370600 benefits.resident.inpatient.deductible: no line answers {"level":"secondary"} (1 kinds of claims)',
    ]);
  });
  test("an identity that is neither answered nor expressly not covered is named with its parameter", () => {
    const withoutOthers = medicalAid.tiers.filter(({ name }) => name !== "others");
    expect(faults({ medicalAid: { ...medicalAid, tiers: withoutOthers } })).toEqual([
      '370600 benefits.resident.medicalAid.tiers: no line answers {"identity":null} (2 kinds of claims)',
    ]);
  });
  test("a fen, a year or a stay that falls between two lines is named", () => {
    const amount = assumed("2023-01-01", "a", yuan("1"));
    const byAge = [line("under-18", { ageUnder: 18 }, amount), line("from-19", { ageFrom: 19 }, amount)];
    expect(faults({ inpatient: { ...inpatient, deductible: byAge } })[0]).toContain('no line answers {"age":18}');
    const byStay = [line("third", { stayFrom: 3 }, amount)];
    expect(faults({ inpatient: { ...inpatient, deductible: byStay } })[0]).toContain('no line answers {"stay":1}');
  });
  test("a line that an earlier one hides is named", () => {
    const hidden = line("hidden", { level: ["primary"] }, assumed("2023-01-01", "a", yuan("1")));
    expect(faults({ inpatient: { ...inpatient, deductible: [...inpatient.deductible, hidden] } })).toEqual([
      "370600 benefits.resident.inpatient.deductible/hidden: no claim reaches this line",
    ]);
  });
  test("two lines of one name are named", () => {
    const [first, ...rest] = inpatient.deductible;
    const deductible = [first!, ...rest.map((one) => ({ ...one, name: "level-1" }))];
    expect(faults({ inpatient: { ...inpatient, deductible } })).toEqual([
      "370600 benefits.resident.inpatient.deductible/level-1: two lines of this name",
    ]);
  });
  test("a day since the area's first on which a line is silent is named", () => {
    const late = [line("everybody", {}, assumed<Yuan | NoLimit>("2023-01-02", "a", yuan("1")))];
    expect(faults({ ceiling: late })).toEqual([
      "370600 benefits.resident.ceiling/everybody: silent from 2023-01-01, the area's first day",
    ]);
    const entry = assumed<Yuan | NoLimit>("2023-01-01", "a", yuan("1"));
    const repealed = [line("everybody", {}, entry, assumed<Yuan | NoLimit>("2025-01-01", "a", null))];
    expect(faults({ ceiling: repealed })[0]).toContain("ceiling/everybody: silent from 2025-01-01");
  });
  test("tiers that leave out the first fen, or do not ascend, are named", () => {
    const from = (...bounds: string[]) => bounds.map((one) => ({ from: yuan(one), share: share("0.5") }));
    const named = (value: Tiers) => faults({ medicalAid: { ...medicalAid, tiers: tiers(value) } });
    const rule = "370600 benefits.resident.medicalAid.tiers/everybody";
    expect(named(from("0.01"))).toEqual([`${rule}: the tiers of 2023-01-01 do not begin at 0`]);
    expect(named(from("0", "100", "100"))).toEqual([`${rule}: the tiers of 2023-01-01 do not ascend`]);
    expect(named(from("0", "100", "100.01"))).toEqual([]);
  });
  test("an area whose policy has a fault answers nobody", () => {
    const open = areas as Map<string, Policy>;
    open.set("999900", { ...yantai, area: "999900", benefits: { resident: { ...resident, ceiling: [] } } });
    try {
      expect(() => policyOf("999900")).toThrow("999900 benefits.resident.ceiling: no entry");
    } finally {
      open.delete("999900");
    }
  });
});

describe("the register of documents", () => {
  test("every document says how its text was read and when it was last compared", () => {
    for (const [name, document] of Object.entries(documents)) {
      expect(["whole", "quoted", "reported"], name).toContain(document.read);
      expect(document.checked <= new Date().toISOString().slice(0, 10), name).toBe(true);
    }
  });
  test("every document is cited by some parameter of some area", () => {
    const cited = new Set(
      [...areas.values()].flatMap((policy) =>
        seriesOf(policy).flatMap(([, series]) => series.map((one) => documentOf(one.cite))),
      ),
    );
    const floor = ["医保发〔2024〕19号", "冀医保发〔2025〕6号"];
    expect(Object.keys(documents).filter((name) => !cited.has(name as never) && !floor.includes(name))).toEqual([]);
  });
  test("a ratio or an amount outside its range cannot be written", () => {
    expect(() => share("1.01")).toThrow(RangeError);
    expect(() => share("0.12345")).toThrow(RangeError);
    expect(() => yuan("1.234")).toThrow(RangeError);
  });
});
