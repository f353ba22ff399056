import { Refusal } from "../../shared/refusal.ts";
import { now, today } from "../clock.ts";
import { config } from "../config.ts";
import { key } from "../key.ts";
import { momentOf } from "../numbers.ts";
import { isNew, toPut, write } from "../write.ts";

/** Who tries to sign in and from where, as keyed hashes. */
interface Attempt {
  readonly way: "telephone" | "wechat";
  readonly who: string;
  readonly from: string;
}

/** 登录留痕 · does what a sign-in stands on, and keeps who tried from where and how it ended; what cannot be kept is not done. */
export async function keptSignIn<T>(attempt: Attempt, run: () => Promise<T>): Promise<T> {
  try {
    const done = await run();
    await keep(attempt, "ok");
    return done;
  } catch (error) {
    if (error instanceof Refusal) await keep(attempt, error.code);
    throw error;
  }
}

async function keep(attempt: Attempt, outcome: string): Promise<void> {
  const on = today();
  const at = momentOf(now());
  await write(toPut({ ...key.signIn(on, attempt.who, at), on, ...attempt, outcome }, isNew, config.auditTable()));
}
