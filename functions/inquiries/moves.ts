import {
  type Acting,
  type InquiryEvent,
  inquiryStates,
  objection,
  objectionToAnswer,
  type Standing,
} from "../../shared/inquiry/inquiry.ts";
import { after } from "../../shared/machine.ts";
import { within } from "../../shared/org.ts";
import { Refusal } from "../../shared/refusal.ts";
import { recordAccess } from "../audit.ts";
import type { Officer } from "../callers/officers.ts";
import { now, today } from "../clock.ts";
import { byOfficer } from "../hand.ts";
import { decideAndWrite } from "../write.ts";
import { type Inquiry, inquiryOf, moved } from "./store.ts";

/** An officer as an inquiry remembers them. */

/** The sides that an officer works for. */
export const actingOf = ({ officerNo, unit }: Officer, { asking, asked }: Inquiry): Acting => ({
  officerNo,
  asks: within(asking.unit, unit),
  checks: asked.kind === "unit" && within(asked.unit, unit),
  on: today(),
});

/** What of an inquiry decides who may do what. */
export const standingOf = ({ state, asking, asked, owner, dueOn, questions, calls }: Inquiry): Standing => ({
  state,
  askedBy: asking.by.no,
  isOutside: asked.kind === "outside",
  owner: owner?.no ?? null,
  dueOn,
  questions: questions.length,
  calls: calls.map(({ outcome }) => outcome),
});

/** An inquiry of either side that an officer is about to look at or to touch; that they did is kept with the person. */
export async function inquiryFor(officer: Officer, inquiryNo: string, call: string): Promise<Inquiry> {
  const inquiry = await inquiryOf(inquiryNo);
  const { asks, checks } = actingOf(officer, inquiry);
  if (!asks && !checks) throw new Refusal("not-found");
  await recordAccess(officer, { personNo: inquiry.person.personNo }, { call, reason: `协查${inquiryNo}` });
  return inquiry;
}

/** What happens to an inquiry. */
interface Move {
  readonly event: InquiryEvent;
  /** Has this officer done this very thing already? Then it is answered and not done again. */
  readonly isDone: (inquiry: Inquiry) => boolean;
  /** What else it changes; may refuse, asked of the inquiry as it was read. */
  readonly change: (inquiry: Inquiry) => Partial<Inquiry>;
}

/** 变更 · moves an inquiry along its machine, decided on what is read with it. */
const move = (inquiryNo: string, officer: Officer, { event, isDone, change }: Move): Promise<Inquiry> =>
  decideAndWrite(async () => {
    const inquiry = await inquiryOf(inquiryNo);
    if (isDone(inquiry)) return { answer: inquiry, steps: [] };
    const refused = objection(event, standingOf(inquiry), actingOf(officer, inquiry));
    if (refused) throw refused;
    const state = after(inquiryStates, inquiry.state, event);
    if (state === null) throw new Error(`${event} of an inquiry that is ${inquiry.state} met no objection`);
    const next: Inquiry = {
      ...inquiry,
      ...change(inquiry),
      state,
      history: [...inquiry.history, { event, on: today(), at: now(), by: byOfficer(officer) }],
      version: inquiry.version + 1,
    };
    return { answer: next, steps: moved(inquiry, next) };
  });

const wasLast = (event: InquiryEvent, { officerNo }: Officer, { history }: Inquiry): boolean => {
  const last = history.at(-1);
  return last?.event === event && last.by.no === officerNo;
};

/** 接手 · one officer of the agency that is asked has it from now on. */
export const take = (inquiryNo: string, officer: Officer): Promise<Inquiry> =>
  move(inquiryNo, officer, {
    event: "take",
    isDone: ({ state, owner }) => state === "taken" && owner?.no === officer.officerNo,
    change: () => ({ owner: byOfficer(officer) }),
  });

/** 放回 · nobody has it any more; by its owner, and by anybody once its day has passed. */
export const handBack = (inquiryNo: string, officer: Officer): Promise<Inquiry> =>
  move(inquiryNo, officer, {
    event: "hand-back",
    isDone: (inquiry) => wasLast("hand-back", officer, inquiry),
    change: () => ({ owner: null }),
  });

type LoggedCall = Inquiry["calls"][number];

/** 记一次电话 · whom, when, and what was said; a call lies between the asking and today. */
export function logCall(inquiryNo: string, officer: Officer, said: Omit<LoggedCall, "by">): Promise<Inquiry> {
  const call: LoggedCall = { ...said, by: byOfficer(officer) };
  return move(inquiryNo, officer, {
    event: "call",
    isDone: ({ calls }) => calls.some((one) => isSame(one, call)),
    change: ({ calls, askedOn }) => {
      if (call.on < askedOn || call.on > today()) throw new Refusal("inquiry-call-day");
      return { calls: [...calls, call] };
    },
  });
}

function isSame(one: LoggedCall, other: LoggedCall): boolean {
  if (one.requestNo !== other.requestNo || one.by.no !== other.by.no) return false;
  const words = (call: LoggedCall) => JSON.stringify([call.on, call.whom, call.outcome, call.words]);
  if (words(one) !== words(other)) throw new Refusal("request-reused");
  return true;
}

type Said = Pick<NonNullable<Inquiry["answer"]>, "finding" | "answers" | "words">;

/** 答复 · what was found, in a word, question by question, and in a sentence. */
export function answer(inquiryNo: string, officer: Officer, said: Said): Promise<Inquiry> {
  const words = ({ finding, answers, words: sentence }: Said) => JSON.stringify([finding, answers, sentence]);
  return move(inquiryNo, officer, {
    event: "answer",
    isDone: (inquiry) =>
      wasLast("answer", officer, inquiry) && inquiry.answer !== null && words(inquiry.answer) === words(said),
    change: (inquiry) => {
      const refused = objectionToAnswer(said, standingOf(inquiry));
      if (refused) throw refused;
      return { answer: { ...said, on: today(), by: byOfficer(officer) } };
    },
  });
}

/** 撤回 · by the agency that asked, whoever has it. */
export const withdraw = (inquiryNo: string, officer: Officer, reason: string): Promise<Inquiry> =>
  move(inquiryNo, officer, {
    event: "withdraw",
    isDone: (inquiry) => wasLast("withdraw", officer, inquiry),
    change: () => ({ withdrawnFor: reason }),
  });
