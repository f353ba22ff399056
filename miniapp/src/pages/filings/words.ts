import { type FilingEvent, type FilingState, isInForce } from "../../../../shared/filing/filing.ts";
import type { Filing } from "../../api.ts";
import { dayWords, type Tone } from "../../words.ts";

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

/** Does it wait for the person? */
export const isUnsent = ({ state }: Filing): boolean => state === "draft" || state === "returned";
export const isGood = ({ state }: Filing): boolean => isInForce(state);
