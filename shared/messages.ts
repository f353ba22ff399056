import { type Day, dayShown } from "./day.ts";
import { text, type Yuan } from "./money.ts";
import { maskName } from "./person.ts";

interface Period {
  readonly benefitYear: number;
  readonly from: Day;
  readonly until: Day;
}

/** 消息 · what a person is told of, as facts; the words are made of them when they are shown or sent. */
export type Fact =
  | {
      readonly about: "enrolled";
      readonly orderNo: string;
      readonly benefitYear: number;
      readonly amount: Yuan;
      readonly coverFrom: Day;
      readonly waitingMonths: number;
    }
  | {
      readonly about: "refunded";
      readonly refundNo: string;
      readonly benefitYear: number;
      readonly amount: Yuan;
      readonly cash: boolean;
    }
  | ({ readonly about: "cover-starts" } & Period)
  | ({ readonly about: "waiting-ends" } & Period)
  /** `stage` is the reminder that this is, of `reminderStages`. */
  | {
      readonly about: "window-closing";
      readonly benefitYear: number;
      readonly until: Day;
      readonly daysLeft: number;
      readonly due: Yuan;
      readonly stage: number;
    }
  | { readonly about: "consent-asked"; readonly tieNo: string; readonly asker: string }
  | { readonly about: "consent-answered"; readonly tieNo: string; readonly dependant: string; readonly agreed: boolean }
  | { readonly about: "telephone-changed"; readonly telephone: string; readonly changeNo?: string }
  /** Somebody can be this person who could not before; `no` keeps two of one day apart. */
  | { readonly about: "ways-changed"; readonly way: WayChange; readonly no: string }
  | {
      readonly about: "telephone-waits" | "telephone-stays";
      readonly telephone: string;
      readonly changeNo: string;
    }
  | { readonly about: "identified" }
  /** Neither where nor how much: an SMS is read by whoever holds the telephone. */
  | { readonly about: "claim-settled"; readonly claimNo: string }
  | { readonly about: "claim-reversed"; readonly claimNo: string }
  | { readonly about: "dispute-decided"; readonly disputeNo: string }
  /** Not where, for the same reason. */
  | { readonly about: "code-used"; readonly useNo: string }
  | { readonly about: "credential-changed"; readonly change: CredentialChange; readonly version: number }
  | { readonly about: "credential-case"; readonly caseNo: string; readonly decided: boolean }
  /** Not where, for the same reason. */
  | { readonly about: "filing"; readonly filingNo: string; readonly change: FilingChange; readonly version: number };
/** 谁能是这个人 · what changes who can act as a person, told to them on the way that stood before it. */
const wayChanges = {
  bound: "新绑定了一个账号",
  proven: "有账号经窗口或人脸核验为本人",
  "code-given": "由窗口发出一个核验码",
  closed: "绑定的账号已由窗口全部注销",
  held: "由窗口登记了同意家人代管",
} as const;
export type WayChange = keyof typeof wayChanges;
/** What a person is told of a filing of theirs. */
export const filingChanges = {
  "in-force": "已经生效",
  "awaiting-proof": "已经生效，还要补交证明材料",
  submitted: "已经提交，等待审核",
  returned: "有地方要补正，请改好再提交",
  refused: "没有通过",
  changed: "已经换成新的备案",
  ended: "已经结束",
  expired: "已经到期",
  "proof-accepted": "补交的证明已经通过",
  "proof-returned": "补交的证明要重新交",
  revoked: "已被撤销",
} as const;
export type FilingChange = keyof typeof filingChanges;
/** What a person is told of their 医保码, whoever did it. */
const credentialChanges = {
  opened: "已开通",
  "phone-added": "已加一部手机",
  "phone-removed": "已移除一部手机",
  suspended: "已挂失",
  restored: "已解除挂失",
  reissued: "已换发，旧的不能再用",
  closed: "已注销",
  "paper-printed": "已打印一张纸质码",
} as const;
type CredentialChange = keyof typeof credentialChanges;
export type About = Fact["about"];
type Of<A extends About> = Extract<Fact, { readonly about: A }>;

