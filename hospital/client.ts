import type { Moment } from "../shared/gateway/field.ts";
import { readAnswer, readOutput, writeInput, writeMessage } from "../shared/gateway/messages.ts";
import { type Algorithm, gatewayPath, sign, signatureHeaders, textToSign } from "../shared/gateway/signing.ts";
import type { Output, TransactionNo } from "../shared/gateway/wire.ts";

/** 一家机构的系统 · who sends, signed with which key, through what: a browser's fetch, Node's, or a handler called directly. */
export interface Sender {
  readonly providerCode: string;
  readonly providerName: string;
  /** 就医地: the provider's county or pooling area. */
  readonly careArea: string;
  readonly keyNo: string;
  readonly algorithm: Algorithm;
  /** The HMAC secret, or the SM2 private key, in hex. */
  readonly secret: string;
  /** The wall clock in milliseconds, and the business time that messages carry, "yyyy-MM-dd HH:mm:ss". */
  readonly now: () => number;
  readonly business: () => Moment;
  readonly random: () => string;
  readonly post: (
    body: string,
    headers: Readonly<Record<string, string>>,
    path?: string,
  ) => Promise<{ status: number; body: string }>;
}

/** What came back: the output, a refusal with its code, or nothing that says whether anything was done. */
export type Said<T extends TransactionNo> =
  | { readonly kind: "done"; readonly output: Output<T>; readonly messageNo: string }
  | { readonly kind: "refused"; readonly code: string; readonly sentence: string; readonly messageNo: string }
  | { readonly kind: "unknown"; readonly why: string; readonly messageNo: string };

export type Asked<T extends TransactionNo> = Parameters<typeof writeInput<T>>[1];

/** Where a message goes, and what may be said otherwise of it: another number, another insured area, a broken envelope. */
export interface Manner {
  /** The same number again is the same message again. */
  readonly messageNo?: string;
  readonly insuredArea?: string;
  readonly signInNo?: string;
  /** The finished body: a message that is sent again is the same to the byte. */
  readonly body?: string;
  /** Changes the finished body, as a hostile or a broken sender would. */
  readonly spoil?: (body: string) => string;
  /** Changes the finished headers. */
  readonly forge?: (headers: Record<string, string>) => Record<string, string>;
}

const eightHours = 8 * 3_600_000;
const serials = 10_000;
/** From which running number on, and how many of them, this process counts; it begins somewhere among them. */
let share = { from: 0, size: serials };
let counted = Math.floor(Math.random() * serials);

/** Several processes that send for one provider share the running numbers out: two of them never make the same one. */
export function shareSerials(no: number, of: number): void {
  const size = Math.floor(serials / of);
  share = { from: no * size, size };
}

/**
 * 发送方报文ID · the provider's code, the time, and a running number of four digits. The time is the wall clock's in
 * Asia/Shanghai: a business day that stands still would give the same numbers every day.
 */
export function newMessageNo({ providerCode, now }: Pick<Sender, "providerCode" | "now">): string {
  counted = (counted + 1) % share.size;
  const at = new Date(now() + eightHours).toISOString().replace(/\D/g, "").slice(0, 14);
  return `${providerCode}${at}${String(share.from + counted).padStart(4, "0")}`;
}

/** The body of a message in the national envelope. */
export function written<T extends TransactionNo>(
  sender: Sender,
  transaction: T,
  input: Asked<T>,
  { messageNo = newMessageNo(sender), insuredArea = "370600", signInNo }: Manner = {},
): { body: string; messageNo: string } {
  const body = writeMessage({
    transaction,
    messageNo,
    careArea: sender.careArea,
    insuredArea,
    receiver: "YBXT",
    version: "V1.0",
    clerkKind: "1",
    clerk: "001",
    clerkName: "收费员",
    sentAt: sender.business(),
    providerCode: sender.providerCode,
    providerName: sender.providerName,
    signInNo: signInNo ?? null,
    input: writeInput(transaction, input),
  });
  return { body, messageNo };
}

/** The headers that sign a body; each time it is sent anew it is signed anew. */
export function signed(sender: Sender, body: string, path: string = gatewayPath): Record<string, string> {
  const [time, nonce] = [String(sender.now()), sender.random()];
  const text = textToSign(time, nonce, new TextEncoder().encode(body), path);
  return {
    "content-type": "application/json",
    [signatureHeaders.key]: `${sender.providerCode}.${sender.keyNo}`,
    [signatureHeaders.time]: time,
    [signatureHeaders.nonce]: nonce,
    [signatureHeaders.signature]: sign(sender.algorithm, sender.secret, text),
  };
}

/** 发一条报文 · sends one message and reads what comes back; a lost connection and a fault are `unknown`, never a failure. */
export async function send<T extends TransactionNo>(
  sender: Sender,
  transaction: T,
  input: Asked<T>,
  manner: Manner = {},
): Promise<Said<T>> {
  const messageNo = manner.messageNo ?? newMessageNo(sender);
  const plain = manner.body ?? written(sender, transaction, input, { ...manner, messageNo }).body;
  const body = manner.spoil ? manner.spoil(plain) : plain;
  const headers = signed(sender, body);
  try {
    const reply = await sender.post(body, manner.forge ? manner.forge(headers) : headers);
    if (reply.status !== 200) return { kind: "unknown", why: `HTTP ${reply.status}`, messageNo };
    return read(transaction, reply.body, messageNo);
  } catch (error) {
    return { kind: "unknown", why: error instanceof Error ? error.message : String(error), messageNo };
  }
}

function read<T extends TransactionNo>(transaction: T, body: string, messageNo: string): Said<T> {
  const answer = readAnswer(body);
  if (answer.code === 0) return { kind: "done", output: readOutput(transaction, answer.output), messageNo };
  return { kind: "refused", ...refusalIn(answer.message ?? ""), messageNo };
}

/** A refusal as an answer's message spells it: "[code] sentence". */
export function refusalIn(message: string): { code: string; sentence: string } {
  const [, code = "", sentence = message] = /^\[([\w-]+)\] (.*)$/s.exec(message) ?? [];
  return { code, sentence };
}

/** A sender's post over HTTP. */
export const overHttp =
  (origin: string, patience = 30_000): Sender["post"] =>
  async (body, headers, path = gatewayPath) => {
    const response = await fetch(`${origin}${path}`, {
      method: "POST",
      body,
      headers,
      signal: AbortSignal.timeout(patience),
    });
    return { status: response.status, body: await response.text() };
  };
