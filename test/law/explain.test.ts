import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clauses } from "../../shared/settlement/clauses.ts";
import { sentences } from "../../shared/settlement/explain.ts";
import { spoken } from "../../shared/settlement/reading.ts";
import type { RuleText, SettledText, StepText } from "../../shared/settlement/text.ts";
import { caseOf, claimOf, claims, stepOf, stepsOf } from "./settled.ts";

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

/** Written out in full: read them aloud before changing one. */
const golden: { name: string; of: [id: string, which: number]; said: string[] }[] = [
  {
    name: "低保, 大病 over two tiers, 救助 to its limit, 再救助",
    of: ["yantai-001", 0],
    said: [
      "您在三级医院住院，2023年3月9日出院，这次一共花了120,000元。",
      "这些费用都在医保能报的范围内。",
      "按出院那天有效的登记，您是低保对象。",
      "基本医保已经在别处结算，没有报钱，这里接着往下算。",
      "大病保险（花费大时再报一次的保险）：还有120,000元由您负担，超过起付线（先由您自己付的部分）7,000元的部分，分段按65%、70%报，报74,450元。",
      "医疗救助（政府给困难人员的帮助）：还有45,550元由您负担，按80%付，算下来是36,440元。一年最多付30,000元，所以这次付30,000元。",
      "再救助（救助以后还难的，再帮一次）：还有15,550元由您负担，超过起付线5,000元的部分，按70%付，付7,385元。",
      "医保和救助一共付了111,835元：大病保险74,450元，医疗救助30,000元，再救助7,385元。",
      "最后，您自己付8,165元。",
    ],
  },
  {
    name: "a second bill of the year: what earlier bills added, and thresholds already passed",
    of: ["yantai-007", 1],
    said: [
      "您在三级医院住院，2023年7月10日出院，这次一共花了10,000元。",
      "这些费用都在医保能报的范围内。",
      "按出院那天有效的登记，您是低保对象。",
      "基本医保已经在别处结算，没有报钱，这里接着往下算。",
      "大病保险（花费大时再报一次的保险）按全年累计算：今年前面有100,000元，加上这次的10,000元，一共110,000元。已经超过起付线（先由您自己付的部分）7,000元，这次的部分，按70%报，报7,000元。",
      "医疗救助（政府给困难人员的帮助）按全年累计算：今年前面有48,400元，加上这次的3,000元，一共51,400元。这次的部分，按80%付，付2,400元。",
      "再救助（救助以后还难的，再帮一次）按全年累计算：今年前面有48,400元，加上这次的600元，一共49,000元。已经超过起付线5,000元，这次的部分，按70%付，付420元。",
      "医保和救助一共付了9,820元：大病保险7,000元，医疗救助2,400元，再救助420元。",
      "最后，您自己付180元。",
    ],
  },
  {
    name: "outside the catalogue, over the cap, up front",
    of: ["yantai-203", 0],
    said: [
      "您在三级医院住院，2023年3月9日出院，这次一共花了10,000元。",
      "其中医保目录（医保能报的药品和项目的名单）以外的1,000元，超过医保限价的500元，按规定先由您付的300元，这些要您自己付。",
      "剩下的8,200元在医保能报的范围内。",
      "按出院那天有效的登记，您是特困人员。",
      "基本医保已经在别处结算，没有报钱，这里接着往下算。",
      "大病保险（花费大时再报一次的保险）：还有8,200元由您负担，超过起付线（先由您自己付的部分）7,000元的部分，按65%报，报780元。",
      "医疗救助（政府给困难人员的帮助）：还有7,420元由您负担，全部付，付7,420元。",
      "医保和救助一共付了8,200元：大病保险780元，医疗救助7,420元。",
      "最后，您自己付1,800元。",
    ],
  },
  {
    name: "two identities: the better one, and what the other would have left",
    of: ["yantai-189", 0],
    said: [
      "您在三级医院住院，2023年3月9日出院，这次一共花了1,300元。",
      "这些费用都在医保能报的范围内。",
      "您同时有低保对象、低保边缘家庭成员这几种身份，只能按一种算，这里按让您付得最少的低保对象算。",
      "如果按低保边缘家庭成员算，您要自己付1,300元。",
      "基本医保已经在别处结算，没有报钱，这里接着往下算。",
      "大病保险（花费大时再报一次的保险）：还有1,300元由您负担，没有超过起付线（先由您自己付的部分）7,000元，这次不报；今年再看病，会接着加上去算。",
      "医疗救助（政府给困难人员的帮助）：还有1,300元由您负担，按80%付，付1,040元。",
      "再救助（救助以后还难的，再帮一次）：还有260元由您负担，没有超过起付线5,000元，这次不付；今年再看病，会接着加上去算。",
      "医保和救助一共付了1,040元。",
      "最后，您自己付260元。",
    ],
  },
  {
    name: "a limit that leaves one fen, limits that leave nothing",
    of: ["yantai-061", 1],
    said: [
      "您2023年5月9日用特药（治大病的贵重药），这次一共花了0.02元。",
      "这些费用都在医保能报的范围内。",
      "按看病那天有效的登记，您是特困人员。",
      "特药待遇按全年累计算：今年前面有499,999.99元，加上这次的0.02元，一共500,000.01元。这次的部分，按80%报，算下来是0.02元。一年最多报400,000元，今年前面已经报了399,999.99元，所以这次报0.01元。",
      "医疗救助（政府给困难人员的帮助）按全年累计算：今年前面有100,000元，加上这次的0.01元，一共100,000.01元。这次的部分，全部付，算下来是0.01元。一年最多付30,000元，今年前面已经付了30,000元，所以这次不能再付。",
      "再救助（救助以后还难的，再帮一次）按全年累计算：今年前面有70,000元，加上这次的0.01元，一共70,000.01元。已经超过起付线（先由您自己付的部分）5,000元，这次的部分，按70%付，算下来是0.01元。一年最多付20,000元，今年前面已经付了20,000元，所以这次不能再付。",
      "医保一共付了0.01元。",
      "最后，您自己付0.01元。",
    ],
  },
  {
    name: "assumed numbers decided, and a threshold that was not reached",
    of: ["yantai-223", 0],
    said: [
      "您在三级医院住院，2023年3月9日出院，这次一共花了1,000元。",
      "这些费用都在医保能报的范围内。",
      "基本医保：起付线（先由您自己付的部分）是800元，剩下的200元按45%报，报90元。",
      "大病保险（花费大时再报一次的保险）：还有910元由您负担，没有超过起付线14,000元，这次不报；今年再看病，会接着加上去算。",
      "医疗救助（政府给困难人员的帮助）、再救助（救助以后还难的，再帮一次）只给名单上的困难人员，出院那天没有查到您在有效的名单上，所以这次没有。",
      "提醒您：基本医保的起付线（800元）、比例（45%），这些没有查到文件，是按估计的数算的，可能与当地实际不同。",
      "医保一共付了90元。",
      "最后，您自己付910元。",
    ],
  },
  {
    name: "the ceiling is full, four layers more, the guarantee takes the rest",
    of: ["nanchong-058", 1],
    said: [
      "您在三级医院住院，2017年7月15日出院，这次一共花了300,000元。",
      "这些费用都在医保能报的范围内。",
      "按出院那天有效的登记，您是建档立卡贫困人口。",
      "基本医保：没有起付线（先由您自己付的部分），300,000元按70%报，算下来是210,000元。封顶线（基本医保一年最多报的数）是一年160,000元，今年前面已经报了160,000元，所以这次不能再报。",
      "超过封顶线的部分，基本医保不再报。",
      "大病保险（花费大时再报一次的保险）：还有300,000元由您负担，超过起付线5,000元的部分，按60%报，报177,000元。",
      "补充保险：还有123,000元由您负担，按50%报，报61,500元。",
      "医疗救助（政府给困难人员的帮助）：还有61,500元由您负担，按70%付，算下来是43,050元。一年最多付30,000元，所以这次付30,000元。",
      "兜底：当地规定，这类费用在医保能报的范围内不用您付，剩下的31,500元由兜底的钱付。",
      "按当时的规定，当地没有再救助（救助以后还难的，再帮一次），所以不报。",
      "提醒您：基本医保的比例（70%）；大病保险的起付线（5,000元）、比例（60%）；补充保险的比例（50%）；医疗救助的比例（70%）、全年限额（30,000元），这些没有查到文件，是按估计的数算的，可能与当地实际不同。",
      "医保和救助一共付了300,000元：大病保险177,000元，补充保险61,500元，医疗救助30,000元，兜底31,500元。",
      "最后，您自己付0元。",
    ],
  },
  {
    name: "chronic care: at most 10 % is left",
    of: ["nanchong-071", 0],
    said: [
      "您2017年6月15日在三级医院看门诊慢特病（慢性病、特殊病的门诊），这次一共花了100.05元。",
      "这些费用都在医保能报的范围内。",
      "按看病那天有效的登记，您是建档立卡贫困人口。",
      "基本医保已经在别处结算，没有报钱，这里接着往下算。",
      "大病保险（花费大时再报一次的保险）：还有100.05元由您负担，没有超过起付线（先由您自己付的部分）5,000元，这次不报；今年再看病，会接着加上去算。",
      "补充保险：还有100.05元由您负担，按50%报，报50.03元。",
      "医疗救助（政府给困难人员的帮助）：还有50.02元由您负担，按70%付，付35.01元。",
      "兜底：当地规定，这类费用在医保能报的范围内您最多付10%，多出的5.01元由兜底的钱付。",
      "按当时的规定，当地没有再救助（救助以后还难的，再帮一次），所以不报。",
      "提醒您：大病保险的起付线（5,000元）；补充保险的比例（50%）；医疗救助的比例（70%），这些没有查到文件，是按估计的数算的，可能与当地实际不同。",
      "医保和救助一共付了90.05元：补充保险50.03元，医疗救助35.01元，兜底5.01元。",
      "最后，您自己付10元。",
    ],
  },
  {
    name: "points on top of a share",
    of: ["nanchong-086", 0],
    said: [
      "您2017年6月15日在乡镇卫生院看门诊慢特病（慢性病、特殊病的门诊），这次一共花了1,000元。",
      "这些费用都在医保能报的范围内。",
      "基本医保：1,000元按90%报（其中5个百分点是另外加的），报900元。",
      "大病保险（花费大时再报一次的保险）：还有100元由您负担，没有超过起付线（先由您自己付的部分）10,000元，这次不报；今年再看病，会接着加上去算。",
      "补充保险、医疗救助（政府给困难人员的帮助）只给名单上的困难人员，看病那天没有查到您在有效的名单上，所以这次没有。",
      "提醒您：基本医保的比例（85%）；大病保险的起付线（10,000元），这些没有查到文件，是按估计的数算的，可能与当地实际不同。",
      "医保一共付了900元。",
      "最后，您自己付100元。",
    ],
  },
  {
    name: "the third stay has no deductible",
    of: ["taizhou-031", 2],
    said: [
      "您在三级医院住院，2019年8月15日出院，这次一共花了100元。",
      "这些费用都在医保能报的范围内。",
      "基本医保：这是您今年第3次住院，没有起付线（先由您自己付的部分），100元按65%报，报65元。",
      "大病保险（花费大时再报一次的保险）按全年累计算：今年前面有200元，加上这次的35元，一共235元。没有超过起付线20,000元，这次不报；今年再看病，会接着加上去算。",
      "医疗救助（政府给困难人员的帮助）只给名单上的困难人员，出院那天没有查到您在有效的名单上，所以这次没有。",
      "提醒您：基本医保的比例（65%）；大病保险的起付线（20,000元），这些没有查到文件，是按估计的数算的，可能与当地实际不同。",
      "医保一共付了65元。",
      "最后，您自己付35元。",
    ],
  },
  {
    name: "out-patient care against its yearly limit, and what it does not count towards",
    of: ["taizhou-016", 1],
    said: [
      "您2019年7月15日在一级医院看普通门诊，这次一共花了1,000元。",
      "这些费用都在医保能报的范围内。",
      "基本医保：1,000元按60%报，算下来是600元。一年最多报900元，今年前面已经报了600元，所以这次报300元。",
      "普通门诊的费用不算进大病保险（花费大时再报一次的保险）和医疗救助（政府给困难人员的帮助）。",
      "医保一共付了300元。",
      "最后，您自己付700元。",
    ],
  },
  {
    name: "a caesarean: a fixed sum, at most the bill",
    of: ["haiyuan-027", 0],
    said: [
      "您在三级医院剖宫产，2010年6月15日出院，这次一共花了999.99元。",
      "剖宫产有定额补助，最多补1,000元，不超过花的钱，这次补999.99元，其他各层不再报。",
      "医保一共付了999.99元。",
      "最后，您自己付0元。",
    ],
  },
  {
    name: "what the ceiling cut off goes to 大额, up to its limit; no 大病 yet",
    of: ["haiyuan-089", 0],
    said: [
      "您在三级医院住院，2010年6月15日出院，这次一共花了178,477.79元。",
      "这些费用都在医保能报的范围内。",
      "基本医保：起付线（先由您自己付的部分）是700元，剩下的177,777.79元按90%报，算下来是160,000.01元。封顶线（基本医保一年最多报的数）是一年60,000元，所以这次报60,000元。",
      "超过封顶线、没报到的100,000.01元，职工大额补助接着报，一年最多报100,000元，所以这次报100,000元。",
      "按当时的规定，当地没有大病保险（花费大时再报一次的保险），所以不报。",
      "医疗救助（政府给困难人员的帮助）只给名单上的困难人员，出院那天没有查到您在有效的名单上，所以这次没有。",
      "提醒您：职工大额补助的全年限额（100,000元），这些没有查到文件，是按估计的数算的，可能与当地实际不同。",
      "医保一共付了160,000元：基本医保60,000元，职工大额补助100,000元。",
      "最后，您自己付18,477.79元。",
    ],
  },
  {
    name: "care that is not covered",
    of: ["haiyuan-023", 0],
    said: [
      "您2010年6月15日在乡镇卫生院看普通门诊，这次一共花了20元。",
      "您这次的普通门诊费用，当地的基本医保不报。",
      "普通门诊的费用不算进大病保险（花费大时再报一次的保险）和医疗救助（政府给困难人员的帮助）。",
      "这次医保没有付钱。",
      "最后，您自己付20元。",
    ],
  },
];

