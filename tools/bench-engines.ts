/** 烟台居民、低保、住院 · what one claim brings to the other engines: fee sums and the year before, all in fen. */
export interface GivenClaim {
  readonly level: string;
  readonly total: number;
  readonly outsideCatalogue: number;
  readonly overPriceCap: number;
  readonly upfront: number;
  readonly pooledBefore: number;
  readonly criticalIllnessBaseBefore: number;
  readonly medicalAidBaseBefore: number;
  readonly medicalAidBefore: number;
  readonly furtherAidBaseBefore: number;
  readonly furtherAidBefore: number;
}

/** What every engine must agree on, in fen. */
export const agreed = [
  "inScope",
  "deductiblePaid",
  "pooled",
  "criticalIllness",
  "medicalAid",
  "furtherAid",
  "fundsTotal",
  "patientTotal",
] as const;
export type Agreed = Readonly<Record<(typeof agreed)[number], number>>;

/** 规则引擎 · another engine under the same rules: a claim's text in, its result and trace as text out. */
export interface Engine {
  readonly name: string;
  readonly answer: (claim: string) => Promise<string>;
  readonly amounts: (answer: string) => Agreed;
}

type Expressions = Readonly<Record<string, string>>;
const common = { inputField: null, outputPath: null, executionMode: "single", passThrough: true };

/** One layer as a node; within it `$` holds what the node has computed so far. */
const expressions = (name: string, all: Expressions) => ({
  id: name,
  name,
  type: "expressionNode",
  content: { ...common, expressions: Object.entries(all).map(([key, value]) => ({ id: key, key, value })) },
});

/** 65/70/75/80% of the year's base above 7,000, 100,000, 200,000 and 300,000 yuan, as hundredths. */
const overTiers = (base: string) =>
  `(65 * (min([max([${base}, 700000]), 10000000]) - 700000) + 70 * (min([max([${base}, 10000000]), 20000000]) - 10000000)` +
  ` + 75 * (min([max([${base}, 20000000]), 30000000]) - 20000000) + 80 * (max([${base}, 30000000]) - 30000000)) / 100`;

const decisionNodes = [
  { id: "claim", name: "claim", type: "inputNode", content: {} },
  {
    id: "level",
    name: "level",
    type: "decisionTableNode",
    content: {
      ...common,
      hitPolicy: "first",
      inputs: [{ id: "level", name: "level", field: "level" }],
      outputs: [
        { id: "deductible", name: "deductible", field: "deductible" },
        { id: "pooledShare", name: "pooledShare", field: "pooledShare" },
      ],
      rules: [
        { _id: "level-3", level: '"tertiary"', deductible: "80000", pooledShare: "45" },
        { _id: "level-2", level: '"secondary"', deductible: "50000", pooledShare: "58" },
        { _id: "level-1", level: "", deductible: "30000", pooledShare: "90" },
      ],
    },
  },
  expressions("pooled", {
    inScope: "total - outsideCatalogue - overPriceCap - upfront",
    deductiblePaid: "min([$.inScope, deductible])",
    pooledAtShare: "round(($.inScope - $.deductiblePaid) * pooledShare / 100)",
    pooled: "min([$.pooledAtShare, max([0, 20000000 - pooledBefore])])",
    borneAfterPooled: "$.inScope - $.pooled",
  }),
  expressions("criticalIllness", {
    criticalIllnessBaseAfter: "criticalIllnessBaseBefore + borneAfterPooled",
    criticalIllness: `round(${overTiers("$.criticalIllnessBaseAfter")}) - round(${overTiers("criticalIllnessBaseBefore")})`,
    borneAfterCriticalIllness: "borneAfterPooled - $.criticalIllness",
  }),
  expressions("medicalAid", {
    medicalAidBaseAfter: "medicalAidBaseBefore + borneAfterCriticalIllness",
    medicalAidAtShare: "round($.medicalAidBaseAfter * 80 / 100) - round(medicalAidBaseBefore * 80 / 100)",
    medicalAid: "min([$.medicalAidAtShare, max([0, 3000000 - medicalAidBefore])])",
    borneAfterMedicalAid: "borneAfterCriticalIllness - $.medicalAid",
  }),
  expressions("furtherAid", {
    furtherAidBaseAfter: "furtherAidBaseBefore + borneAfterMedicalAid",
    furtherAidAtShare:
      "round(max([0, $.furtherAidBaseAfter - 500000]) * 70 / 100) - round(max([0, furtherAidBaseBefore - 500000]) * 70 / 100)",
    furtherAid: "min([$.furtherAidAtShare, max([0, 2000000 - furtherAidBefore])])",
  }),
  expressions("total", {
    fundsTotal: "pooled + criticalIllness + medicalAid + furtherAid",
    patientTotal: "total - $.fundsTotal",
  }),
  { id: "settlement", name: "settlement", type: "outputNode", content: {} },
];

const decisionEdges = decisionNodes.slice(1).map(({ id }, i) => ({
  id: `to-${id}`,
  type: "edge",
  sourceId: decisionNodes[i]!.id,
  targetId: id,
}));

/**
 * The rules as a JDM graph: a table for the level, one node of expressions for each layer. Once with its trace as objects
 * and once as the text that it writes itself, which is much faster; none where it has no binary for the platform.
 */
