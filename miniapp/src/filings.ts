import { type FilingEvent, type FilingState, isInForce } from "../../shared/filing/filing.ts";
import type { Filing } from "./api.ts";
import { evidence, filing, filingRequest, signature } from "./drafts.ts";
import { go } from "./route.ts";
import { dayWords, type Tone } from "./words.ts";

export const filingTones = {
  draft: "plain",
  submitted: "waiting",
  returned: "attention",
  "awaiting-proof": "done",
  "in-force": "done",
  refused: "stop",
  changed: "plain",
  ended: "plain",
  expired: "plain",
} as const satisfies Record<FilingState, Tone>;

export const eventWords = {
  "take-effect": "提交，马上生效",
  "take-effect-on-commitment": "签承诺书提交，马上生效",
  submit: "提交，等审核",
  approve: "审核通过，生效",
  return: "退回，请补正",
  refuse: "没有通过",
  withdraw: "撤回",
  supply: "交了证明",
  "return-proof": "证明要重交",
  "accept-proof": "证明核对通过",
  change: "换成了新的备案",
  end: "结束",
  revoke: "被取消",
  expire: "到期",
} as const satisfies Record<FilingEvent, string>;

type Hand = Filing["history"][number]["by"];
export const handWords = {
  self: "本人",
  guardian: "家人",
  agent: "代办人",
  officer: "经办机构",
  provider: "医院",
  rule: "按规定自动",
} as const satisfies Record<Hand, string>;

/** 2025年11月20日起，一直有效 · over which days a filing is good. */
export const periodWords = ({ from, until }: Pick<Filing, "from" | "until">): string =>
  until === null ? `${dayWords(from)}起，一直有效` : `${dayWords(from)}到${dayWords(until)}`;

/** 办备案 · begins one for oneself or a dependant; what was typed and never sent to the server waits where it was. */
export function startFiling(tie: string | null = null): void {
  const { filingNo, replaces, tie: before } = filing.get();
  if (filingNo !== null || replaces !== null || before !== tie) forgetFiling();
  filing.change({ tie });
  go("filing/start");
}

/** 接着填、去补正 · takes up a filing that the server keeps, where it was left. */
export function continueFiling(one: Filing): void {
  const { tieNo, kind, destination, from, filingNo, version, replaces, attachments } = one;
  const handedIn = attachments.map(({ attachmentNo }) => ({ attachmentNo, name: "上次交的" }));
  if (evidence.get().of !== filingNo && handedIn.length > 0)
    evidence.change({ of: filingNo, way: "papers", papers: handedIn });
  filing.change({
    tie: tieNo,
    kind,
    destination: destination.code,
    begins: "later",
    from,
    filingNo,
    version,
    replaces,
  });
  go("filing/check", ofFiling(one));
}

/** 变更 · begins a filing that is to take the place of a long-term one. */
export function changeFiling({ tieNo, kind, filingNo }: Filing): void {
  forgetFiling();
  filing.change({ tie: tieNo, kind, replaces: filingNo });
  go("filing/start");
}

/** Forgets what was answered about a filing that is done. */
export function forgetFiling(): void {
  for (const kept of [filing, filingRequest, evidence, signature]) kept.clear();
}

/** What a page about one filing is opened with. */
export const ofFiling = ({ filingNo, tieNo }: Pick<Filing, "filingNo" | "tieNo">): Record<string, string> => ({
  filingNo,
  ...(tieNo !== null && { tie: tieNo }),
});

/** Does it wait for the person himself? */
export const isUnsent = ({ state }: Filing): boolean => state === "draft" || state === "returned";
export const isGood = ({ state }: Filing): boolean => isInForce(state);