describe("read aloud", () => {
  test.each(golden)("$name", ({ of, said }) => {
    expect(sentences(claimOf(...of))).toEqual(said);
  });
  test("exactly at a threshold it is not yet passed; a bill that begins there has passed it", () => {
    expect(sentences(claimOf("yantai-008")).join("")).toContain(
      "没有超过起付线（先由您自己付的部分）7,000元，这次不报",
    );
    expect(sentences(claimOf("yantai-068", 1)).join("")).toContain(
      "已经超过起付线（先由您自己付的部分）20,000元，这次的部分",
    );
  });
});

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

describe("the command", () => {
  const root = join(import.meta.dirname, "../..");
  const run = (options: string[], input = "") =>
    spawnSync(process.execPath, ["--import", "tsx", "commands/explain.ts", ...options], {
      cwd: root,
      input,
      encoding: "utf8",
    });
  /** Columns of a terminal: Chinese characters and full-width signs take two. */
  const columns = (shown: string) =>
    [...shown].reduce((sum, one) => sum + (one > "\u2e7f" && one < "\uffff" ? 2 : 1), 0);
  const pretty = JSON.stringify(caseOf("yantai-007"), null, 2);

  test("explains a case of many lines: sentences, who pays how much, and the clauses, aligned", () => {
    const { stdout, stderr, status } = run([], `\uFEFF${pretty}\n`);
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    const lines = stdout.split("\n");
    expect(lines[0]).toBe("━━ 第1笔 c1 · 山东省烟台市 · 城乡居民医保 · 2023年3月9日 ━━");
    for (const which of [0, 1])
      for (const one of sentences(claimOf("yantai-007", which))) expect(lines).toContain(`  ${one}`);
    expect(lines).toContain("合计      个人负担               180.00          10000.00 − 9820.00");
    expect(lines).toContain(`大病保险  7000.00   70.0%  ${"█".repeat(28)}`);
    expect(lines).toContain(`您自己     180.00    1.8%  █`);
    const at = lines.lastIndexOf(lines.filter((line) => line.startsWith("层 ")).at(-1)!);
    const table = lines.slice(at, lines.indexOf("", at));
    const basis = columns(table[0]!.slice(0, table[0]!.indexOf("依据")));
    const marked = table.filter((line) => line.includes("["));
    expect(marked.length).toBeGreaterThan(5);
    for (const line of marked.filter((one) => /\s\[\d/.test(one)))
      if (/^\S+\s+\S+\s+[\d.]+\s+\[\d/.test(line)) expect(columns(line.slice(0, line.indexOf("["))), line).toBe(basis);
  });
  test("--json gives the same as data, of a file too, its byte order mark left aside", () => {
    const folder = mkdtempSync(join(tmpdir(), "explain-"));
    const file = join(folder, "case.json");
    writeFileSync(file, `\uFEFF${pretty}`);
    const { stdout } = run([file, "--json"]);
    rmSync(folder, { recursive: true, force: true });
    const wanted = [0, 1].map((which) => {
      const claim = claimOf("yantai-007", which);
      return { id: claim.id, sentences: sentences(claim), clauses: clauses(claim) };
    });
    expect(JSON.parse(stdout)).toEqual(wanted);
  });
  test.each([
    ["no input", [], "", "没有输入"],
    ["broken JSON", [], "{", "不是JSON"],
    ["a refused case", [], pretty.replaceAll("370600", "999999"), "不在系统中"],
    [
      "several cases",
      [],
      `${JSON.stringify(caseOf("yantai-001"))}\n${JSON.stringify(caseOf("yantai-002"))}\n`,
      "不止一个案例",
    ],
    ["a file that is not there", ["nowhere.json"], "", "读不到文件 nowhere.json"],
    ["an option that nobody knows", ["--html"], "", "不认识的选项 --html"],
  ])("%s: one sentence, exit status 1", (_, options, input, sentence) => {
    const { stdout, stderr, status } = run(options, input);
    expect({ stdout, status }).toEqual({ stdout: "", status: 1 });
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});
