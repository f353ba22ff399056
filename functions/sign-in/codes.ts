import { randomInt } from "node:crypto";
import * as z from "zod";
import { Refusal } from "../../shared/refusal.ts";
import { now } from "../clock.ts";
import { expired, key } from "../key.ts";
import { itemAt } from "../read.ts";
import { lookupHash } from "../sealing.ts";
import { sendCode } from "../sms.ts";
import { type Action, both, compared, exists, having, toPut, toRemove, toUpdate, write } from "../write.ts";

export const validMinutes = 5;
const mostTries = 5;

/** What a code is for, how long it is and for how many minutes it is good; sent by SMS, but for the one from a counter. */
const kinds = {
  "sign-in": { digits: 6, minutes: validMinutes },
  proof: { digits: 6, minutes: validMinutes },
  telephone: { digits: 6, minutes: validMinutes },
  counter: { digits: 8, minutes: 30 },
  family: { digits: 6, minutes: validMinutes },
  filing: { digits: 6, minutes: validMinutes },
} as const;

/** What a code is for; a code for one purpose is worth nothing for another. */
type CodePurpose = keyof typeof kinds;

const Code = z.object({ codeHash: z.string(), tries: z.int(), expiresAt: z.int() });

const hashOf = (purpose: CodePurpose, about: string, code: string) => lookupHash("code", `${purpose}:${about}:${code}`);

/** Where the code of a purpose lies; `about` is all that it is bound to: a telephone, a person, an account. */
export const codePlace = async (purpose: CodePurpose, about: string) =>
  key.code(purpose, await lookupHash("code", `${purpose}:${about}`));

/** A new code and the item that keeps its hash; written, it replaces the one before. */
export async function newCode(purpose: CodePurpose, about: string) {
  const { digits, minutes } = kinds[purpose];
  const code = String(randomInt(10 ** digits)).padStart(digits, "0");
  const expiresAt = Math.floor(now() / 1000) + minutes * 60;
  const item = Code.parse({ codeHash: await hashOf(purpose, about, code), tries: 0, expiresAt });
  return { code, minutes, Item: { ...(await codePlace(purpose, about)), ...item } };
}

/** 发送验证码 · six digits by SMS, good for five minutes and five tries; a new one replaces the old. */
export async function issueCode(
  purpose: Exclude<CodePurpose, "counter">,
  telephone: string,
  about = telephone,
): Promise<void> {
  const { code, minutes, Item } = await newCode(purpose, about);
  await write(toPut(Item));
  await sendCode(telephone, code, minutes);
}

/**
 * Looks at a code, or refuses; a try is counted before it is looked at, so that racing tries count too. What comes back
 * uses the code up and fails where another was faster: it belongs into the transaction that the code is good for.
 */
export async function checkedCode(purpose: CodePurpose, about: string, code: string): Promise<Action> {
  const place = await codePlace(purpose, about);
  const counted = await write(toUpdate(place, { add: { tries: 1 } }, both(exists, compared("tries", "<", mostTries))));
  if (!counted) throw usedUp(purpose);
  const kept = await itemAt(place, Code);
  if (!kept || expired(kept, now())) throw usedUp(purpose);
  const codeHash = await hashOf(purpose, about, code);
  if (kept.codeHash !== codeHash) {
    if (purpose === "counter") throw new Refusal("counter-code-wrong");
    throw new Refusal("code-wrong");
  }
  return toRemove(place, having({ codeHash }));
}

/** Why a code is no good any more: used, tried too often, too old, replaced, or never made; they are told alike. */
export const usedUp = (purpose: CodePurpose): Refusal =>
  new Refusal("code-used-up", purpose === "counter" ? { detail: "请窗口人员再给您一个" } : {});

/** Uses a code up, or refuses. */
export async function useCode(purpose: CodePurpose, about: string, code: string): Promise<void> {
  if (!(await write(await checkedCode(purpose, about, code)))) throw usedUp(purpose);
}
