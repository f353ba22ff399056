import { addDays, type Day } from "../day.ts";
import { after } from "../machine.ts";
import type { CareType, Level } from "../policy/table.ts";
import { type AgreementEvent, type AgreementState, agreementStates } from "./agreement.ts";

/** 机构类别 · the letter that a code begins with says it. */
export const providerKinds = { hospital: "医疗机构", pharmacy: "零售药店" } as const;
export type ProviderKind = keyof typeof providerKinds;

/** 所有制 · public and private institutions are designated by the same rules (同等的定点管理政策). */
export const ownerships = { public: "公立", private: "非公立" } as const;
export type Ownership = keyof typeof ownerships;

/** 医院等级 · the real level by its national code: what it is called, and which level of care that is; null where it says nothing. */
export const hospitalLevels = {
  "01": { name: "三级特等", level: "tertiary" },
  "02": { name: "三级甲等", level: "tertiary" },
  "03": { name: "三级乙等", level: "tertiary" },
  "04": { name: "三级丙等", level: "tertiary" },
  "05": { name: "二级甲等", level: "secondary" },
  "06": { name: "二级乙等", level: "secondary" },
  "07": { name: "二级丙等", level: "secondary" },
  "08": { name: "一级甲等", level: "primary" },
  "09": { name: "一级乙等", level: "primary" },
  "10": { name: "一级丙等", level: "primary" },
  "11": { name: "无等级", level: null },
} as const satisfies Record<string, { name: string; level: Level | null }>;
export type HospitalLevel = keyof typeof hospitalLevels;
export const hospitalLevelNames = Object.keys(hospitalLevels).sort() as [HospitalLevel, ...HospitalLevel[]];

/** 待遇等级 · as the price caps and the deductibles tell levels apart. */
export const levelNames: Readonly<Record<Level, string>> = {
  village: "村卫生室",
  township: "乡镇卫生院",
  community: "社区卫生服务机构",
  primary: "一级",
  secondary: "二级",
  tertiary: "三级",
};

/** 开通的服务 · what a provider may settle; `pharmacy` is drugs over the counter of a pharmacy. */
export const services = {
  outpatient: "普通门诊",
  "chronic-outpatient": "门诊慢特病",
  inpatient: "住院",
  "special-drug": "特殊药品",
  pharmacy: "药店购药",
} as const satisfies Partial<Record<CareType | "pharmacy", string>>;
export type Service = keyof typeof services;
export const serviceNames = Object.keys(services) as [Service, ...Service[]];

/** 三个等级 · the real one, the one by which prices are capped, and the one whose deductible a stay bears. */
export interface Levels {
  readonly real: HospitalLevel;
  readonly price: Level;
  readonly deductible: Level;
}

/** 一版等级和服务 · good from a day on, until a later version says otherwise. */
export interface Terms extends Levels {
  readonly from: Day;
  readonly services: readonly Service[];
}

/** 协议 · its state now, its period, and from which day on it was in which state; `until` is the period's last day. */
export interface Agreement {
  readonly state: AgreementState;
  readonly from: Day | null;
  readonly until: Day | null;
  /** In the order in which it was decided; the last decision whose day has come counts. */
  readonly history: readonly { readonly on: Day; readonly state: AgreementState; readonly until: Day | null }[];
}

/** 定点医药机构 · who gives care and settles it. */
export interface Provider {
  readonly code: string;
  readonly name: string;
  readonly kind: ProviderKind;
  /** The six digits of 区划 in the code. */
  readonly county: string;
  readonly poolingArea: string;
  readonly ownership: Ownership;
  /** 参加公立医院改革. */
  readonly reformed: boolean;
  readonly address: string;
  readonly telephone: string;
  /** In the order in which they were decided; the last one whose day has come counts. */
  readonly terms: readonly Terms[];
  readonly agreement: Agreement;
}

const grammar = /^([HP])(\d{6})\d{5}$/;

/** Reads a provider's code: H (hospital, clinic) or P (pharmacy), six digits of 区划, five more; null where it is none. */
export function readProviderCode(code: string): { kind: ProviderKind; county: string } | null {
  const [, letter, county] = grammar.exec(code) ?? [];
  return letter && county ? { kind: letter === "H" ? "hospital" : "pharmacy", county } : null;
}

/** What counted on a day of the levels and services, or null before the first of them. */
export const termsOn = ({ terms }: Pick<Provider, "terms">, on: Day): Terms | null =>
  terms.findLast((one) => one.from <= on) ?? null;

