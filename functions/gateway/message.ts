import { createHash } from "node:crypto";
import * as z from "zod";
import { areas } from "../../shared/areas/areas.ts";
import { CalendarDay, refusalOf } from "../../shared/edge.ts";
import { jsonText, parseTree } from "../../shared/gateway/codec.ts";
import type { Tree } from "../../shared/gateway/field.ts";
import { parseMessage, type Request, readInput, writeAnswer, writeOutput } from "../../shared/gateway/messages.ts";
import { stampOf } from "../../shared/gateway/moment.ts";
import { isTransaction } from "../../shared/gateway/wire.ts";
import { mustBeServed } from "../../shared/gateway/wire-standing.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now, today } from "../clock.ts";
import { key } from "../key.ts";
import { senderOf } from "../providers/sender.ts";
import type { Provider } from "../providers/store.ts";
import { itemAt } from "../read.ts";
import type { SignedMessage } from "../signed.ts";
import { decideAndWrite } from "../write.ts";
import { keepRecord, type MessageRecord, recordOf } from "./records.ts";
import { registry } from "./registry.ts";
import { mustBeRelated, peopleIn } from "./relation.ts";
import type { Call, Transaction } from "./transaction.ts";

/**
 * 收一条报文 · verifies, reads, does and answers one national message. A refusal is an answer with code −1; a fault is thrown:
 * then nobody knows whether anything was done, which is what 2601 and the same message again are for.
 */
export async function answerMessage(message: SignedMessage): Promise<string> {
  const at = now();
  let area = "000000";
  try {
    const { provider, fresh } = await senderOf(message, at);
    area = provider.poolingArea;
    const [output] = await Promise.all([outputOf(message, provider, at), fresh]);
    return answered(area, at, { output });
  } catch (error) {
    const { code, sentence } = refusalOf(error);
    return answered(area, at, { refused: `[${code}] ${sentence}` });
  }
}

async function outputOf({ body }: SignedMessage, provider: Provider, at: number): Promise<Tree> {
  const request = parseMessage(new TextDecoder().decode(body));
  const { transaction, messageNo } = request;
  if (!isTransaction(transaction)) throw new Refusal("unknown-transaction", { detail: transaction });
  mustBeFrom(provider, request);
  const call: Call = {
    transaction,
    messageNo,
    provider,
    insuredArea: request.insuredArea ?? "",
    on: today(),
    at,
  };
  const { signInNo } = request;
  const isOpen = signInNo ? mustBeSignedIn(signInNo, call) : Promise.resolve();
  // Asked at the side of everything else, and waited for before anything is written or told.
  isOpen.catch(() => {});
  const { writes, except } = registry[transaction];
  // Which transaction it is says what its input and its output are; the compiler cannot follow that through a table.
  const run = registry[transaction].run as Transaction<"2207">;
  mustBeServed(transaction, request.input);
  const input = readInput(transaction, request.input) as Parameters<typeof run>[1];
  const spelt = (output: object) => writeOutput(transaction, output as never);
  const work = async () => {
    if (!except) await mustAllBeRelated(call, input);
    return run(call, input);
  };
  if (!writes) {
    const [{ output }] = await Promise.all([work(), isOpen]);
    return spelt(output);
  }

  const hash = createHash("sha256")
    .update(`${transaction} ${jsonText(request.input)}`)
    .digest("base64url");
  return decideAndWrite(async () => {
    const [known, outcome] = await Promise.all([recordOf(messageNo), settledOr(work()), isOpen]);
    if (known) return { answer: repeated(known, hash), steps: [] };
    if ("error" in outcome) {
      // Between the two readings the same message may have been done: what it did is then no reason to refuse it.
      const done = await recordOf(messageNo);
      if (done) return { answer: repeated(done, hash), steps: [] };
      throw outcome.error;
    }
    const { ahead, steps = [], effect = { kind: "none" } } = outcome.value;
    const answer = spelt(outcome.value.output);
    const output = jsonText(answer);
    return { answer, ahead, steps: [keepRecord({ messageNo, transaction, hash, output, effect }, at), ...steps] };
  });
}

/** What a promise comes to, without its failure being lost or thrown before the other one is known. */
const settledOr = <T>(promise: Promise<T>): Promise<{ value: T } | { error: unknown }> =>
  promise.then(
    (value) => ({ value }),
    (error) => ({ error }),
  );

/** Throws unless an envelope names the provider that signed it, and areas that are its and the insured's. */
function mustBeFrom(provider: Provider, { providerCode, messageNo, careArea, insuredArea }: Request): void {
  if (providerCode !== provider.code || !messageNo.startsWith(provider.code)) throw new Refusal("sender-differs");
  if (!/^\d{18}$/.test(messageNo.slice(provider.code.length))) {
    throw new Refusal("malformed", { detail: "报文编号应为机构编号12位、时间14位、顺序号4位" });
  }
  if (careArea !== provider.county && careArea !== provider.poolingArea)
    throw new Refusal("wrong-area", { detail: "就医地" });
  if (insuredArea && !areas.has(insuredArea) && !areas.has(`${insuredArea.slice(0, 4)}00`)) {
    throw new Refusal("wrong-area", { detail: "参保地" });
  }
}

/** Throws unless everybody whom a message names is related to its sender; one that names nobody is not answered. */
async function mustAllBeRelated({ provider, at }: Call, input: object): Promise<void> {
  const people = peopleIn(input);
  if (people.length === 0) throw new Refusal("malformed", { detail: "人员编号：应填写" });
  for (const personNo of people) await mustBeRelated(provider, personNo, at);
}

const SignIn = z.object({ providerCode: z.string(), on: CalendarDay, endedAt: z.int().optional() });

/** Throws unless a number is that of this provider's sign-in of today. */
async function mustBeSignedIn(signInNo: string, { provider, on }: Call): Promise<void> {
  const signIn = await itemAt(key.providerSignIn(signInNo), SignIn, { consistent: false });
  if (signIn?.providerCode !== provider.code || signIn.on !== on || signIn.endedAt)
    throw new Refusal("sign-in-unknown");
}

function repeated({ hash: before, undoneBy, output }: MessageRecord, hash: string): Tree {
  if (undoneBy !== null) throw new Refusal("message-undone");
  if (before !== hash) throw new Refusal("message-reused");
  return parseTree(output);
}

let serial = 0;

/** The answer's envelope; the receiver's number is its area, the time and a running number of this process. */
function answered(area: string, at: number, said: { output: Tree } | { refused: string }): string {
  serial = (serial + 1) % 10_000_000_000;
  const received = stampOf(at);
  return writeAnswer({
    code: "refused" in said ? -1 : 0,
    referenceNo: `${area}${received.slice(0, 14)}${String(serial).padStart(10, "0")}`,
    receivedAt: received,
    answeredAt: stampOf(now()),
    ...("refused" in said ? { message: said.refused } : { output: said.output }),
  });
}
