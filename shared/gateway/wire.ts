import { many, type Node, one, type Parts, type ReadParts, type Source, some } from "./field.ts";
import { codeAsked, codeFound } from "./wire-code.ts";
import {
  admission,
  admissionChanged,
  admitted,
  diagnosis,
  discharge,
  encounterNamed,
  outpatientCare,
  outpatientDiagnosis,
  registered,
  registration,
  registrationEnded,
  stayDiagnosis,
} from "./wire-encounter.ts";
import { batchWithdrawn, lineWithdrawn, outpatientLine, split, stayLine, staySplit } from "./wire-fee.ts";
import {
  benefit,
  benefitAsked,
  cover,
  identity,
  personAsked,
  personFound,
  signedIn,
  signedOut,
  signIn,
  signOut,
} from "./wire-person.ts";
import {
  accumulation,
  accumulationAsked,
  claimAsked,
  claimFound,
  diagnosesAsked,
  encounterFound,
  encountersAsked,
  linesAsked,
} from "./wire-query.ts";
import { filed, referral, referralFound, referralsAsked, referralWithdrawn } from "./wire-referral.ts";
import {
  messageReversal,
  outpatientPreview,
  outpatientSettlement,
  payment,
  paymentBack,
  previewed,
  reversal,
  reversed,
  settled,
  stayPreview,
  stayPreviewed,
  stayReversal,
  stayReversed,
  staySettled,
  staySettlement,
} from "./wire-settlement.ts";

/*
 * 国家医保信息平台定点医药机构接口 · the transactions, made of the fields in the `wire-` files beside this one:
 * the only place where national names are spelt.
 *
 * Read in an implementer's program, not in the specification: openhis 源码注释, ffa7e660. What a comment gives (name, type, length, code
 * table, required) stands here as it is given; what is only listed elsewhere, or is ours, says so where its node is used. `npm run fields`
 * writes FIELDS.md from this table. What we use has a name of ours; the rest is kept and given back.
 */

/** A transaction: its name, the nodes below `input` and below `output`, and what a reader of the coverage table should know. */
interface Transaction {
  readonly name: string;
  readonly input: Parts;
  readonly output: Parts;
  readonly note?: string;
}

const diagnoses = many("diagnoses", stayDiagnosis);
const asked = <N extends Node>(node: N, source?: Source) => ({ data: one("request", node, source) });
const previewAnswer = { setlinfo: one("settlement", previewed), setldetail: many("payments", payment) };
const settleAnswer = { setlinfo: one("settlement", settled), setldetail: many("payments", payment) };
const outpatientUpload = {
  name: "门诊就诊信息上传",
  input: { mdtrtinfo: one("encounter", outpatientCare), diseinfo: many("diagnoses", outpatientDiagnosis) },
  output: {},
  note: "Known as 2203 and as 2203A; both are served and are the same.",
};