/** 某日的三个等级, or null before the provider was on the register. */
export const levelsOn = (provider: Pick<Provider, "terms">, on: Day): Levels | null => termsOn(provider, on);

/** Had a provider opened a service on a day? */
export const offersOn = (provider: Pick<Provider, "terms">, service: Service, on: Day): boolean =>
  termsOn(provider, on)?.services.includes(service) ?? false;

const running: readonly AgreementState[] = ["in-force", "suspended"];

/** 某日的协议状态 · a period that ran out is `expired` though nobody wrote it; null before the first application. */
export function agreementOn({ agreement }: Pick<Provider, "agreement">, on: Day): AgreementState | null {
  const last = agreement.history.findLast((one) => one.on <= on);
  if (!last) return null;
  return running.includes(last.state) && last.until !== null && on > last.until ? "expired" : last.state;
}

/** May a provider settle what began on a day? */
export const inForceOn = (provider: Pick<Provider, "agreement">, on: Day): boolean =>
  agreementOn(provider, on) === "in-force";

/** 现在的状态 · what can happen next follows from it: what was decided last, or `expired` after the period's last day. */
export const stateNow = ({ state, until }: Agreement, today: Day): AgreementState =>
  running.includes(state) && until !== null && today > until ? "expired" : state;

/** The agreement after an event, which counts from a day on; null where its state does not allow it. */
export function agreementAfter(
  agreement: Agreement,
  event: AgreementEvent,
  { today, period }: { today: Day; period?: { from: Day; until: Day } },
): Agreement | null {
  const before = stateNow(agreement, today);
  const state = after(agreementStates, before, event);
  if (!state) return null;
  const { from, until } = period ?? agreement;
  // What ran out is written down before anything else happens, or the gap would look covered.
  const ranOut =
    before === "expired" && agreement.state !== "expired" && agreement.until !== null
      ? [{ on: addDays(agreement.until, 1), state: before, until: agreement.until }]
      : [];
  const on = state === "in-force" && from !== null && from > today ? from : today;
  return { state, from, until, history: [...agreement.history, ...ranOut, { on, state, until }] };
}

/** What cannot be true of a provider, as a sentence; null where nothing is wrong. */
export function faultOfFacts(facts: {
  readonly kind: ProviderKind;
  readonly ownership: Ownership;
  readonly reformed: boolean;
  readonly levels: Levels;
  readonly services: readonly Service[];
}): string | null {
  const { kind, ownership, reformed, levels, services: opened } = facts;
  if (opened.length === 0) return "至少开通一项服务";
  if (new Set(opened).size < opened.length) return "开通的服务有重复";
  if (reformed && ownership !== "public") return "只有公立医院能参加公立医院改革";
  if (kind === "hospital") return opened.includes("pharmacy") ? "医疗机构不能开通药店购药" : null;
  if (levels.real !== "11") return "零售药店没有医院等级，应填无等级";
  if (reformed) return "零售药店不参加公立医院改革";
  const care = opened.find((one) => one === "outpatient" || one === "inpatient");
  return care ? `零售药店不能开通${services[care]}` : null;
}

/** 评估权限 · which unit evaluates, and on what that rests. */
interface Evaluation {
  readonly unit: string;
  readonly standing: "stated" | "assumed";
  readonly why: string;
}

const delegated = "“二级医疗机构考察、评估复审工作下放到县级经办实施”";

/** 由哪级评估 · the county's agency up to level 2, the pooling area's for level 3 (黔西南; elsewhere our reading, and assumed). */
export function evaluationOf(
  { county, poolingArea }: Pick<Provider, "county" | "poolingArea">,
  { real }: Levels,
): Evaluation {
  const unit = hospitalLevels[real].level === "tertiary" ? poolingArea : county;
  return poolingArea === "522300"
    ? { unit, standing: "stated", why: `黔西南州医疗经办管理服务体系文本：${delegated}` }
    : {
        unit,
        standing: "assumed",
        why: `本地文件没有写由哪级评估，暂按黔西南州的做法：${delegated}，三级由统筹区评估`,
      };
}

/** 导入模板的表头 · the columns of a takeover, in this order. */
export const importHeading = [
  "机构编码",
  "机构名称",
  "所有制",
  "参加公立医院改革",
  "医院等级",
  "限价等级",
  "起付线等级",
  "开通服务",
  "地址",
  "电话",
  "协议开始",
  "协议结束",
] as const;