interface Words<A extends About> {
  readonly title: string;
  /** The text as it is on file with the carrier: {1}, {2} … are filled in. */
  readonly template: string;
  readonly fill: (fact: Of<A>, who: string) => readonly string[];
  /** The same in at most twenty characters, as WeChat takes it beside the title and the person. */
  readonly note: (fact: Of<A>) => string;
  /** What makes it another message than one of the same kind on the same day. */
  readonly subject: (fact: Of<A>) => string;
  /** Sent by WeChat and SMS too; otherwise it is only shown, because what made it sends its own message, or somebody asked. */
  readonly sent: boolean;
}

const ofYear = ({ benefitYear }: { readonly benefitYear: number }) => String(benefitYear);
const paidWords = (amount: Yuan) => (amount > 0 ? `缴费${text(amount)}元` : "已获资助，个人不用缴");
const dueWords = (due: Yuan) => (due > 0 ? `应缴${text(due)}元` : "个人不用缴钱");
const waitingWords = (months: number) => (months > 0 ? `（等待期${months}个月）` : "");
const leftWords = (days: number, until: Day) =>
  days > 0 ? `还有${days}天截止（${dayShown(until)}）` : "今天是最后一天";

/** 话术 · every message in one place: title, text, and whether it leaves the system. */
export const messageWords: { readonly [A in About]: Words<A> } = {
  enrolled: {
    title: "已经参保",
    template: "{1}已参加{2}年度居民医保，{3}，待遇从{4}开始。",
    fill: (fact, who) => [
      who,
      ofYear(fact),
      paidWords(fact.amount),
      dayShown(fact.coverFrom) + waitingWords(fact.waitingMonths),
    ],
    note: (fact) => `${ofYear(fact)}年度，${dayShown(fact.coverFrom)}起`,
    subject: ({ orderNo, benefitYear }) => `${orderNo}-${benefitYear}`,
    sent: true,
  },
  refunded: {
    title: "已经退费",
    template: "{1}{2}年度居民医保的参保已取消，{3}。",
    fill: (fact, who) => [who, ofYear(fact), backWords(fact)],
    note: (fact) => backWords(fact),
    subject: ({ refundNo }) => refundNo,
    sent: true,
  },
  "cover-starts": {
    title: "待遇开始",
    template: "{1}的{2}年度居民医保待遇已从{3}开始，到{4}。",
    fill: (fact, who) => [who, ofYear(fact), dayShown(fact.from), dayShown(fact.until)],
    note: (fact) => `${ofYear(fact)}年度，到${dayShown(fact.until)}`,
    subject: ofYear,
    sent: true,
  },
  "waiting-ends": {
    title: "等待期满",
    template: "{1}的等待期已满，{2}年度居民医保待遇已从{3}开始，到{4}。",
    fill: (fact, who) => [who, ofYear(fact), dayShown(fact.from), dayShown(fact.until)],
    note: (fact) => `${ofYear(fact)}年度，到${dayShown(fact.until)}`,
    subject: ofYear,
    sent: true,
  },
  "window-closing": {
    title: "还没有参保缴费",
    template: "{1}还没有参加{2}年度居民医保，{3}，{4}。",
    fill: (fact, who) => [who, ofYear(fact), dueWords(fact.due), leftWords(fact.daysLeft, fact.until)],
    note: (fact) => leftWords(fact.daysLeft, fact.until),
    subject: ({ benefitYear, stage }) => `${benefitYear}-${stage}`,
    sent: true,
  },
  "consent-asked": {
    title: "有人想把您加为家人",
    template: "{2}想把{1}加为医保亲情账户成员，请您答复；不认识的人请不要同意。",
    fill: ({ asker }, who) => [who, asker],
    note: ({ asker }) => `${asker}，请您答复`,
    subject: ({ tieNo }) => tieNo,
    sent: false,
  },
  "consent-answered": {
    title: "家人答复了",
    template: "{1}：{2}{3}您的医保亲情账户。",
    fill: ({ dependant, agreed }, who) => [who, dependant, agreed ? "已加入" : "没有加入"],
    note: ({ dependant, agreed }) => `${dependant}${agreed ? "已加入" : "没有加入"}`,
    subject: ({ tieNo }) => tieNo,
    sent: true,
  },
  "telephone-changed": {
    title: "手机号已更换",
    template: "{1}登记的手机号已换成{2}。不是本人办理的，请拨打12393。",
    fill: ({ telephone }, who) => [who, telephone],
    note: ({ telephone }) => `已换成${telephone}`,
    subject: ({ telephone, changeNo }) => changeNo ?? telephone,
    sent: false,
  },
  /** By SMS it goes to both numbers from where it is asked for: the one on record is told before it waits. */
  "telephone-waits": {
    title: "有人申请更换手机号",
    template: "{1}的手机号申请换成{2}，72小时后生效。不是本人，请在小程序停止或拨12393。",
    fill: ({ telephone }, who) => [who, telephone],
    note: ({ telephone }) => `将换成${telephone}`,
    subject: ({ changeNo }) => changeNo,
    sent: false,
  },
  "telephone-stays": {
    title: "换手机号已停止",
    template: "{1}的手机号申请换成{2}，已经停止，登记的手机号没有变。要换号请带身份证到窗口。",
    fill: ({ telephone }, who) => [who, telephone],
    note: ({ telephone }) => `没有换成${telephone}`,
    subject: ({ changeNo }) => changeNo,
    sent: true,
  },
  "ways-changed": {
    title: "您的账号有变化",
    template: "{1}的医保业务{2}。不是本人办理的，请马上到服务窗口，或拨打12393。",
    fill: ({ way }, who) => [who, wayChanges[way]],
    note: ({ way }) => wayChanges[way],
    subject: ({ way, no }) => `${way}-${no}`,
    sent: true,
  },
  identified: {
    title: "身份证号已补上",
    template: "{1}的身份证号已补上，参保和缴费记录没有变。",
    fill: (_, who) => [who],
    note: () => "参保和缴费记录没有变",
    subject: () => "",
    sent: false,
  },
  "claim-settled": {
    title: "有一笔医保结算",
    template: "{1}名下有一笔新的医保结算，尾号{2}。请在“我的费用”里核对，不是本人的请马上告诉我们。",
    fill: ({ claimNo }, who) => [who, claimNo.slice(-4)],
    note: ({ claimNo }) => `尾号${claimNo.slice(-4)}，请核对`,
    subject: ({ claimNo }) => claimNo,
    sent: true,
  },
  "claim-reversed": {
    title: "医保结算已撤销",
    template: "{1}名下尾号{2}的医保结算已经撤销，详情见“我的费用”。",
    fill: ({ claimNo }, who) => [who, claimNo.slice(-4)],
    note: ({ claimNo }) => `尾号${claimNo.slice(-4)}`,
    subject: ({ claimNo }) => claimNo,
    sent: true,
  },
  "dispute-decided": {
    title: "争议有结果了",
    template: "{1}名下尾号{2}的争议已经有结果，请在“我的争议”里查看。",
    fill: ({ disputeNo }, who) => [who, disputeNo.slice(-4)],
    note: ({ disputeNo }) => `尾号${disputeNo.slice(-4)}，请查看`,
    subject: ({ disputeNo }) => disputeNo,
    sent: true,
  },
  "code-used": {
    title: "医保码被读取",
    template: "{1}的医保码刚刚被读取一次，尾号{2}。请在“谁用过我的码”里核对，不是本人的请马上告诉我们。",
    fill: ({ useNo }, who) => [who, useNo.slice(-4)],
    note: ({ useNo }) => `尾号${useNo.slice(-4)}，请核对`,
    subject: ({ useNo }) => useNo,
    sent: false,
  },
  "credential-changed": {
    title: "医保码有变化",
    template: "{1}的医保码{2}。不是本人或家人办理的，请马上挂失，或拨打12393。",
    fill: ({ change }, who) => [who, credentialChanges[change]],
    note: ({ change }) => credentialChanges[change],
    subject: ({ change, version }) => `${change}-${version}`,
    sent: true,
  },
  "credential-case": {
    title: "用码疑点",
    template: "{1}的一次用码{2}，尾号{3}，请在“谁用过我的码”里查看。",
    fill: ({ caseNo, decided }, who) => [who, decided ? "核查有结果了" : "有疑点，正在核查", caseNo.slice(-4)],
    note: ({ caseNo, decided }) => `${decided ? "有结果了" : "正在核查"}，尾号${caseNo.slice(-4)}`,
    subject: ({ caseNo, decided }) => `${caseNo}-${decided}`,
    sent: true,
  },
  filing: {
    title: "异地就医备案有变化",
    template: "{1}的异地就医备案{2}，尾号{3}，见“我的备案”。不是本人办的请打12393。",
    fill: ({ filingNo, change }, who) => [who, filingChanges[change], filingNo.slice(-4)],
    note: ({ change }) => filingChanges[change],
    subject: ({ filingNo, version }) => `${filingNo}-${version}`,
    sent: true,
  },
};
export const aboutNames = Object.keys(messageWords) as [About, ...About[]];

