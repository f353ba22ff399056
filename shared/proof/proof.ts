import * as z from "zod";
import { Refusal } from "../refusal.ts";

/** 第二次核验的方式 · a code to the telephone on record with the end of the identity number, a code from a counter, a face. */
export const ProofWay = z.enum(["telephone", "counter", "face"]);
export type ProofWay = z.output<typeof ProofWay>;

/** 第二次核验 · by what and when (wall-clock milliseconds) the holder of a session proved to be the person. */
export interface SecondProof {
  readonly by: ProofWay;
  readonly at: number;
}

const minute = 60_000;
const hour = 60 * minute;

/** 核验管多久 · for looking a day, for what can hurt half an hour; renewing a session makes no proof younger. */
const lives = { proven: 24 * hour, fresh: 30 * minute, weighty: 30 * minute } as const;
type ProofStep = keyof typeof lives;

/** 等待期 · how long what can hurt most waits where only a telephone stood for it: time to hear of it, and to stop it. */
const waits = 72 * hour;

/** Until when a proof is good for looking (wall-clock milliseconds, included). */
export const looksUntil = ({ at }: SecondProof): number => at + lives.proven;

/** Is a proof young enough for a step of trust? One from the future is not: a clock was wrong. */
export const isGoodFor = (step: ProofStep, { at }: SecondProof, now: number): boolean =>
  Math.abs(now - at) <= lives[step];

/** Throws unless a session's last proof, if it gave any, is good for a step of trust. */
export function mustBeGoodFor(step: ProofStep, proof: SecondProof | null, now: number): void {
  if (!proof) throw new Refusal("proof-needed");
  if (!isGoodFor(step, proof, now)) throw new Refusal("proof-too-old");
}

/** Did somebody look at the person themselves: a verifier at their face, an officer at their paper? */
export const isInPerson = ({ by }: SecondProof): boolean => by !== "telephone";

/** 何时生效 · when the wait is over of what was told now (wall-clock milliseconds). */
export const waitsUntil = (now: number): number => now + waits;