export async function zenEngines(): Promise<Engine[]> {
  const zen = await import("@gorules/zen-engine").catch(() => null);
  if (!zen) return [];
  const decision = new zen.ZenEngine().createDecision({ nodes: decisionNodes, edges: decisionEdges });
  const amounts = (answer: string): Agreed => JSON.parse(answer).result;
  return [
    {
      name: "zen-engine, trace as objects",
      answer: async (claim) => {
        const { result, trace } = await decision.evaluate(JSON.parse(claim), { trace: true });
        return JSON.stringify({ result, trace });
      },
      amounts,
    },
    {
      name: "zen-engine, trace as its text",
      answer: async (claim) => {
        const { result, trace } = await decision.evaluate(JSON.parse(claim), { trace: "string" });
        return `{"result":${JSON.stringify(result)},"trace":${trace}}`;
      },
      amounts,
    },
  ];
}

const fen = (valeur: string) => ({ valeur, arrondi: "oui" });
const atMost = (valeur: string, plafond: string) => ({ valeur, plafond });
const atLeastNothing = (valeur: string) => ({ valeur, plancher: 0 });

/** The same tiers, in hundredths: its doubles are exact where every rate is a whole number. */
const tiersOf = (assiette: string) => ({
  barème: {
    assiette,
    tranches: [
      { taux: 0, plafond: 700000 },
      { taux: 65, plafond: 10000000 },
      { taux: 70, plafond: 20000000 },
      { taux: 75, plafond: 30000000 },
      { taux: 80 },
    ],
  },
});

const byLevel = (tertiary: number, secondary: number, primary: number) => ({
  variations: [
    { si: "level = 'tertiary'", alors: tertiary },
    { si: "level = 'secondary'", alors: secondary },
    { sinon: primary },
  ],
});

const facts = [
  "level",
  "total",
  "outsideCatalogue",
  "overPriceCap",
  "upfront",
  "pooledBefore",
  "criticalIllnessBaseBefore",
  "medicalAidBaseBefore",
  "medicalAidBefore",
  "furtherAidBaseBefore",
  "furtherAidBefore",
];

const derivedRules = {
  deductible: byLevel(80000, 50000, 30000),
  pooledShare: byLevel(45, 58, 90),
  inScope: "total - outsideCatalogue - overPriceCap - upfront",
  deductiblePaid: atMost("deductible", "inScope"),
  pooledAtShare: fen("(inScope - deductiblePaid) * pooledShare / 100"),
  pooledLeft: atLeastNothing("20000000 - pooledBefore"),
  pooled: atMost("pooledAtShare", "pooledLeft"),
  borneAfterPooled: "inScope - pooled",
  criticalIllnessBaseAfter: "criticalIllnessBaseBefore + borneAfterPooled",
  criticalIllnessTiersBefore: tiersOf("criticalIllnessBaseBefore"),
  criticalIllnessTiersAfter: tiersOf("criticalIllnessBaseAfter"),
  criticalIllnessEarnedBefore: fen("criticalIllnessTiersBefore / 100"),
  criticalIllnessEarnedAfter: fen("criticalIllnessTiersAfter / 100"),
  criticalIllness: "criticalIllnessEarnedAfter - criticalIllnessEarnedBefore",
  borneAfterCriticalIllness: "borneAfterPooled - criticalIllness",
  medicalAidBaseAfter: "medicalAidBaseBefore + borneAfterCriticalIllness",
  medicalAidEarnedBefore: fen("medicalAidBaseBefore * 80 / 100"),
  medicalAidEarnedAfter: fen("medicalAidBaseAfter * 80 / 100"),
  medicalAidLeft: atLeastNothing("3000000 - medicalAidBefore"),
  medicalAid: atMost("medicalAidEarnedAfter - medicalAidEarnedBefore", "medicalAidLeft"),
  borneAfterMedicalAid: "borneAfterCriticalIllness - medicalAid",
  furtherAidBaseAfter: "furtherAidBaseBefore + borneAfterMedicalAid",
  furtherAidAboveBefore: atLeastNothing("furtherAidBaseBefore - 500000"),
  furtherAidAboveAfter: atLeastNothing("furtherAidBaseAfter - 500000"),
  furtherAidEarnedBefore: fen("furtherAidAboveBefore * 70 / 100"),
  furtherAidEarnedAfter: fen("furtherAidAboveAfter * 70 / 100"),
  furtherAidLeft: atLeastNothing("2000000 - furtherAidBefore"),
  furtherAid: atMost("furtherAidEarnedAfter - furtherAidEarnedBefore", "furtherAidLeft"),
  fundsTotal: "pooled + criticalIllness + medicalAid + furtherAid",
  patientTotal: "total - fundsTotal",
};

/**
 * The rules in publicodes' own mechanisms, parsed once. Its trace is the value of every rule: the evaluated tree that it
 * also offers repeats what lies below each node and takes megabytes a claim as text.
 */
export async function publicodesEngine(): Promise<Engine> {
  const { default: Publicodes } = await import("publicodes");
  const unknown = Object.fromEntries(facts.map((name) => [name, null]));
  const names = Object.keys(derivedRules) as (keyof typeof derivedRules)[];
  const engine = new Publicodes({ ...unknown, ...derivedRules });
  // Given a rule itself, it need not parse the name again: twice as fast.
  const rules = names.map((name) => [name, engine.getRule(name)] as const);
  return {
    name: "publicodes",
    answer: async (claim) => {
      const { level, ...amounts } = JSON.parse(claim);
      engine.setSituation({ ...amounts, level: `'${level}'` });
      const values = rules.map(([name, rule]) => [name, engine.evaluate(rule).nodeValue]);
      return JSON.stringify(Object.fromEntries(values));
    },
    amounts: (answer) => JSON.parse(answer),
  };
}
