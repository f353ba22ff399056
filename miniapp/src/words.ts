import { orderStates } from "../../shared/contribution/order.ts";
import { type Day, day, dayInShanghai, dayShown, daysBetween } from "../../shared/day.ts";
import { shown, yuan } from "../../shared/money.ts";
import type { Me, Order } from "./api.ts";
import { bringsCover, type Outcome } from "./outcome.ts";

/** 医保服务热线. */
export const hotline = "12393";

/** ¥1,840.00 of an amount as the API spells it. */
export const money = (amount: string): string => shown(yuan(amount));

/** "8000.00" of whole yuan as they are typed; null where that is no amount. */
export const amountText = (typed: string): string | null => (/^[1-9]\d{0,6}$/.test(typed) ? `${typed}.00` : null);

/** 2026年1月1日 of a day as the API spells it. */
export const dayWords = (on: string): string => dayShown(day(on));

/** 2025-11-02 of 20251102 as it is typed; what is not yet, or not, a day stays as it is. */
export const dashed = (digits: string): string =>
  digits.replace(/\D/g, "").replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3");

/** "今天是最后一天" or "还剩41天". */
export function daysLeft(today: Day, until: string): string {
  const days = daysBetween(today, day(until));
  return days === 0 ? "今天是最后一天" : `还剩${days}天`;
}

export type Tone = "done" | "waiting" | "attention" | "stop" | "plain";
type Cover = NonNullable<Me["person"]>["cover"][number];

interface Standing {
  readonly tone: Tone;
  readonly short: string;
  readonly long: string;
}

/** 参保状态 · a benefit year in a few words; `outcome` is what came of asking what is owed where nothing is paid yet. */
export function coverWords(cover: Cover, outcome?: Outcome): Standing {
  switch (cover.state) {
    case "covered":
      return { tone: "done", short: "参保中", long: `到${dayWords(cover.until)}` };
    case "waiting":
      return { tone: "waiting", short: "已缴费，等待中", long: `等到${dayWords(cover.from)}起能报销` };
    case "starts-later":
      return { tone: "done", short: "已参保", long: `${dayWords(cover.from)}起能报销` };
    case "over":
      return { tone: "plain", short: "已经结束", long: "" };
    case "employee":
      return { tone: "done", short: "参加职工医保", long: "不用再参加居民医保" };
    case "not-enrolled":
      return notEnrolledWords(outcome);
  }
}

const tooLate: Standing = { tone: "plain", short: "没有参保", long: "现在缴也来不及享受了" };

function notEnrolledWords(outcome: Outcome | undefined): Standing {
  if (outcome?.refused) return { tone: "plain", short: "还没参保", long: outcome.refused.message };
  if (outcome?.owed && !bringsCover(outcome.owed)) return tooLate;
  return { tone: "attention", short: "还没参保", long: "" };
}

const orderTones = {
  "awaiting-payment": "attention",
  confirming: "waiting",
  booked: "done",
  "partly-booked": "attention",
  suspended: "attention",
  returned: "plain",
  refunded: "plain",
  closed: "plain",
} as const satisfies Record<Order["state"], Tone>;

/** 缴费单状态 · what an order is called, and how that is coloured. */
export const orderWords = (order: Order): { readonly tone: Tone; readonly name: string } =>
  expired(order)
    ? { tone: "plain", name: "已过期" }
    : { tone: orderTones[order.state], name: orderStates[order.state].name };

/** Can an order no longer be paid because its time is up? Its state says so only when somebody closes it. */
export const expired = (order: Order): boolean => order.state === "awaiting-payment" && order.expiresAt <= Date.now();

/** 给自己、给张*芳: whose contribution a line is. */
export const lineWhose = ({ self, name }: Order["lines"][number]): string => (self ? `${name}（自己）` : name);

/** What is wrong with a typed identity number, in the words of the API's own refusal. */
export const identityNumberWords = {
  length: "身份证号应为18位，请对照身份证再数一数。",
  birthday: "这个号码里的出生日期不存在，请对照身份证再输一次。",
  "check-digit": "身份证号好像不对，最后一位校验码不符，请对照身份证再输一次。",
} as const;

/** 2026年1月1日 09:05 of a moment (milliseconds), in Asia/Shanghai. */
export function momentWords(at: number): string {
  const clock = new Date(at + 8 * 3_600_000).toISOString().slice(11, 16);
  return `${dayShown(dayInShanghai(at))} ${clock}`;
}
