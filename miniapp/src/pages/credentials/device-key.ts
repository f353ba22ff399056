import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import Taro from "@tarojs/taro";
import { show } from "../../../../shared/credential/code.ts";
import { codeSeconds } from "../../../../shared/credential/credential.ts";
import { phoneMessage } from "../../../../shared/credential/phone.ts";
import { type Algorithm, type Scheme, seedLength, signerOf } from "../../../../shared/credential/signature.ts";
import { dayInShanghai } from "../../../../shared/day.ts";
import { maskName } from "../../../../shared/person.ts";
import { type Credential, call, type KeptCredential } from "../../api.ts";
import { session } from "../../session.ts";
import { inBrowser } from "../../store.ts";
import {
  codeOf,
  follow,
  forgetCode,
  keepCode,
  lead,
  nowHere,
  type PhoneCode,
  phoneCodes,
  showings,
  takeCounter,
} from "./phone-codes.ts";
import { seal, unseal } from "./sealed.ts";

const keyIdLength = 8;

/** Only the algorithm that is used is fetched. */
async function schemeOf(algorithm: Algorithm): Promise<Scheme> {
  if (algorithm === "SM2") return (await import("../../../../shared/credential/sm2.ts")).sm2;
  return (await import("../../../../shared/credential/ed25519.ts")).ed25519;
}

/** Random bytes from the phone: WeChat has no `crypto`. */
async function randomBytes(length: number): Promise<Uint8Array> {
  if (inBrowser) return crypto.getRandomValues(new Uint8Array(length));
  return new Promise((success, fail) => {
    Taro.getRandomValues({
      length,
      success: ({ randomValues }) => success(new Uint8Array(randomValues)),
      fail,
    });
  });
}

interface DeviceKey {
  readonly algorithm: Algorithm;
  readonly deviceNo: string;
  readonly publicKey: string;
  readonly secretKey: string;
}

async function newKey(algorithm: Algorithm): Promise<DeviceKey> {
  const scheme = await schemeOf(algorithm);
  const secret = scheme.secretKeyOf(await randomBytes(seedLength));
  const publicKey = scheme.publicKeyOf(secret);
  const deviceNo = bytesToHex(scheme.digest(publicKey).slice(0, keyIdLength));
  return { algorithm, deviceNo, publicKey: bytesToHex(publicKey), secretKey: bytesToHex(secret) };
}

async function proof(what: "add" | "renew", { algorithm, deviceNo, secretKey }: Omit<DeviceKey, "publicKey">) {
  const scheme = await schemeOf(algorithm);
  const at = nowHere();
  return { at, signature: bytesToHex(scheme.sign(hexToBytes(secretKey), phoneMessage(what, deviceNo, at))) };
}

const ofTie = (tie: string | null) => (tie === null ? {} : { tie });
const today = () => dayInShanghai(nowHere());

/** A key whose reply was lost is sent again as it is: the same key twice is one phone. */
const unanswered = new Map<string, DeviceKey>();

/** 开通 · makes this phone's key and puts it on the credential; who has none has one then. */
export async function openHere(tie: string | null, { algorithm, now }: Credential): Promise<void> {
  lead.set(now - Date.now());
  const name = `${tie} ${algorithm}`;
  const key = unanswered.get(name) ?? (await newKey(algorithm));
  unanswered.set(name, key);
  const answered = await call("credentials.open", {
    query: ofTie(tie),
    body: { publicKey: key.publicKey, name: phoneName(), ...(await proof("add", key)) },
  });
  await seal(key.deviceNo, key.secretKey);
  keepAnswer(tie, { ...key, counter: 0 }, answered);
  unanswered.delete(name);
}

function keepAnswer(
  tie: string | null,
  { algorithm, publicKey, counter }: Pick<PhoneCode, "algorithm" | "publicKey" | "counter">,
  { credential, deviceNo, statement, goodUntil }: KeptCredential,
): void {
  const { name, state, held, coverUntil } = credential;
  keepCode({
    tie,
    name: maskName(name),
    deviceNo,
    algorithm,
    publicKey,
    state,
    held,
    coverUntil,
    statement,
    goodUntil,
    renewedOn: today(),
    counter,
  });
  follow(tie, credential);
}

/** 更新 · once a day, while there is a network, and at once where cover has changed since. */
export async function renewIfDue(tie: string | null, cover?: string | null): Promise<void> {
  const code = codeOf(tie);
  if (code?.state !== "active") return;
  if (code.renewedOn === today() && (cover === undefined || cover === code.coverUntil)) return;
  const secretKey = await unseal(code.deviceNo);
  if (secretKey === null) return forgetCode(tie);
  const { algorithm, deviceNo } = code;
  const body = { deviceNo, ...(await proof("renew", { algorithm, deviceNo, secretKey })) };
  const answered = await call("credentials.renew", { query: ofTie(tie), body });
  // Codes may have been shown meanwhile: what counts is the counter of now.
  const { counter } = codeOf(tie) ?? code;
  keepAnswer(tie, { ...code, counter }, answered);
}

/** In the background: every code of this phone, and the showings that are still to be told. Fails in silence until the next time. */
export async function keepUp(): Promise<void> {
  if (!session.get()) return;
  for (const { tie } of phoneCodes.get()) await renewIfDue(tie).catch(() => {});
  await tellShowings().catch(() => {});
}

/** 码 · the text of a code of now, and until when it lasts (milliseconds of the phone's clock). */
export async function nextCode(tie: string | null): Promise<{ text: string; until: number } | null> {
  const code = codeOf(tie);
  const secretKey = code && (await unseal(code.deviceNo));
  if (!code || !secretKey) return null;
  const scheme = await schemeOf(code.algorithm);
  const counter = takeCounter(tie);
  const now = nowHere();
  const text = show(hexToBytes(code.statement), signerOf(scheme, hexToBytes(secretKey)), { now, counter });
  const slot = codeSeconds * 1000;
  return { text, until: (Math.floor(now / slot) + 1) * slot - lead.get() };
}

/** Notes that a dependant's code was shown, and tells it as soon as there is a network. */
export function noteShowing({ tie, deviceNo }: PhoneCode): void {
  if (tie === null) return;
  showings.set([...showings.get(), { tie, deviceNo, at: nowHere() }].slice(-200));
  void tellShowings().catch(() => {});
}

async function tellShowings(): Promise<void> {
  const all = showings.get();
  for (const { tie, deviceNo } of phoneCodes.get()) {
    const due = all.filter((one) => one.tie === tie && one.deviceNo === deviceNo).slice(0, 50);
    if (tie === null || due.length === 0) continue;
    await call("credentials.shown", { body: { tie, deviceNo, times: due.map(({ at }) => at) } });
    showings.set(showings.get().filter((one) => !due.includes(one)));
  }
}

/** What this phone is called in the list of phones. */
function phoneName(): string {
  if (!inBrowser) return (Taro.getDeviceInfo().model || "微信手机").slice(0, 30);
  const { userAgent } = navigator;
  if (/iPhone|iPad/.test(userAgent)) return "苹果手机的浏览器";
  return /Android/.test(userAgent) ? "安卓手机的浏览器" : "电脑浏览器";
}
