import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import encodeQR from "qr";
import { makeBundle } from "../shared/credential/bundle.ts";
import { codePrefix } from "../shared/credential/code.ts";
import { falseAlarmShare, makeFilter } from "../shared/credential/revocation.ts";
import type { Algorithm } from "../shared/credential/signature.ts";
import { area, both, bytes, bytesOf, hex, issuerOf, now, phoneOf } from "../test/codes/credential.ts";
import type { Say } from "./bench-load.ts";

const folder = join(import.meta.dirname, "..", "shared", "credential");
const schemeFiles: Readonly<Record<Algorithm, string>> = { Ed25519: "ed25519", SM2: "sm2" };

/** A script of its own, without imports. */
async function scriptOf(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder, loader: "ts" },
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: "es2020",
    // Node's module is asked for by the SM2 library only where neither `crypto` nor `wx` is.
    external: ["crypto"],
    logLevel: "error",
  });
  return outputFiles[0]!.text;
}

/** What a phone runs that signs with one algorithm: `phone.show` of a statement and a key in hex. */
export const engineScript = (algorithm: Algorithm): Promise<string> =>
  scriptOf(`
    import { hexToBytes } from "@noble/hashes/utils.js";
    import { show } from "./code.ts";
    import { signerOf } from "./signature.ts";
    import { ${schemeFiles[algorithm]} as scheme } from "./${schemeFiles[algorithm]}.ts";
    const signer = (secretKey: string) => signerOf(scheme, hexToBytes(secretKey));
    globalThis.phone = {
      signer,
      show: ({ statement, secretKey, now, counter }) => show(hexToBytes(statement), signer(secretKey), { now, counter }),
    };
  `);

/** Times of showing and checking in an engine: the first, which builds its tables, and the median of the others. */
const timing = (algorithm: Algorithm, rounds: number): Promise<string> => {
  const { statement, pair } = phoneOf(algorithm);
  const { publicKey } = issuerOf(algorithm).key;
  return scriptOf(`
    import { hexToBytes } from "@noble/hashes/utils.js";
    import { show } from "./code.ts";
    import { signerFrom } from "./keys.ts";
    import { verify } from "./verify.ts";
    const times = (act: (i: number) => unknown) => {
      const all = Array.from({ length: ${rounds} + 1 }, (_, i) => {
        const startedAt = performance.now();
        act(i);
        return performance.now() - startedAt;
      });
      const [first, ...others] = all;
      return [first, others.sort((a, b) => a - b)[Math.floor(others.length / 2)]];
    };
    const kept = hexToBytes("${hex(statement)}");
    const issuerKeys = [{ algorithm: "${algorithm}", publicKey: hexToBytes("${hex(publicKey)}"), area: "${area}", from: "2026-01-01", until: null }];
    let signer;
    let text = "";
    const opening = times(() => { signer = signerFrom({ algorithm: "${algorithm}", secretKey: "${pair.secretKey}" }); });
    const showing = times((counter) => { text = show(kept, signer, { now: ${now}, counter }); });
    const checking = times(() => verify(text, { now: ${now}, issuerKeys, isRevoked: () => false }));
    process.stdout.write(JSON.stringify({ opening, showing, checking }));
    process.exit(0);
  `);
};

type Times = Record<"opening" | "showing" | "checking", [first: number, median: number]>;

function timed(script: string, flags: readonly string[]): Times {
  const here = mkdtempSync(join(tmpdir(), "bench-credential-"));
  try {
    const file = join(here, "timing.cjs");
    writeFileSync(file, script);
    return JSON.parse(execFileSync(process.execPath, [...flags, file], { encoding: "utf8", stdio: "pipe" })) as Times;
  } finally {
    rmSync(here, { recursive: true });
  }
}

/** 医保码: how long signing and checking take with and without a JIT, how large a code, a phone's script and a bundle are. */
export async function credentials(say: Say, small: boolean): Promise<void> {
  const ms = (time: number) => `${time < 10 ? time.toFixed(1) : time.toFixed(0)} ms`;
  for (const algorithm of both) {
    const texts = [7, 0xffff_ffff].map((counter) => phoneOf(algorithm).show(now, counter));
    const sizes = texts.map((text) => {
      const side = encodeQR(text, "raw", { ecc: "medium", encoding: "alphanumeric", border: 1 }).length - 2;
      return `${bytesOf(text).length} bytes, ${text.length} letters, QR version ${(side - 17) / 4}`;
    });
    say(
      `code signed with ${algorithm}: ${sizes[0]}; the largest: ${sizes[1]} (“${codePrefix}” included in the letters)`,
    );
    const script = await engineScript(algorithm);
    say(
      `  what a phone runs: ${(script.length / 1024).toFixed(0)} kB, ${(gzipSync(script).length / 1024).toFixed(0)} kB zipped`,
    );
    const jit = timed(await timing(algorithm, small ? 2 : 60), []);
    const none = timed(await timing(algorithm, small ? 2 : 15), ["--jitless"]);
    for (const [name, what] of [
      ["opening", "a key opened"],
      ["showing", "a code signed"],
      ["checking", "a code checked (two signatures)"],
    ] as const) {
      say(
        `  ${what}: ${ms(jit[name][1])} with a JIT, ${ms(none[name][1])} without; the first time ${ms(jit[name][0])} and ${ms(none[name][0])}`,
      );
    }
  }
  for (const count of [25_000, 50_000]) {
    const ids = Array.from({ length: count }, (_, i) => {
      const id = bytes(12, 1);
      new DataView(id.buffer).setUint32(0, i);
      return id;
    });
    const startedAt = performance.now();
    const revoked = makeFilter(ids, bytes(16, 1));
    const took = performance.now() - startedAt;
    const { signer } = issuerOf("Ed25519", 20);
    const bundle = makeBundle({ area, madeAt: now / 1000, keys: [issuerOf("Ed25519").key], revoked }, signer);
    const share = falseAlarmShare(count, revoked.bits.length * 8, revoked.looks);
    say(
      `bundle for 500,000 people, ${count} ids revoked: ${bundle.length} bytes (${gzipSync(bundle).length} zipped), made in ${took.toFixed(0)} ms, one false alarm in ${Math.floor(1 / share).toLocaleString("en")}`,
    );
  }
}
