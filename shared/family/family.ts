import { addDays, addMonths, ageOn, type Day } from "../day.ts";
import { after, allowing, type Machine } from "../machine.ts";
import { Refusal } from "../refusal.ts";

/** 亲情账户 · the states of a tie between a guardian and a dependant. What lies in a live state counts among the five. */
export const tieStates: Machine<TieState, TieEvent> = {
  asked: { name: "等本人同意", on: { agree: "agreed", refuse: "refused", lapse: "lapsed", end: "ended" } },
  review: { name: "等窗口核对", on: { agree: "agreed", refuse: "refused", lapse: "lapsed", end: "ended" } },
  agreed: { name: "已绑定", on: { lapse: "lapsed", end: "ended" } },
  refused: { name: "没有同意", on: {} },
  lapsed: { name: "已过期", on: {} },
  ended: { name: "已解除", on: {} },
};

export type TieState = "asked" | "review" | "agreed" | "refused" | "lapsed" | "ended";
export type TieEvent = "agree" | "refuse" | "lapse" | "end";

/** Is a tie in this state one of the guardian's five? */
export const isLive = (state: TieState): boolean => allowing(tieStates, "end").includes(state);
/** Does somebody still have to say yes or no? */
export const isOpen = (state: TieState): boolean => allowing(tieStates, "agree").includes(state);

/** 亲情账户最多5人: published by 武汉市 and by hospitals (secondary sources). */
export const mostDependants = 5;
/** From this age on a person consents for themselves; a younger one is held on a guardian's word (same sources). */
const ownConsentAge = 16;
/** How long a request waits for the dependant's consent, in days: no document says, so that nobody is asked for ever. */
const askedDays = 7;
/** A newborn is registered by birth certificate up to the first birthday; later the police have a number. Our reading. */
const newbornMonths = 12;
/** A child who has no identity number yet has at most two parents. */
export const mostParents = 2;
/** A tie that is over is still shown for so many days, so that both sides see what became of it. */
export const shownDays = 30;

interface Kind {
  readonly name: string;
  /** What the guardian is to the dependant. */
  readonly inverse: Relationship;
  /** What proves it for somebody under 16; none: it cannot be. */
  readonly proofs: readonly ProofKind[];
}

const inFamily = ["household", "household-book"] as const;

/** 关系 · what the dependant is to the guardian. Somebody under 16 is nobody's parent, spouse or grandparent. */
export const relationships: Readonly<Record<Relationship, Kind>> = {
  parent: { name: "父母", inverse: "child", proofs: [] },
  child: { name: "子女", inverse: "parent", proofs: ["household", "birth-certificate", "household-book"] },
  spouse: { name: "配偶", inverse: "spouse", proofs: [] },
  grandparent: { name: "祖父母、外祖父母", inverse: "grandchild", proofs: [] },
  grandchild: { name: "孙子女、外孙子女", inverse: "grandparent", proofs: inFamily },
  sibling: { name: "兄弟姐妹", inverse: "sibling", proofs: inFamily },
  other: { name: "其他监护关系", inverse: "other", proofs: inFamily },
};
export type Relationship = "parent" | "child" | "spouse" | "grandparent" | "grandchild" | "sibling" | "other";

/** 关系证明 · the register's own household, a birth certificate, or a household book that an officer looks at. */
export const proofNames = {
  household: "登记信息里同一户",
  "birth-certificate": "出生医学证明",
  "household-book": "户口簿",
} as const;
export type ProofKind = keyof typeof proofNames;

/** 出生医学证明编号 · a letter and nine digits, as printed since the second edition; spaces and lower case are forgiven. */
export function readBirthCertificate(typed: string): string | null {
  const number = typed.replace(/\s/g, "").toUpperCase();
  return /^[A-Z]\d{9}$/.test(number) ? number : null;
}

/** The first day on which a person consents for themselves. */
function comesOfAgeOn(bornOn: Day): Day {
  const birthday = addMonths(bornOn, ownConsentAge * 12);
  return ageOn(bornOn, birthday) < ownConsentAge ? addDays(birthday, 1) : birthday;
}

/** 未满16岁 on a day. */
export const isMinor = (bornOn: Day, on: Day): boolean => on < comesOfAgeOn(bornOn);

interface Side {
  readonly personNo: string;
  readonly bornOn: Day;
  readonly diedOn: Day | null;
}

/** Throws where a person cannot be held by another, whatever anybody consents to; the count of five is the table's. */
export function mayHold(guardian: Side, dependant: Side, relationship: Relationship, on: Day): void {
  if (guardian.personNo === dependant.personNo) throw new Refusal("family-self");
  if (guardian.diedOn || dependant.diedOn) throw new Refusal("deceased");
  // Who cannot consent for themselves does not consent for another.
  if (isMinor(guardian.bornOn, on)) throw new Refusal("guardian-too-young");
  const { proofs } = relationships[relationship];
  if (isMinor(dependant.bornOn, on) && proofs.length === 0) throw new Refusal("family-relationship");
}

/** What the guardian brought, and what our own records say to it. */
interface Evidence {
  readonly proof: ProofKind | null;
  readonly commitment: boolean;
  readonly sameHousehold: boolean;
  /** Does the certificate's number stand in our records as this very child's? */
  readonly certified: boolean;
}

/**
 * 开始 · the state in which a tie begins, and the last day of that state. 16 and over: the person's own consent.
 * Under 16: a commitment and a proof; what our records prove holds at once, paper is looked at by an officer.
 */
export function openingOf(
  dependant: Side,
  relationship: Relationship,
  { proof, commitment, sameHousehold, certified }: Evidence,
  on: Day,
): { readonly state: TieState; readonly until: Day } {
  if (!isMinor(dependant.bornOn, on)) return { state: "asked", until: addDays(on, askedDays) };
  if (proof === null || !relationships[relationship].proofs.includes(proof))
    throw new Refusal("relationship-proof-needed");
  if (!commitment) throw new Refusal("commitment-needed");
  if (proof === "household" && !sameHousehold) throw new Refusal("household-differs");
  const proven = proof === "household" || (proof === "birth-certificate" && certified);
  return { state: proven ? "agreed" : "review", until: addDays(comesOfAgeOn(dependant.bornOn), -1) };
}

/** The state of a tie on a day: past its last day it has lapsed, whether or not anybody wrote that down. */
export function stateOn(tie: { readonly state: TieState; readonly until: Day | null }, on: Day): TieState {
  if (tie.until === null || on <= tie.until) return tie.state;
  return after(tieStates, tie.state, "lapse") ?? tie.state;
}

/** The last day of an agreed tie: the day before a minor comes of age; for others there is none. */
export const agreedUntil = (bornOn: Day, on: Day): Day | null =>
  isMinor(bornOn, on) ? addDays(comesOfAgeOn(bornOn), -1) : null;

/** 新生儿 · throws where a child cannot (or no longer) be registered by birth certificate. */
export function mayRegisterNewborn(bornOn: Day, on: Day): void {
  if (bornOn > on) throw new Refusal("malformed", { detail: "出生日期晚于今天" });
  if (on > addMonths(bornOn, newbornMonths)) throw new Refusal("newborn-too-old");
}
