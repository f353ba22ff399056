import { day } from "../../shared/day.ts";
import { relationships, tieStates } from "../../shared/family/family.ts";
import type { Member } from "./api.ts";
import { today } from "./today.ts";
import { daysLeft, dayWords, type Tone } from "./words.ts";

const tones = {
  asked: "attention",
  review: "waiting",
  agreed: "done",
  refused: "plain",
  lapsed: "plain",
  ended: "plain",
} as const satisfies Record<Member["state"], Tone>;

/** 亲情账户成员的状态 · what it is called, and how that is coloured. */
export const tieWords = ({ state }: Member): { readonly tone: Tone; readonly name: string } => ({
  tone: tones[state],
  name: tieStates[state].name,
});

/** What the other side is to the one who looks. */
export const relationshipWords = ({ relationship }: Member): string => relationships[relationship].name;

/** A tie in one sentence: what is waited for, until when, or how it ended; `mine`: the one who looks is the guardian. */
export function tieSentence(tie: Member, mine: boolean): string {
  const { state, until, changedOn, minor, reason } = tie;
  const last = until ? dayWords(until) : "";
  switch (state) {
    case "asked":
      return `到${last}${leftOf(until)}还没有${mine ? "同意" : "答复"}，就作废。`;
    case "review":
      return "请带证明的原件到镇上的医保窗口，核对以后就绑定。";
    case "agreed":
      return until ? `到${last}为止，满16岁后由本人同意再绑定。` : "一直有效，双方都可以随时解除。";
    case "refused":
      return reason ? `${dayWords(changedOn)}窗口没有通过：${reason}` : `${dayWords(changedOn)}没有同意。`;
    case "lapsed":
      return minor ? "已满16岁，自动结束。" : "到期没有答复，自动作废。";
    case "ended":
      return `${dayWords(changedOn)}解除。`;
  }
}

function leftOf(until: string | null): string {
  const on = today.get()?.today;
  return until && on ? `（${daysLeft(day(on), until)}）` : "";
}

/** The query of a call, and of a page, about somebody's claims: a tie, or nothing where they are one's own. */
export const ofTie = (tie: string | null | undefined): { tie?: string } => (tie ? { tie } : {});
