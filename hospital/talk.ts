import type { Output, TransactionNo } from "../shared/gateway/wire.ts";
import type { Random } from "../shared/random.ts";
import * as asks from "./asks.ts";
import { type Asked, type Manner, newMessageNo, type Said, type Sender, send, written } from "./client.ts";

/** 统计 · what was sent, how long each took, what was refused, which time-outs were injected and how they were cured. */
export interface Tally {
  readonly times: Map<TransactionNo, number[]>;
  readonly refusals: Map<string, number>;
  messages: number;
  timeouts: number;
  undone: number;
}
export const freshTally = (): Tally => ({ times: new Map(), refusals: new Map(), messages: 0, timeouts: 0, undone: 0 });

/** A refusal that nobody provoked. */
class NotDone extends Error {
  readonly code: string;
  constructor(transaction: TransactionNo, code: string, sentence: string) {
    super(`${transaction} ${code} ${sentence}`);
    this.name = "NotDone";
    this.code = code;
  }
}

/** One hospital's side of one visit. */
export interface Talk {
  /** Asks something that changes nothing; asked again where no answer comes. */
  ask<T extends TransactionNo>(transaction: T, input: Asked<T>): Promise<Output<T>>;
  /** Says something that changes something, through every time-out, and done once. `undoable` names whose it is. */
  tell<T extends TransactionNo>(transaction: T, input: Asked<T>, how?: { undoable?: string }): Promise<Output<T>>;
  /** Says something that must be refused; why it was wrong where it was not, or with another code. */
  provoke<T extends TransactionNo>(
    transaction: T,
    input: Asked<T>,
    codes: readonly string[],
  ): Promise<string | undefined>;
}

const mostAttempts = 8;
const pause = (attempt: number) => new Promise((resolve) => setTimeout(resolve, Math.min(400, 15 * 2 ** attempt)));
/** Refusals that only say "not now": the same message is sent again. */
const later = ["try-again", "too-many-requests"];

/**
 * 收发 · sends one hospital's messages. With a chance of `timeouts` a message is lost on its way, or its answer is thrown
 * away: then the same message is sent again, or 2601 takes it back and it is sent anew, as the interface asks.
 */
export function talkOf(
  sender: Sender,
  tally: Tally,
  { dice, timeouts, insuredArea, signInNo }: { dice: Random; timeouts: number; insuredArea: string; signInNo: string },
): Talk {
  const counted = async <T extends TransactionNo>(
    by: Sender,
    transaction: T,
    input: Asked<T>,
    manner: Manner,
  ): Promise<Said<T>> => {
    const from = performance.now();
    const said = await send(by, transaction, input, manner);
    const times = tally.times.get(transaction) ?? [];
    times.push(performance.now() - from);
    tally.times.set(transaction, times);
    tally.messages += 1;
    if (said.kind === "refused") tally.refusals.set(said.code, (tally.refusals.get(said.code) ?? 0) + 1);
    return said;
  };

  const until = async <T extends TransactionNo>(
    transaction: T,
    input: Asked<T>,
    manner: Manner,
  ): Promise<Said<T> & { kind: "done" | "refused" }> => {
    for (let attempt = 1; ; attempt++) {
      const said = await counted(sender, transaction, input, manner);
      if (said.kind === "done") return said;
      if (said.kind === "refused" && !later.includes(said.code)) return said;
      if (attempt === mostAttempts) {
        throw new Error(said.kind === "unknown" ? `${transaction} ${said.why}` : `${transaction} ${said.code}`);
      }
      await pause(attempt);
    }
  };

  const messageOf = <T extends TransactionNo>(transaction: T, input: Asked<T>) => {
    const messageNo = newMessageNo(sender);
    return written(sender, transaction, input, { messageNo, insuredArea, signInNo });
  };

  const outputOf = <T extends TransactionNo>(transaction: T, said: Said<T>): Output<T> => {
    if (said.kind === "done") return said.output;
    throw new NotDone(
      transaction,
      said.kind === "refused" ? said.code : "",
      said.kind === "refused" ? said.sentence : "",
    );
  };

  const ask: Talk["ask"] = async (transaction, input) =>
    outputOf(transaction, await until(transaction, input, { insuredArea }));

  const tell: Talk["tell"] = async (transaction, input, { undoable } = {}) => {
    const message = messageOf(transaction, input);
    if (dice.chance(timeouts)) {
      tally.timeouts += 1;
      await counted(losing(sender, dice.chance(0.5)), transaction, input, message);
      if (undoable !== undefined && dice.chance(0.5)) {
        tally.undone += 1;
        const undo = asks.undo(undoable, message.messageNo, transaction);
        outputOf("2601", await until("2601", undo, messageOf("2601", undo)));
        return outputOf(transaction, await until(transaction, input, messageOf(transaction, input)));
      }
    }
    return outputOf(transaction, await until(transaction, input, message));
  };

  const provoke: Talk["provoke"] = async (transaction, input, codes) => {
    const said = await until(transaction, input, messageOf(transaction, input));
    if (said.kind === "refused" && codes.includes(said.code)) return undefined;
    return `${transaction}应以${codes.join("或")}拒绝，却是${said.kind === "done" ? "办成了" : said.code}`;
  };

  return { ask, tell, provoke };
}

/** The network as it is at its worst: the message never arrives, or it arrives and the answer does not. */
const losing = (sender: Sender, arrives: boolean): Sender => ({
  ...sender,
  post: async (body, headers) => {
    if (arrives) await sender.post(body, headers);
    throw new Error("no answer");
  },
});
