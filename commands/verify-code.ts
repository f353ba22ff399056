import { readFileSync } from "node:fs";
import { text as textOf } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { type Bundle, readBundle } from "../shared/credential/bundle.ts";
import { codeSeconds } from "../shared/credential/credential.ts";
import { publicKeyFrom } from "../shared/credential/keys.ts";
import { verifyOffline } from "../shared/credential/offline.ts";
import { mondayOf, type PaperShown } from "../shared/credential/paper.ts";
import type { Shown } from "../shared/credential/verify.ts";
import { addDays, dayShown } from "../shared/day.ts";
import { Refusal, type RefusalCode } from "../shared/refusal.ts";

/**
 * npm run verify-code -- --bundle FILE --root HEX [--at TIME] 'YB1…': checks one code, or one printed on paper, with the network off, and
 * says what it proves or why it proves nothing. The text may come from standard input. Exit code 0: true; 1: not; 2: not asked rightly.
 */
const usage = `用法：npm run -s verify-code -- --bundle 名单文件 --root 根公钥（十六进制） [--at 2026-03-10T10:00:30+08:00] 'YB1…'
Usage: npm run -s verify-code -- --bundle FILE --root HEX [--at TIME] 'YB1…' (in quotes: a code holds spaces), or the code on standard input`;

const english: Partial<Record<RefusalCode, string>> = {
  "code-unreadable": "This is no code, or it was not read whole.",
  "code-issuer-unknown": "Nobody whom the bundle names has issued it; it may be another area's.",
  "code-signature": "Its signature is wrong.",
  "code-expired": "It is past its slot: a screenshot, or the phone's clock is slow.",
  "code-early": "Its slot has not come: the phone's clock is fast.",
  "code-revoked": "It was revoked, or looks like one that was: ask online.",
  "statement-expired": "The phone has been offline for too long: it must renew.",
  "bundle-stale": "The bundle is stale, or the clock is wrong.",
  "bundle-wrong": "The bundle is not one of this root, not whole, or was edited.",
  "paper-week": "The paper is of another week.",
};

/** What a person is told who did not ask rightly. */
class Told extends Error {}

function asked() {
  try {
    const { values, positionals } = parseArgs({
      options: { bundle: { type: "string" }, root: { type: "string" }, at: { type: "string" } },
      allowPositionals: true,
    });
    return { ...values, texts: positionals };
  } catch {
    throw new Told(usage);
  }
}

function bytesOf(file: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file));
  } catch {
    throw new Told(`读不到文件 ${file} · Cannot read ${file}\n${usage}`);
  }
}

const minute = (milliseconds: number) =>
  new Date(milliseconds + 8 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");

/** What a code proves, in both languages. */
function said(shown: Shown | PaperShown, bundle: Bundle): string[] {
  const cover = shown.coverUntil ? `待遇到${dayShown(shown.coverUntil)}` : "没有待遇";
  const covered = shown.coverUntil ? `covered until ${shown.coverUntil}` : "not covered";
  const made = minute(bundle.madeAt * 1000);
  const who = `假名 ${shown.pseudonym}，统筹区 ${shown.area}，${cover} · pseudonym, area, ${covered}`;
  const basis = `按 ${made} 的名单 · by the bundle of ${made} (Asia/Shanghai)`;
  if (shown.weak) {
    const [from, until] = [mondayOf(shown.week), addDays(mondayOf(shown.week), 6)];
    return [
      "有效的纸质码，弱凭证：复印件也能通过，必须再看身份证。",
      "A true paper code, and a weak one: a copy passes too, so look at the identity card.",
      who,
      `纸质码编号 ${shown.paperNo}，${from} 至 ${until} · paper number, its week`,
      basis,
    ];
  }
  const since = shown.slot * codeSeconds * 1000;
  return [
    "有效：签名、时段、停用名单都没有问题。",
    "True: signatures, slot and revocation are in order.",
    who,
    `手机 ${shown.deviceKeyId}，第${shown.counter}次出示，时段 ${minute(since)} · phone, showing, slot; ${shown.algorithm}`,
    basis,
    "没有核对是否用过，也防不住实时转发 · Not checked: earlier uses. Not stopped: a live relay.",
  ];
}

async function check(): Promise<string[]> {
  const { bundle: file, root: rootText, at, texts } = asked();
  const root = publicKeyFrom(rootText ?? "");
  const now = at === undefined ? Date.now() : Date.parse(at);
  if (!file || !root || Number.isNaN(now) || texts.length > 1) throw new Told(usage);
  const bytes = bytesOf(file);
  const text = texts[0] ?? (process.stdin.isTTY ? "" : (await textOf(process.stdin)).replace(/\r?\n$/, ""));
  if (text === "") throw new Told(usage);
  const bundle = readBundle(bytes, root, now);
  return said(verifyOffline(text, bundle, now), bundle);
}

try {
  process.stdout.write(`${(await check()).join("\n")}\n`);
} catch (error) {
  if (error instanceof Refusal) {
    process.stdout.write(`无效（${error.code}）：${error.sentence}\nNot true: ${english[error.code] ?? error.code}\n`);
    process.exitCode = 1;
  } else if (error instanceof Told) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  } else throw error;
}