/** 交易表 · every transaction that is served, by its number. */
export const transactions = {
  "9001": {
    name: "签到",
    input: { signIn: one("signIn", signIn) },
    output: { signinoutb: one("signIn", signedIn) },
  },
  "9002": {
    name: "签退",
    input: { signOut: one("signOut", signOut) },
    output: { signoutoutb: one("signOut", signedOut) },
    note: "The comments name the fields and no node: the nodes signOut and signoutoutb are ours.",
  },
  "1101": {
    name: "人员信息获取",
    input: asked(personAsked),
    output: {
      baseinfo: one("person", personFound),
      insuinfo: many("covers", cover),
      idetinfo: many("identities", identity),
    },
  },
  "2001": {
    name: "人员待遇享受检查",
    input: asked(benefitAsked),
    output: { trtinfo: many("benefits", benefit, "listed") },
    note: "The answer's names are listed without types: lengths and marks are ours.",
  },
  "2201": { name: "门诊挂号", input: asked(registration), output: { data: one("encounter", registered) } },
  "2202": { name: "门诊挂号撤销", input: asked(registrationEnded), output: {} },
  "2203": outpatientUpload,
  "2203A": outpatientUpload,
  "2204": {
    name: "门诊费用明细信息上传",
    input: { feedetail: some("lines", outpatientLine) },
    output: { result: many("lines", split) },
    note: "The extension is marked as required, and the same program leaves it out: it is not demanded.",
  },
  "2205": { name: "门诊费用明细信息撤销", input: asked(batchWithdrawn), output: {} },
  "2206": { name: "门诊预结算", input: asked(outpatientPreview), output: previewAnswer },
  "2207": { name: "门诊结算", input: asked(outpatientSettlement), output: settleAnswer },
  "2208": {
    name: "门诊结算撤销",
    input: asked(reversal),
    output: { setlinfo: one("settlement", reversed), setldetail: many("payments", paymentBack) },
    note: "The comment spells 个人现金支出 “pdn_cash_pay” here alone; written as everywhere else.",
  },
  "2301": {
    name: "住院费用明细上传",
    input: { feedetail: some("lines", stayLine) },
    output: { result: many("lines", staySplit) },
  },
  "2302": {
    name: "住院费用明细撤销",
    input: { data: some("requests", lineWithdrawn) },
    output: {},
    note: "The program sends a list.",
  },
  "2303": {
    name: "住院预结算",
    input: asked(stayPreview),
    output: { setlinfo: one("settlement", stayPreviewed), setldetail: many("payments", payment) },
  },
  "2304": {
    name: "住院结算",
    input: asked(staySettlement),
    output: { setlinfo: one("settlement", staySettled), setldetail: many("payments", payment) },
  },
  "2305": {
    name: "住院结算撤销",
    input: asked(stayReversal),
    output: { setlinfo: one("settlement", stayReversed), setldetail: many("payments", paymentBack) },
  },
  "2401": {
    name: "入院办理",
    input: { mdtrtinfo: one("admission", admission), diseinfo: diagnoses },
    output: { result: one("encounter", admitted) },
  },
  "2402": { name: "出院办理", input: { dscginfo: one("discharge", discharge), diseinfo: diagnoses }, output: {} },
  "2403": {
    name: "住院信息变更",
    input: { adminfo: one("admission", admissionChanged), diseinfo: diagnoses },
    output: {},
  },
  "2404": { name: "入院撤销", input: asked(encounterNamed), output: {} },
  "2405": { name: "出院撤销", input: asked(encounterNamed), output: {} },
  "2501": {
    name: "转院备案",
    input: { refmedin: one("referral", referral) },
    output: { result: one("filing", filed) },
  },
  "2502": { name: "转院备案撤销", input: asked(referralWithdrawn), output: {} },
  "2601": { name: "冲正交易", input: asked(messageReversal), output: {} },
  "5201": {
    name: "就诊信息查询",
    input: asked(encountersAsked, "listed"),
    output: { mdtrtinfo: many("encounters", encounterFound, "ours") },
    note: "Of the answer only the five flags at its end are listed anywhere; the rest, and the node, are ours.",
  },
  "5202": {
    name: "诊断信息查询",
    input: asked(diagnosesAsked),
    output: { diseinfo: many("diagnoses", diagnosis, "ours") },
    note: "No comment describes the answer: the fields that were uploaded, in the node they were uploaded in.",
  },
  "5203": {
    name: "结算信息查询",
    input: asked(claimAsked),
    output: { setlinfo: one("settlement", claimFound, "listed"), setldetail: many("payments", paymentBack) },
    note: "The answer's names are listed without types, its amounts as those of 2304.",
  },
  "5204": {
    name: "费用明细查询",
    input: asked(linesAsked, "ours"),
    output: { result: many("lines", staySplit, "ours") },
    note: "No comment describes it: the question is ours, the answer is that of 2301.",
  },
  "5206": {
    name: "人员累计信息查询",
    input: asked(accumulationAsked),
    output: { cuminfo: many("accumulations", accumulation, "listed") },
    note: "The answer's names are listed without types; its node is ours. 累计值 counts stays too, so it is in hundredths, not money.",
  },
  "5304": {
    name: "转院信息查询",
    input: asked(referralsAsked),
    output: { refmedin: many("referrals", referralFound, "ours") },
    note: "No comment describes the answer: the fields that were filed by 2501, and their number.",
  },
} as const satisfies Record<string, Transaction>;

/** 医保码解码 · no transaction of the envelope: a call of its own, whose body holds `data` and whose answer a code, a message and `data`. */
export const codeQuery = {
  name: "医保码解码",
  input: asked(codeAsked, "listed"),
  output: { data: one("person", codeFound, "listed") },
  note: "The names are listed without types: lengths and marks are ours, and so is that the QR's text and, for a printed code, the number of the identity card are sent along. It is answered by POST /api/gateway/codes, outside the envelope.",
} as const satisfies Transaction;
/** What 解码 is called where transactions have a number. */
export const codeQueryNo = "ec.query";

export type TransactionNo = keyof typeof transactions;
export type Inputs = { [T in TransactionNo]: (typeof transactions)[T]["input"] };
export type Outputs = { [T in TransactionNo]: (typeof transactions)[T]["output"] };

/** What a transaction asks and answers, in our words. */
export type Input<T extends TransactionNo> = ReadParts<Inputs[T]>;
export type Output<T extends TransactionNo> = ReadParts<Outputs[T]>;

/** Is this a transaction that is served? */
export const isTransaction = (no: string): no is TransactionNo => Object.hasOwn(transactions, no);

/** 交易名称 · the Chinese name of every transaction that is served. */
export const transactionNames = Object.fromEntries(
  Object.entries(transactions).map(([no, { name }]) => [no, name]),
) as Readonly<Record<TransactionNo, string>>;

/**
 * 应答里的扩展字段 · what our answers say beyond the tables, under names that the interface knows from elsewhere: whether a deposit
 * may be asked for (2401), and whether a settlement was taken back (5203).
 */
export const extensions = { deposit: "exp_content", reversed: "refd_setl_flag" } as const;

/** 2205 and 2302: instead of a batch or a line, all that are not settled. */
export const everyLine = "0000";
