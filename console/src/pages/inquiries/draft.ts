import { type Day, isDay } from "../../../../shared/day.ts";
import type { Doubt } from "../../../../shared/inquiry/inquiry.ts";
import { text, yuan } from "../../../../shared/money.ts";
import type { Body } from "../../api.ts";

/** 发起协查 · what is sent. */
type InquiryAsked = Body<"inquiries.ask">;

export const mostQuestions = 6;
/** 常问的 · questions that are asked again and again; written here as they are sent. */
export const usualQuestions = [
  "是不是本人住院？请核对病历里的身份信息。",
  "入院、出院日期对不对？",
  "总费用是多少，票据是不是医院开的？",
  "主要诊断和治疗是什么？",
  "在当地有没有已经报销过？",
] as const;

/** 协查草稿 · what the officer has written so far, as they wrote it. */
export interface Draft {
  /** "" where the person is found by name and number. */
  readonly personNo: string;
  readonly name: string;
  readonly identityNumber: string;
  readonly place: string | null;
  readonly providerName: string;
  readonly providerCode: string;
  readonly from: Day | null;
  readonly until: Day | null;
  readonly amount: string;
  readonly claimNo: string;
  readonly filingNo: string;
  readonly doubts: readonly Doubt[];
  readonly questions: readonly string[];
  readonly unit: string | null;
  readonly isOutside: boolean;
  readonly agencyName: string;
  readonly telephone: string;
}

/** A draft with what another page wrote into the address. */
export function draftOf(known: URLSearchParams, today: Day): Draft {
  const told = (name: string) => known.get(name) ?? "";
  const dayOf = (name: string) => {
    const written = told(name);
    return isDay(written) && written <= today ? written : null;
  };
  return {
    personNo: told("personNo"),
    name: "",
    identityNumber: "",
    place: known.get("place"),
    providerName: told("providerName"),
    providerCode: told("providerCode"),
    from: dayOf("from"),
    until: dayOf("until"),
    amount: told("amount"),
    claimNo: told("claimNo"),
    filingNo: told("filingNo"),
    doubts: [],
    questions: [""],
    unit: null,
    isOutside: false,
    agencyName: "",
    telephone: "",
  };
}

/** A typed amount as the API takes it ("1234.5" is "1234.50"), null where there is none, undefined where it is no amount. */
export function amountOf(typed: string): string | null | undefined {
  const written = typed.replace(/[¥,，\s]/g, "");
  if (written === "") return null;
  return /^(0|[1-9]\d{0,8})(\.\d{1,2})?$/.test(written) ? text(yuan(written)) : undefined;
}

type Agencies = readonly { code: string; name: string }[];

/** What is still missing or wrong, the first thing first; null where it can be sent. */
export function faultOf(draft: Draft, near: Agencies, today: Day): string | null {
  const { personNo, name, identityNumber, place, providerName, providerCode, from, until, questions } = draft;
  if (!personNo && (name.trim() === "" || identityNumber.trim() === "")) return "请填姓名和身份证号。";
  if (place === null) return "请选就医地。";
  if (providerName.trim().length < 2) return "请填医院名称。";
  if (from === null || until === null) return "请选入院和出院的日期。";
  if (until < from || until > today) return "出院日期不能早于入院，也不能在将来。";
  if (amountOf(draft.amount) === undefined) return "总费用不对，例如 23456.78。";
  if (!/^([HP]\d{11})?$/.test(providerCode)) return "机构编码是H或P加11位数字，不清楚就不填。";
  if (draft.doubts.length === 0) return "请选为什么查。";
  const asked = questions.map((one) => one.trim()).filter((one) => one !== "");
  if (asked.length === 0 || asked.some((one) => one.length < 4)) return "请写要问的问题，每个至少4个字。";
  if (!draft.isOutside && near.length > 0) return null;
  if (draft.agencyName.trim().length < 2) return "请填要问的机构名称。";
  return /^[0-9+() -]{5,20}$/.test(draft.telephone.trim()) ? null : "请填机构电话。";
}

/** The draft as the API takes it; only of one without a fault. */
export function bodyOf(draft: Draft, near: Agencies, requestNo: string): InquiryAsked {
  const { personNo, name, identityNumber, place, from, until, claimNo, filingNo, unit } = draft;
  if (from === null || until === null || place === null) throw new Error("a draft with a fault is not sent");
  const chosen = near.find(({ code }) => code === unit) ?? near[0];
  const isOutside = draft.isOutside || !chosen;
  return {
    requestNo,
    person: personNo ? { personNo } : { name: name.trim(), identityNumber: identityNumber.trim() },
    provider: { code: draft.providerCode, name: draft.providerName.trim(), place },
    from,
    until,
    amount: amountOf(draft.amount) ?? null,
    claimNo: claimNo || null,
    filingNo: filingNo || null,
    doubts: [...draft.doubts],
    questions: draft.questions.map((one) => one.trim()).filter((one) => one !== ""),
    asked: isOutside
      ? { kind: "outside", name: draft.agencyName.trim(), telephone: draft.telephone.trim() }
      : { kind: "unit", unit: chosen.code },
  };
}
