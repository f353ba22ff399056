import { createHash } from "node:crypto";
import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { sm2 } from "sm-crypto-v2";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { partition } from "../../functions/key.ts";
import { knownOf, providerWithKeys } from "../../functions/providers/store.ts";
import type { Call } from "../../shared/api/client.ts";
import { liveKeys } from "../../shared/provider/keys.ts";
import { refusal } from "../world/world.ts";
import { at, newCode, type Register, register, said } from "./provider-steps.ts";

let made: Register;
let [two, city]: Call[] = [];
beforeAll(async () => {
  made = await register();
  ({ two, city } = made);
});
afterEach(() => {
  vi.useRealTimers();
});
const designated = () => made.designated();

describe("keys", () => {
  const hour = 3_600_000;
  const start = Date.parse("2026-03-01T10:00:00+08:00");
  const wish = (version: number, overlapDays?: number) => ({
    algorithm: "HMAC-SM3" as const,
    ...said(version, "例行轮换"),
    ...(overlapDays !== undefined && { overlapDays }),
  });
  const clock = (milliseconds: number) => {
    vi.useFakeTimers({ toFake: ["Date"] });
    vi.setSystemTime(milliseconds);
  };
  /** Officers' tokens last an hour of the wall clock, so another day needs another one. */
  const officer = (subject: string) => made.officer(subject, "370611", ["providers"]);

  test("a secret is shown once, sealed where it lies, and found again by the gateway", async () => {
    const { code, version } = await designated();
    const { keyNo, secret, ...page } = await two!("providers.key", { ...at(code), body: wish(version) });
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(await two!("providers.one", at(code)))).not.toContain(secret);
    const stored = await db.send(
      new QueryCommand({
        TableName: config.mainTable(),
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": partition.provider(code) },
      }),
    );
    expect(stored.Items).toHaveLength(2);
    expect(JSON.stringify(stored.Items)).not.toContain(secret);
    const { keys } = await providerWithKeys(code);
    expect(await knownOf(code, keys[0]!)).toBe(secret);
    await expect(knownOf(newCode(), keys[0]!)).rejects.toThrow();
    expect(page.keys).toMatchObject([{ keyNo, live: true, until: null, issuedBy: "providers-two" }]);
    expect(page.history[0]).toMatchObject({ event: "open-key", keyNo });
  });

  test("a new key is good at once, the older one for as long as the officer says: 7 days unless he says otherwise", async () => {
    clock(start);
    const call = await officer("keys-one");
    const { code, version } = await designated();
    const first = await call("providers.key", { ...at(code), body: wish(version) });
    clock(start + hour);
    const later = await officer("keys-one");
    const second = await later("providers.key", { ...at(code), body: wish(first.version) });
    const ends = start + hour + 7 * 24 * hour;
    expect(second.keys.map(({ keyNo, until }) => [keyNo, until])).toEqual([
      [second.keyNo, null],
      [first.keyNo, ends],
    ]);
    const { keys } = await providerWithKeys(code);
    const live = (moment: number) => liveKeys(keys, moment).map(({ keyNo }) => keyNo);
    expect(live(start + hour - 1)).toEqual([first.keyNo]);
    expect(new Set(live(start + hour))).toEqual(new Set([first.keyNo, second.keyNo]));
    expect(new Set(live(ends - 1))).toEqual(new Set([first.keyNo, second.keyNo]));
    expect(live(ends)).toEqual([second.keyNo]);
    // A later key never lets an older one live longer than it was to.
    const third = await later("providers.key", { ...at(code), body: wish(second.version, 30) });
    expect(third.keys.find(({ keyNo }) => keyNo === first.keyNo)?.until).toBe(ends);
    const fourth = await refusal(later("providers.key", { ...at(code), body: wish(third.version, 30) }));
    expect(fourth).toBe("keys-full");
    const fifth = await later("providers.key", { ...at(code), body: wish(third.version, 0) });
    expect(fifth.keys.filter((one) => one.live).map(({ keyNo }) => keyNo)).toEqual([fifth.keyNo]);
  });

  test("a key by its maker", async () => {
    // Applied for by the first officer, evaluated by the second, decided on by the city.
    const { code, version } = await designated();
    for (const maker of [made.one, city!])
      expect(await refusal(maker("providers.key", { ...at(code), body: wish(version) }))).toBe("same-hand");
    expect((await providerWithKeys(code)).keys).toEqual([]);
    expect((await two!("providers.key", { ...at(code), body: wish(version) })).keys).toHaveLength(1);
  });

  test("an overlap beyond 30 days is refused", async () => {
    const { code, version } = await designated();
    expect(await refusal(two!("providers.key", { ...at(code), body: wish(version, 31) }))).toBe("malformed");
  });

  test("an SM2 key is the provider's own: only its public half comes here, and it must be a point of the curve", async () => {
    const { code, version } = await designated();
    const { publicKey } = sm2.generateKeyPairHex();
    const body = { algorithm: "SM2" as const, publicKey, ...said(version) };
    const far = `04${createHash("sha512").update(code).digest("hex")}`;
    for (const wrong of [far, publicKey.slice(2), `04${"f".repeat(128)}`, "04", publicKey.replace(/^04/, "03")]) {
      const asked = { ...body, publicKey: wrong };
      expect(await refusal(two!("providers.key", { ...at(code), body: asked })), wrong).toBe("key-public");
    }
    const page = await two!("providers.key", { ...at(code), body: { ...body, publicKey: publicKey.toUpperCase() } });
    expect(page.secret).toBeNull();
    expect(page.keys[0]).toMatchObject({ algorithm: "SM2", publicKey });
    const { keys } = await providerWithKeys(code);
    expect(await knownOf(code, keys[0]!)).toBe(publicKey);
    const again = { ...body, version: page.version };
    expect(await refusal(two!("providers.key", { ...at(code), body: again }))).toBe("key-public");
  });

  test("a key that leaked ends at once; the same again changes nothing, and an unknown one is refused", async () => {
    const { code, version } = await designated();
    const { keyNo, version: opened } = await two!("providers.key", { ...at(code), body: wish(version) });
    const end = { params: { code, keyNo }, body: said(opened, "密钥泄露") };
    const page = await two!("providers.end-key", end);
    expect(page.keys).toMatchObject([{ keyNo, live: false }]);
    expect((await two!("providers.end-key", end)).version).toBe(page.version);
    const unknown = { params: { code, keyNo: "ZZZZZZZZZZZZ" }, body: said(page.version) };
    expect(await refusal(two!("providers.end-key", unknown))).toBe("not-found");
  });

  test("two officers open a key at once: one of them does", async () => {
    const { code, version } = await designated();
    const fourth = await officer("keys-fourth");
    const outcomes = await Promise.all(
      [two!, fourth].map((call) => refusal(call("providers.key", { ...at(code), body: wish(version) }))),
    );
    expect(outcomes.sort()).toEqual(["", "provider-changed"]);
    expect((await providerWithKeys(code)).keys).toHaveLength(1);
  });
});
