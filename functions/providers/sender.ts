import { randomUUID } from "node:crypto";
import { clockWindow, gatewayPath, isSigned, signatureHeaders, textToSign } from "../../shared/gateway/signing.ts";
import { Refusal } from "../../shared/refusal.ts";
import { key } from "../key.ts";
import { limit } from "../limits.ts";
import { remember } from "../remembered.ts";
import type { SignedMessage } from "../signed.ts";
import { either, having, isNew, toPut, write } from "../write.ts";
import { knownOf, type Provider, type ProviderKey, providerWithKeys } from "./store.ts";

/** A provider's messages in a minute: ten times what a large hospital sends at its busiest. */
const perMinute = 6_000;

/** 验发送方 · the provider whose signature a call to a path bears, and a promise that the signature is not a copy. */
export async function senderOf(
  { headers, body }: SignedMessage,
  at: number,
  path: string = gatewayPath,
): Promise<{ provider: Provider; fresh: Promise<void> }> {
  const given = (name: keyof typeof signatureHeaders) => headers[signatureHeaders[name]] ?? "";
  const [time, nonce, signature] = [given("time"), given("nonce"), given("signature")];
  const [, code = "", keyNo = ""] = /^([HP]\d{11})\.([\w-]{1,40})$/.exec(given("key")) ?? [];
  if (!code || !/^\d{13}$/.test(time) || !/^[\w-]{16,64}$/.test(nonce)) throw new Refusal("signature-wrong");
  const { provider, known } = await keyed(code, keyNo, at).catch((error) => {
    // Whoever guesses codes learns nothing about which of them exist.
    throw error instanceof Refusal ? new Refusal("signature-wrong", { cause: error }) : error;
  });
  const text = textToSign(time, nonce, body, path);
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

type Read = Awaited<ReturnType<typeof providerWithKeys>>;
const remembered = new Map<string, Read & { readonly at: number }>();
const mostRemembered = 1_000;
/** A provider is read once a second and process: a suspension, or a key that ended, is felt that much later. */
const rememberedFor = 1_000;

/** A provider with the key that a signature names; one that is not known yet is looked for anew. */
async function keyed(
  code: string,
  keyNo: string,
  at: number,
): Promise<{ provider: Provider; known: ProviderKey | undefined }> {
  const keyIn = ({ keys }: Read) =>
    keys.find((one) => one.keyNo === keyNo && one.from <= at && (one.until === null || at < one.until));
  const kept = remembered.get(code);
  const known = kept && kept.at + rememberedFor > at ? keyIn(kept) : undefined;
  if (kept && known) return { provider: kept.provider, known };
  const read = await providerWithKeys(code);
  remember(remembered, code, { ...read, at }, mostRemembered);
  return { provider: read.provider, known: keyIn(read) };
}

async function keepNonce(code: string, nonce: string, at: number): Promise<void> {
  const expiresAt = Math.ceil((at + 2 * clockWindow) / 1000);
  // The client itself asks again when a reply is lost: that is this request still, and no copy of it.
  const by = randomUUID();
  const done = await write(toPut({ ...key.nonce(code, nonce), by, expiresAt }, either(isNew, having({ by }))));
  if (!done) throw new Refusal("replayed");
}
