import { createHash, randomUUID } from "node:crypto";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { refusalOf } from "../../shared/edge.ts";
import { jsonText, parseTree } from "../../shared/gateway/codec.ts";
import type { Tree } from "../../shared/gateway/field.ts";
import { clockWindow, isSigned, signatureHeaders, textToSign } from "../../shared/gateway/signing.ts";
import {
  isTransaction,
  parseMessage,
  type Request,
  readInput,
  writeAnswer,
  writeOutput,
} from "../../shared/gateway/wire.ts";
import { areas } from "../../shared/policy/areas.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now, today } from "../clock.ts";
import { config } from "../config.ts";
import { limit } from "../limits.ts";
import type { Message } from "../payments/wechat-call.ts";
import { knownOf, type Provider, providerWithKeys } from "../providers/store.ts";
import { db, key } from "../table.ts";
import { keepRecord, type MessageRecord, recordOf } from "./records.ts";
import { registry } from "./registry.ts";
import { type Call, stampOf, type Transaction } from "./transaction.ts";
import { decideAndWrite, isNew } from "./write.ts";

/** A provider's messages in a minute: ten times what a large hospital sends at its busiest. */
const perMinute = 6_000;

/**
 * 收一条报文 · verifies, reads, does and answers one national message. A refusal is an answer with code −1; a fault is thrown:
 * then nobody knows whether anything was done, which is what 2601 and the same message again are for.
 */
export async function answerMessage(message: Message): Promise<string> {
  const at = now();
  let area = "000000";
  try {
    const { provider, fresh } = await senderOf(message, at);
    area = provider.poolingArea;
    const [output] = await Promise.all([outputOf(message, provider, at), fresh]);
    return answered(area, at, { output: parseTree(output) });
  } catch (error) {
    const { code, sentence } = refusalOf(error);
    return answered(area, at, { refused: `[${code}] ${sentence}` });
  }
}

/** The provider whose signature a message bears, and a promise that the signature is not a copy. */
async function senderOf({ headers, body }: Message, at: number): Promise<{ provider: Provider; fresh: Promise<void> }> {
  const given = (name: keyof typeof signatureHeaders) => headers[signatureHeaders[name]] ?? "";
  const [time, nonce, signature] = [given("time"), given("nonce"), given("signature")];
  const [, code = "", keyNo = ""] = /^([HP]\d{11})\.([\w-]{1,40})$/.exec(given("key")) ?? [];
  if (!code || !/^\d{13}$/.test(time) || !/^[\w-]{16,64}$/.test(nonce)) throw new Refusal("signature-wrong");
  const { provider, keys } = await providerWithKeys(code).catch((error) => {
    // Whoever guesses codes learns nothing about which of them exist.
    throw error instanceof Refusal ? new Refusal("signature-wrong", { cause: error }) : error;
  });
  const known = keys.find((one) => one.keyNo === keyNo && one.from <= at && (one.until === null || at < one.until));
  const text = textToSign(time, nonce, body);
  if (!known || !isSigned(known.algorithm, await knownOf(code, known), text, signature)) {
    throw new Refusal("signature-wrong");
  }
  // After the signature: nobody can use up another's share.
  limit("provider", code, perMinute);
  if (Math.abs(Number(time) - at) > clockWindow) throw new Refusal("clock-off");
  const fresh = keepNonce(code, nonce, at);
  // Whoever waits for it hears of it; that nobody waits yet is no fault of the process.
  fresh.catch(() => {});
  return { provider, fresh };
}

async function keepNonce(code: string, nonce: string, at: number): Promise<void> {
  const expiresAt = Math.ceil((at + 2 * clockWindow) / 1000);
  // The client itself asks again when a reply is lost: that is this request still, and no copy of it.
  const by = randomUUID();
  try {
    await db.send(
      new PutCommand({
        TableName: config.mainTable(),
        Item: { ...key.nonce(code, nonce), by, expiresAt },
        ConditionExpression: `${isNew} OR #by = :by`,
        ExpressionAttributeNames: { "#by": "by" },
        ExpressionAttributeValues: { ":by": by },
      }),
    );
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) throw new Refusal("replayed", { cause: error });
    throw error;
  }
}

async function outputOf({ body }: Message, provider: Provider, at: number): Promise<string> {
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
  if (request.signInNo) await mustBeSignedIn(request.signInNo, call);
  const { writes } = registry[transaction];
  // Which transaction it is says what its input and its output are; the compiler cannot follow that through a table.
  const run = registry[transaction].run as Transaction<"2207">;
  const input = readInput(transaction, request.input) as Parameters<typeof run>[1];
  const spelt = (output: object) => jsonText(writeOutput(transaction, output as never));
  if (!writes) return spelt((await run(call, input)).output);

  const hash = createHash("sha256")
    .update(`${transaction} ${jsonText(request.input)}`)
    .digest("base64url");
  return decideAndWrite(async () => {
    const [known, outcome] = await Promise.all([recordOf(messageNo), settledOr(run(call, input))]);
    if (known) return { answer: repeated(known, hash), steps: [] };
    if ("error" in outcome) {
      // Between the two readings the same message may have been done: what it did is then no reason to refuse it.
      const done = await recordOf(messageNo);
      if (done) return { answer: repeated(done, hash), steps: [] };
      throw outcome.error;
    }
    const { steps = [], effect = { kind: "none" } } = outcome.value;
    const output = spelt(outcome.value.output);
    return { answer: output, steps: [keepRecord({ messageNo, transaction, hash, output, effect }, at), ...steps] };
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

/** Throws unless a number is that of this provider's sign-in of today. */
async function mustBeSignedIn(signInNo: string, { provider, on }: Call): Promise<void> {
  const { Item } = await db.send(new GetCommand({ TableName: config.mainTable(), Key: key.providerSignIn(signInNo) }));
  if (!Item || Item.providerCode !== provider.code || Item.on !== on || Item.endedAt)
    throw new Refusal("sign-in-unknown");
}

function repeated({ hash: before, undoneBy, output }: MessageRecord, hash: string): string {
  if (undoneBy !== null) throw new Refusal("message-undone");
  if (before !== hash) throw new Refusal("message-reused");
  return output;
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
