import { agreementStates } from "../../shared/provider/agreement.ts";
import { endAfter, isLive, liveKeys, mostLiveKeys } from "../../shared/provider/keys.ts";
import { stateNow } from "../../shared/provider/provider.ts";
import { isPublicKey } from "../../shared/provider/public-key.ts";
import { Refusal } from "../../shared/refusal.ts";
import type { Officer } from "../callers/officers.ts";
import { now, today } from "../clock.ts";
import { byOfficer } from "../hand.ts";
import { happening, latest, mustBeAnotherHand, mustBeInCharge, requestOf } from "./moves.ts";
import {
  keepProvider,
  keyDelete,
  keyPut,
  newKeyNo,
  newSecret,
  type Provider,
  type ProviderKey,
  providerWithKeys,
} from "./store.ts";

interface Asked {
  readonly reason: string;
  readonly version: number;
}
type Wish = Asked & { readonly overlapDays: number } & (
    | { readonly algorithm: "HMAC-SM3" }
    | { readonly algorithm: "SM2"; readonly publicKey: string }
  );

/** A key that ended so long ago is of no use to anybody; what happened to it stays in the history. */
const keptMilliseconds = 90 * 86_400_000;

/** Reads a provider with its keys for an officer in charge who has seen its newest version. */
async function inCharge(officer: Officer, code: string, version: number) {
  const found = await providerWithKeys(code);
  mustBeInCharge(officer, found.provider, latest(found.provider));
  if (found.provider.version !== version) throw new Refusal("provider-changed");
  return found;
}

/**
 * 发放密钥 · a new key is good at once, the older ones end after the overlap. The secret of an HMAC key is in the answer
 * and, sealed, in the table; it is nowhere else, and not told again.
 */
export async function openKey(
  officer: Officer,
  code: string,
  wish: Wish,
): Promise<{ provider: Provider; keyNo: string; secret: string | null }> {
  const { provider, keys } = await inCharge(officer, code, wish.version);
  // Who makes a provider could settle as it with the key alone.
  mustBeAnotherHand(officer, provider.hands.applied, provider.hands.decided);
  const state = stateNow(provider.agreement, today());
  if (state !== "in-force") throw new Refusal("agreement-state", { detail: agreementStates[state].name });
  const at = now();
  const older = liveKeys(keys, at).map((one) => ({ ...one, until: endAfter(one, at, wish.overlapDays) }));
  if (liveKeys(older, at).length >= mostLiveKeys) throw new Refusal("keys-full");
  const made = await newKey(code, wish, keys);
  const { secret, ...rest } = made;
  const one: ProviderKey = {
    ...rest,
    algorithm: wish.algorithm,
    from: at,
    until: null,
    issuedBy: byOfficer(officer),
  };
  const over = keys.filter(({ until }) => until !== null && until < at - keptMilliseconds);
  const kept = await keepProvider(
    provider,
    { ...provider, last: requestOf(officer, "open-key", { keyNo: one.keyNo }) },
    happening(officer, "open-key", wish.reason, { keyNo: one.keyNo }),
    [...older, one].map((each) => keyPut(code, each)).concat(over.slice(0, 20).map((each) => keyDelete(code, each))),
  );
  return { provider: kept, keyNo: one.keyNo, secret };
}

async function newKey(code: string, wish: Wish, keys: readonly ProviderKey[]) {
  if (wish.algorithm === "HMAC-SM3") return { ...(await newSecret(code)), publicKey: null };
  const { publicKey } = wish;
  if (!isPublicKey(publicKey)) throw new Refusal("key-public");
  if (keys.some((one) => one.publicKey === publicKey)) throw new Refusal("key-public", { detail: "这把公钥已经用过" });
  return { keyNo: newKeyNo(), secret: null, secretSealed: null, publicKey };
}

/** 停用密钥 · at once, as when a secret has leaked; one that has ended already stays as it is. */
export async function endKey(officer: Officer, code: string, keyNo: string, asked: Asked): Promise<Provider> {
  const found = await providerWithKeys(code);
  mustBeInCharge(officer, found.provider, latest(found.provider));
  const one = found.keys.find((each) => each.keyNo === keyNo);
  if (!one) throw new Refusal("not-found");
  if (!isLive(one, now())) return found.provider;
  if (found.provider.version !== asked.version) throw new Refusal("provider-changed");
  return keepProvider(
    found.provider,
    { ...found.provider, last: requestOf(officer, "end-key", { keyNo, ...asked }) },
    happening(officer, "end-key", asked.reason, { keyNo }),
    [keyPut(code, { ...one, until: now() })],
  );
}