const backWords = ({ amount, cash }: Of<"refunded">) => {
  if (amount === 0) return "没有要退的钱";
  return cash ? `${text(amount)}元请到服务窗口领取` : `${text(amount)}元按原路退回`;
};

const wordsOf = (fact: Fact) => messageWords[fact.about] as unknown as Words<About>;

/** How a message calls a person: the masked name, a long one shortened so that a short message stays one. */
export function calledBy(name: string): string {
  const characters = [...maskName(name)];
  return characters.length <= 6 ? characters.join("") : `${characters[0]}**${characters[characters.length - 1]}`;
}

/** What is filled into the template that the carrier has on file. */
export const filledIn = (fact: Fact, who: string): readonly string[] => wordsOf(fact).fill(fact as Of<About>, who);

/** A template with its places filled. */
export const filled = (template: string, places: readonly string[]): string =>
  template.replace(/\{(\d)\}/g, (_, place: string) => places[Number(place) - 1] ?? "");

/** 一条消息 · its title and its text, in plain Chinese. */
export function wording(fact: Fact, who: string): { readonly title: string; readonly text: string } {
  const { title, template } = wordsOf(fact);
  return { title, text: filled(template, filledIn(fact, who)) };
}

export const noteOf = (fact: Fact): string => wordsOf(fact).note(fact as Of<About>);
export const subjectOf = (fact: Fact): string => wordsOf(fact).subject(fact as Of<About>);
export const isSent = (fact: Fact): boolean => wordsOf(fact).sent;

/** 缴费提醒 · so many days before the window ends, once each; the days are ours, no document says them. */
export const reminderStages = [30, 10, 3, 1] as const;

/** The reminder that is due with so many days left: one that a day was missed for is caught up; null before and after. */
export function stageOf(daysLeft: number): number | null {
  if (daysLeft < 0) return null;
  return reminderStages.findLast((stage) => daysLeft <= stage) ?? null;
}

const hour = 3_600_000;
const shanghai = 8 * hour;
/** 免打扰 · from 22:00 to 08:00 in Asia/Shanghai, by the wall clock, nobody's telephone rings for a message of ours. */
const quiet = { from: 22, until: 8 } as const;

/** The earliest time, in milliseconds, at which something may be sent that is ready at a time. */
export function sendableAt(milliseconds: number): number {
  const local = milliseconds + shanghai;
  const midnight = local - (local % (24 * hour));
  const clock = (local - midnight) / hour;
  if (clock < quiet.until) return midnight + quiet.until * hour - shanghai;
  if (clock >= quiet.from) return midnight + (24 + quiet.until) * hour - shanghai;
  return milliseconds;
}
