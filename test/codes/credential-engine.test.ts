import { createContext, runInContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { engineScript } from "../../tools/bench-credential.ts";
import { hex, now, phoneOf } from "./credential.ts";

/**
 * A mini-program's engine: the language alone. No Buffer, TextEncoder, crypto, process or fetch, and no text is evaluated. `wx` gives random
 * bytes, which the SM2 library asks for while it loads; nothing of ours uses them.
 */
const engine = (script: string): Record<string, unknown> => {
  const wx = {
    getRandomValues: ({ success }: { success: (of: object) => void }) => success({ randomValues: new ArrayBuffer(64) }),
  };
  const globals = createContext({ wx }, { codeGeneration: { strings: false, wasm: false } });
  runInContext(script, globals);
  return globals;
};

describe.each(["Ed25519", "SM2"] as const)("a mini-program that signs with %s", (algorithm) => {
  test("shows the same code where there is neither WebCrypto nor TextEncoder nor Buffer, and no text is evaluated", async () => {
    const globals = engine(await engineScript(algorithm));
    expect(() => runInContext("eval('1')", globals)).toThrow();
    expect(runInContext("typeof TextEncoder + typeof Buffer + typeof crypto", globals)).toBe("undefined".repeat(3));
    const phone = phoneOf(algorithm);
    const [statement, secretKey] = [hex(phone.statement), phone.pair.secretKey];
    const shown = runInContext(`phone.show(${JSON.stringify({ statement, secretKey, now, counter: 7 })})`, globals);
    expect(shown).toBe(phone.show(now, 7));
  });
});
