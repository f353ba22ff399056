import * as z from "zod";
import { identityKinds } from "../policy/identity.ts";
import { careTypes, filings, levels, places, schemes } from "../policy/table.ts";
import type { Operation, StepLayer } from "./trace.ts";

/** 轨迹的格式 settlement-trace/v1 · what a trace may hold, and nothing else: no unknown key, no missing one. */

const amount = (meaning: string) =>
  z
    .string()
    .regex(/^(0|[1-9]\d*)\.\d{2}$/)
    .describe(meaning);
const decimal = (meaning: string) =>
  z
    .string()
    .regex(/^(0|[1-9]\d*)(\.\d+)?$/)
    .describe(meaning);
const day = (meaning: string) =>
  z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .describe(meaning);

const Tier = z.strictObject({
  from: amount("此段从多少起（含） · where the tier begins, included, in yuan"),
  share: decimal("此段的比例 · the share paid of what lies in the tier, 0–1"),
});

const Value = z
  .union([
    amount("金额 · an amount of yuan"),
    decimal("比例 · a ratio from 0 to 1"),
    z
      .string()
      .regex(/^-(0\.\d+|1)$/)
      .describe("减少的百分点 · points taken off a ratio"),
    z.enum(["not covered", "no limit"]).describe("没有这项待遇；不设限额 · no such benefit; no limit"),
    z.array(Tier).min(1).describe("分段比例 · marginal shares, ascending"),
    z.array(z.enum(careTypes)).describe("医疗类别 · kinds of care"),
  ])
  .describe("参数的值 · the value, as the published policy spells it");

const rule = {
  parameter: z.string().min(1).describe("参数名/适用情形 · parameter, and after a slash the line of its table"),
  value: Value,
  from: day("从哪天起施行 · first day in force"),
  cite: z.string().describe("文号与条款 · document and article; empty where assumed"),
  standing: z.enum(["stated", "derived", "assumed"]).describe("载明、推算、假定 · how well the value is known"),
  note: z.string().describe("怎样推算、为何假定、有何疑问 · how derived, why assumed, what is doubtful"),
};

/** 走哪条路的规则 · a rule that decided no amount but which way was taken. */
export const RoutingRule = z.strictObject(rule);

/** 步骤所用的规则 · a rule that a step asked. */
export const AskedRule = z.strictObject({
  ...rule,
  decided: z
    .boolean()
    .describe("是否决定了金额 · whether it decided: a deductible charged, a share applied, a limit that bound"),
});

/** 事实 · what policies asked about the claim. */
export const Facts = z.strictObject({
  careType: z.enum(careTypes).describe("医疗类别 · kind of care"),
  level: z.enum(levels).describe("医疗机构级别 · level of the provider"),
  place: z.enum(places).describe("就医地，从参保县看 · where care was given, seen from the home county"),
  filing: z.enum(filings).describe("异地就医备案 · the filing of care away"),
  transferred: z.boolean().describe("有效转诊转院 · a valid referral from an earlier stay"),
  age: z.int().min(0).describe("入院时周岁 · full years on admission"),
  stay: z.int().min(0).describe("本年第几次住院 · the ordinal of the stay in the year; 0 for other care"),
  retired: z.boolean().describe("退休 · retired"),
  familyDoctor: z.boolean().describe("家庭医生签约 · has signed with a family doctor"),
  reformed: z.boolean().describe("已参加公立医院改革 · the provider takes part in the public-hospital reform"),
  identity: z.enum(identityKinds).nullable().describe("所采用的身份 · the identity taken; null for none"),
  disease: z.string().describe("主要诊断（ICD-10） · main diagnosis; empty where none is given"),
});

/** 首部 · the first element: whose rules, on which day, for which facts. */
export const Heading = z.strictObject({
  version: z.literal("settlement-trace/v1").describe("版本 · version of this form"),
  area: z
    .string()
    .regex(/^\d{6}$/)
    .describe("统筹区区划 · pooling area"),
  scheme: z.enum(schemes).describe("险种 · scheme"),
  on: day("结算所依据的日期（出院日） · the day whose rules apply: discharge"),
  facts: Facts.describe("事实 · the facts that the rules asked"),
  identities: z
    .array(z.enum(identityKinds))
    .describe("当日有效的全部身份，按登记次序 · identities in force, as listed"),
  rules: z.array(RoutingRule).describe("哪些费用计入哪一层 · which care counts towards which layer"),
});

/** 费用明细拆分 · one fee line, split; the fee sums are sums of these. */
export const Split = z.strictObject({
  layer: z.literal("fees").describe("费用 · always fees"),
  op: z.literal("split").describe("拆分 · total, over cap and up-front share, each half up to the fen"),
  code: z.string().describe("项目代码 · code of the item"),
  class: z.enum(["A", "B", "C"]).describe("甲、乙、丙类 · class in the catalogue; C is outside"),
  price: decimal("单价 · price of one"),
  quantity: decimal("数量 · quantity"),
  priceCap: decimal("限价 · price cap of one").nullable().describe("限价 · price cap; null for none"),
  upfrontShare: decimal("先行自付比例 · up-front share, class B only"),
  result: z
    .strictObject({
      total: amount("金额 · total"),
      outsideCatalogue: amount("目录外 · outside the catalogue"),
      overPriceCap: amount("超限价 · over the price cap"),
      upfront: amount("先行自付 · paid up front"),
    })
    .describe("拆分结果 · the line's sums"),
});

/** Exactly the layers and operations that the engine writes: one more or one less does not compile. */
const layers = {
  fees: "fees",
  fixedBenefit: "fixedBenefit",
  pooled: "pooled",
  largeExpense: "largeExpense",
  criticalIllness: "criticalIllness",
  specialDrug: "specialDrug",
  otherLayers: "otherLayers",
  medicalAid: "medicalAid",
  furtherAid: "furtherAid",
  guarantee: "guarantee",
  total: "total",
} as const satisfies { [Layer in StepLayer]: Layer };
const operations = {
  given: "given",
  less: "less",
  sum: "sum",
  least: "least",
  portion: "portion",
  tiered: "tiered",
  within: "within",
  above: "above",
} as const satisfies { [Op in Operation]: Op };

/** 计算步骤 · one step; its name is an input of later ones. */
export const Step = z.strictObject({
  layer: z.enum(layers).describe("属于哪一层 · the layer; fees and total frame the layers"),
  op: z.enum(operations).describe("运算 · what is done with the inputs, in their order, and the rules"),
  name: z.string().min(1).describe("结果的名称 · name of the result"),
  inputs: z
    .record(z.string(), amount("金额 · amount"))
    .describe("输入：先前结果的名称与金额，有次序 · earlier results by name, in order"),
  rules: z.array(AskedRule).describe("所用规则 · the rules asked"),
  result: amount("结果 · the result in yuan"),
});

/** 未采用的身份 · an identity in force that was not taken, and how it would have settled. */
export const Alternative = z.strictObject({
  alternative: z.enum(identityKinds).describe("未采用的身份 · the identity"),
  patientTotal: amount("按此身份个人要付多少 · what it would have left the person to pay"),
  steps: z.array(Step).describe("按此身份的步骤 · its steps"),
});

/** 一次结算的轨迹 · heading, fee lines where there are any, steps in statutory order, identities not taken. */
export const Trace = z
  .tuple([Heading], z.union([Split, Step, Alternative]))
  .describe("结算轨迹 settlement-trace/v1 · the explanation of one settled claim");

/** 轨迹的 JSON Schema 2020-12 · the same form for whoever has no zod. */
export const traceJsonSchema = () => z.toJSONSchema(Trace);
