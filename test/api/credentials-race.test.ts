import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { db } from "../../functions/db.ts";
import type { CodeRead } from "../../hospital/codes.ts";
import { injectFaults, withoutCondition } from "../world/faults.ts";
import { type CodeWorld, codeWorld, decode, registering, said, settling } from "./codes.ts";
import { newPhone } from "./phones.ts";

let it: CodeWorld;
beforeAll(async () => {
  it = await codeWorld();
});
let restore: (() => unknown) | null = null;
afterEach(() => {
  restore?.();
  restore = null;
});

const weather = { conflict: 0.15, throttle: 0.05, lostReply: 0.05, duplicate: 0.05, reorder: 0.3 };

/** Fifty desks of two hospitals read one code at once, each for one of two purposes. */
async function race(text: string): Promise<CodeRead[]> {
  const asked = Array.from({ length: 50 }, (_, i) =>
    decode(i % 2 ? it.hospital : it.other, text, i % 4 < 2 ? settling : registering),
  );
  return Promise.all(asked);
}
/** The uses that the readings came to, by their numbers. */
const usesIn = (readings: readonly CodeRead[]) =>
  new Set(readings.flatMap((one) => (one.kind === "done" ? [one.person.useNo] : [])));

describe("two phones and two desks", () => {
  test("race on one code: one use, 50 at once, in bad weather", async () => {
    const { call, phone } = await it.holder();
    const faults = injectFaults(db, weather, "one code");
    restore = faults.stop;
    const readings = await race(phone.show());
    const { conflict, lostReply } = faults.stop();
    expect(conflict).toBeGreaterThan(0);
    expect(lostReply).toBeGreaterThan(0);
    expect(usesIn(readings).size).toBe(1);
    const codes = new Set(readings.map(said));
    expect([...codes].filter((code) => !["done", "code-used", "try-again", "unknown"].includes(code))).toEqual([]);
    expect(codes).toContain("code-used");
    expect((await call("credentials.uses", { query: {} })).uses).toHaveLength(1);
  });
  test("without the condition on the showing there is more than one use: the guard is what holds", async () => {
    const { call, phone } = await it.holder();
    restore = withoutCondition(db, "SHOWING");
    // Now and then one desk is through before any other has looked: then it is tried with the next code.
    let [shown, most] = [0, 0];
    for (; shown < 8 && most < 2; shown++) most = Math.max(most, usesIn(await race(phone.show())).size);
    expect(most).toBeGreaterThan(1);
    expect((await call("credentials.uses", { query: {} })).uses.length).toBeGreaterThan(shown);
  });
  test("two phones of one person make two codes: each is one use", async () => {
    const { call, phone } = await it.holder();
    const second = newPhone();
    await second.open(call);
    const readings = await Promise.all(
      [phone, second].flatMap((one) => {
        const text = one.show();
        return [decode(it.hospital, text, settling), decode(it.other, text, settling)];
      }),
    );
    expect(readings.map(said).sort()).toEqual(["code-used", "code-used", "done", "done"]);
    expect(usesIn(readings).size).toBe(2);
  });
  test("a suspension between a reading and its writing: nothing is read any more", async () => {
    const { call, phone } = await it.holder();
    let suspending: Promise<unknown> | null = null;
    db.middlewareStack.add(
      (next) => async (args) => {
        const { TransactItems = [] } = args.input as { TransactItems?: { Put?: { Item?: { sk?: string } } }[] };
        const isReading = TransactItems.some(({ Put }) => Put?.Item?.sk === "SHOWING");
        if (isReading) suspending ??= call("credentials.suspend", { query: {} });
        if (isReading) await suspending;
        return next(args);
      },
      { step: "initialize", name: "between", override: true },
    );
    restore = () => db.middlewareStack.remove("between");
    expect(said(await decode(it.hospital, phone.show(), settling))).toBe("try-again");
    expect(suspending).not.toBeNull();
    expect(said(await decode(it.hospital, phone.show(), settling))).toBe("code-revoked");
    expect((await call("credentials.uses", { query: {} })).uses).toEqual([]);
  });
});
