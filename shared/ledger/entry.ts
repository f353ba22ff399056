import type { Day } from "../day.ts";
import { plus, type Yuan, zero } from "../money.ts";

/** 基金 · funds are kept apart; no entry moves money between them in one line (收支两条线, 严禁相互挤占挪用). */
export const funds = {
  "resident-basic": "城乡居民基本医疗保险基金",
  "critical-illness": "城乡居民大病保险资金",
  supplementary: "补充医疗保险资金",
  "medical-aid": "医疗救助基金",
} as const;
type Fund = keyof typeof funds;

type Kind = "asset" | "liability" | "income" | "expenditure";

/** 科目 · every account: its fund, its kind, its Chinese name. Income and expenditure are apart. */
export const accounts = {
  "resident-basic.channel-receivable": { fund: "resident-basic", kind: "asset", name: "应收缴费渠道款" },
  "resident-basic.counter-receivable": { fund: "resident-basic", kind: "asset", name: "应收窗口代收款" },
  "resident-basic.aid-receivable": { fund: "resident-basic", kind: "asset", name: "应收医疗救助资助款" },
  "resident-basic.finance-receivable": { fund: "resident-basic", kind: "asset", name: "应收财政资助款" },
  "resident-basic.suspense": { fund: "resident-basic", kind: "liability", name: "暂收款（待退）" },
  "resident-basic.refund-payable": { fund: "resident-basic", kind: "liability", name: "应退缴费款" },
  "resident-basic.contribution-income": { fund: "resident-basic", kind: "income", name: "个人缴费收入" },
  "resident-basic.subsidised-income": { fund: "resident-basic", kind: "income", name: "资助参保收入" },
  "resident-basic.provider-payable": { fund: "resident-basic", kind: "liability", name: "应付定点机构款" },
  "resident-basic.benefit-expenditure": { fund: "resident-basic", kind: "expenditure", name: "基本医保待遇支出" },
  "critical-illness.provider-payable": { fund: "critical-illness", kind: "liability", name: "应付定点机构款" },
  "critical-illness.benefit-expenditure": { fund: "critical-illness", kind: "expenditure", name: "大病保险待遇支出" },
  "supplementary.provider-payable": { fund: "supplementary", kind: "liability", name: "应付定点机构款" },
  "supplementary.benefit-expenditure": { fund: "supplementary", kind: "expenditure", name: "补充保险待遇支出" },
  "medical-aid.provider-payable": { fund: "medical-aid", kind: "liability", name: "应付定点机构款" },
  "medical-aid.aid-expenditure": { fund: "medical-aid", kind: "expenditure", name: "医疗救助支出" },
  "medical-aid.subsidy-payable": { fund: "medical-aid", kind: "liability", name: "应付资助参保款" },
  "medical-aid.enrolment-expenditure": { fund: "medical-aid", kind: "expenditure", name: "资助参保支出" },
} as const satisfies Record<string, { fund: Fund; kind: Kind; name: string }>;
export type Account = keyof typeof accounts;

export interface Line {
  readonly account: Account;
  readonly debit: Yuan;
  readonly credit: Yuan;
}

/** 分录 · an immutable balanced entry of one business event on one business day. A mistake is reversed by another entry. */
export interface Entry {
  /** 统筹区: whose funds these are; no entry touches two areas. */
  readonly poolingArea: string;
  /** Made from the event, so that one event can be posted only once. */
  readonly entryNo: string;
  readonly on: Day;
  readonly event: string;
  readonly reference: string;
  readonly lines: readonly Line[];
}

export const debit = (account: Account, amount: Yuan): Line => ({ account, debit: amount, credit: zero });
export const credit = (account: Account, amount: Yuan): Line => ({ account, debit: zero, credit: amount });

/** An entry of the lines that are not zero; throws where it does not balance within every fund, or has a negative line. */
export function entry(fields: Omit<Entry, "lines">, lines: readonly Line[]): Entry {
  const kept = lines.filter((line) => line.debit !== 0 || line.credit !== 0);
  const wrong = faultOf(kept);
  if (wrong) throw new Error(`entry ${fields.entryNo}: ${wrong}`);
  return { ...fields, lines: kept };
}

/** Why lines are no entry, or null. */
export function faultOf(lines: readonly Line[]): string | null {
  if (lines.length === 0) return "no lines";
  for (const { account, debit: d, credit: c } of lines) {
    if (!Number.isSafeInteger(d) || !Number.isSafeInteger(c) || d < 0 || c < 0)
      return `${account} is not a whole positive amount`;
  }
  for (const fund of Object.keys(funds) as Fund[]) {
    const own = lines.filter((line) => accounts[line.account].fund === fund);
    if (plus(...own.map((line) => line.debit)) !== plus(...own.map((line) => line.credit)))
      return `${fund} does not balance`;
  }
  return null;
}

interface Balance {
  readonly account: Account;
  readonly debit: Yuan;
  readonly credit: Yuan;
}

/** 试算平衡 · the turnover of every account over some entries, from nothing but the entries; in the order of the chart. */
export function trialBalance(entries: Iterable<Pick<Entry, "lines">>): Balance[] {
  const sums = new Map<Account, { debit: number; credit: number }>();
  for (const { lines } of entries) {
    for (const line of lines) {
      const sum = sums.get(line.account) ?? { debit: 0, credit: 0 };
      sums.set(line.account, { debit: sum.debit + line.debit, credit: sum.credit + line.credit });
    }
  }
  return (Object.keys(accounts) as Account[]).flatMap((account) => {
    const sum = sums.get(account);
    return sum ? [{ account, debit: sum.debit as Yuan, credit: sum.credit as Yuan }] : [];
  });
}
