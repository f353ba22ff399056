import { randomBytes } from "node:crypto";
import type { Call } from "../../shared/api/client.ts";
import { show } from "../../shared/credential/code.ts";
import { newKeyPair, signerFrom } from "../../shared/credential/keys.ts";
import { phoneMessage } from "../../shared/credential/phone.ts";
import type { Algorithm } from "../../shared/credential/signature.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** A phone as the mini-program is one: a key, the statement that it was given, and how often it has shown a code. */
export function newPhone(algorithm: Algorithm = "Ed25519") {
  const pair = newKeyPair(algorithm, randomBytes(48));
  const signer = signerFrom(pair);
  const kept = { statement: new Uint8Array(), counter: 0 };
  const proof = (what: "add" | "renew", at: number) => ({
    at,
    signature: hex(signer.sign(phoneMessage(what, pair.id, at))),
  });
  const keep = <T extends { statement: string }>(given: T): T => {
    kept.statement = new Uint8Array(Buffer.from(given.statement, "hex"));
    return given;
  };
  const whose = (tie?: string) => (tie === undefined ? {} : { tie });
  return {
    deviceNo: pair.id,
    kept,
    signer,
    /** Opens the credential on this phone, or adds the phone to it. */
    open: async (call: Call, tie?: string, at = Date.now()) =>
      keep(
        await call("credentials.open", {
          query: whose(tie),
          body: { publicKey: pair.publicKey, name: "测试手机", ...proof("add", at) },
        }),
      ),
    renew: async (call: Call, tie?: string, at = Date.now()) =>
      keep(await call("credentials.renew", { query: whose(tie), body: { deviceNo: pair.id, ...proof("renew", at) } })),
    /** The text of the next code, by the phone's own clock. */
    show: (now = Date.now()) => {
      kept.counter += 1;
      return show(kept.statement, signer, { now, counter: kept.counter });
    },
  };
}
export type TestPhone = ReturnType<typeof newPhone>;
