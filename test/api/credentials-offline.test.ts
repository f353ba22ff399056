import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { config } from "../../functions/config.ts";
import { issuerKeysOf, issuerOf, keyDays } from "../../functions/credentials/issuer.ts";
import { db } from "../../functions/db.ts";
import { unseal } from "../../functions/sealing.ts";
import { read } from "../../shared/credential/code.ts";
import { refusal } from "../world/world.ts";
import {
  type CodeWorld,
  codeWorld,
  days,
  decode,
  found,
  handIn,
  minutes,
  offlineCode,
  said,
  settling,
  wallClock,
} from "./codes.ts";
import { newPhone } from "./phones.ts";

let it: CodeWorld;
beforeAll(async () => {
  it = await codeWorld();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("without a network", () => {
  test("a desk checks by the bundle, and hands its uses in later: kept once, seen by the person", async () => {
    const { call, phone } = await it.holder();
    const desk = await it.deskOf();
    await desk.take(phone.show(), settling, Date.now());
    const queue = await desk.queue();
    const [first] = await handIn(it.hospital, queue);
    expect(first?.result).toBe("kept");
    expect(await handIn(it.hospital, queue)).toEqual([first]);
    await desk.sent(queue);
    expect(await desk.queue()).toEqual([]);
    const { uses, cases } = await call("credentials.uses", { query: {} });
    expect(uses).toMatchObject([{ useNo: first?.useNo, offline: true, purpose: "结算" }]);
    expect(cases).toEqual([]);
  });
  test("two uses of one counter raise a flag, at two desks and online after it was noted offline", async () => {
    const { call, phone } = await it.holder();
    const [here, there] = [await it.deskOf(), await it.deskOf()];
    const text = phone.show();
    await here.take(text, settling, Date.now());
    await there.take(text, settling, Date.now());
    expect(await handIn(it.hospital, await here.queue())).toMatchObject([{ result: "kept" }]);
    expect(await handIn(it.other, await there.queue())).toMatchObject([{ result: "counter-twice" }]);
    expect(await handIn(it.other, await there.queue())).toMatchObject([{ result: "counter-twice" }]);
    expect(said(await decode(it.hospital, text, settling))).toBe("code-used");
    const { cases } = await call("credentials.uses", { query: {} });
    expect(cases).toMatchObject([{ kind: "counter-twice", state: "filed", dueOn: "2025-11-30" }]);
    const list = await it.officer("credentials-agency.cases", { query: { unit: "370611" } });
    const one = list.cases.find(({ caseNo }) => caseNo === cases[0]!.caseNo)!;
    expect(one.uses.map(({ providerCode }) => providerCode).sort()).toEqual([
      it.hospital.providerCode,
      it.other.providerCode,
    ]);
  });
  test("read online, and noted by the same desk because the answer was lost, is one use", async () => {
    const { call, phone } = await it.holder();
    const desk = await it.deskOf();
    const text = phone.show();
    const { useNo } = found(await decode(it.hospital, text, settling));
    await desk.take(text, settling, Date.now());
    expect(await handIn(it.hospital, await desk.queue())).toEqual([{ result: "known", useNo }]);
    expect((await call("credentials.uses", { query: {} })).uses).toHaveLength(1);
  });
  test("a use after the suspension that a desk did not know of is kept, with a case", async () => {
    const { call, phone } = await it.holder();
    const desk = await it.deskOf();
    await call("credentials.suspend", { query: {} });
    wallClock(Date.now() + 1000);
    await desk.take(phone.show(), settling, Date.now());
    expect(await handIn(it.hospital, await desk.queue())).toMatchObject([{ result: "after-revocation" }]);
  });
  test("a forged use, one of the future and one of long ago are refused for themselves", async () => {
    const { phone } = await it.holder();
    const text = phone.show();
    const use = { text, at: Date.now(), businessType: settling } as const;
    const results = await handIn(it.hospital, [
      { ...use, text: `${text}0` },
      { ...use, at: Date.now() + minutes(5) },
      { ...use, at: Date.now() - days(40) },
      { ...use, at: Date.now() - minutes(5) },
      use,
    ]);
    expect(results.map(({ result, code }) => code ?? result)).toEqual([
      "code-unreadable",
      "use-time",
      "use-time",
      "code-early",
      "kept",
    ]);
  });
});

describe("keys", () => {
  test("rotation with overlap: what the old key issued is good until it has run out, what comes after bears the new one", async () => {
    const start = Date.now();
    wallClock(start + days(keyDays - 1));
    const before = await it.holder();
    const issuer = () => read(before.phone.show()).statement.issuer;
    const old = issuer();
    wallClock(start + days(keyDays + 1));
    const after = await it.holder();
    expect(read(after.phone.show()).statement.issuer).not.toEqual(old);
    expect(issuer()).toEqual(old);
    for (const { phone } of [before, after])
      expect(said(await decode(it.hospital, phone.show(), settling))).toBe("done");
    const { read: known } = await it.freshBundle();
    expect(known.keys).toHaveLength(2);
    for (const { phone } of [before, after]) expect(offlineCode(phone.show(), known)).toBe("passed");
    wallClock(start + days(keyDays + 5));
    expect(() => before.phone.show()).toThrow("太久没有联网");
    wallClock(start + days(keyDays + 20));
    expect((await it.freshBundle()).read.keys).toHaveLength(1);
  });
  test("two that need the first key at once make one", async () => {
    const issuers = await Promise.all(Array.from({ length: 8 }, () => issuerOf("522300", "Ed25519")));
    expect(new Set(issuers.map(({ publicKey }) => Buffer.from(publicKey).toString("hex"))).size).toBe(1);
    expect(await issuerKeysOf("522300")).toHaveLength(1);
  });
  test("a private key lies sealed, and moves nowhere", async () => {
    const { Items = [] } = await db.send(new ScanCommand({ TableName: config.mainTable() }));
    const [one] = Items.filter(({ pk }) => String(pk).startsWith("ISSUER-KEYS#370600"));
    const { secretSealed } = one as { secretSealed: string };
    const plain = await unseal(secretSealed, "issuer key Ed25519 1 of area 370600");
    expect(JSON.stringify(Items)).not.toContain(plain);
    await expect(unseal(secretSealed, "issuer key Ed25519 2 of area 370600")).rejects.toThrow();
  });
  test("SM2 by the setting: phones of before stay with their algorithm, new ones make theirs", async () => {
    const { call, phone } = await it.holder();
    process.env.CREDENTIAL_ALGORITHM = "SM2";
    try {
      expect(await refusal(newPhone().open(call))).toBe("phone-signature");
      const modern = newPhone("SM2");
      expect((await modern.open(call)).credential.algorithm).toBe("SM2");
      await phone.renew(call);
      for (const one of [phone, modern]) expect(said(await decode(it.hospital, one.show(), settling))).toBe("done");
      const known = (await it.freshBundle()).read;
      for (const one of [phone, modern]) expect(offlineCode(one.show(), known)).toBe("passed");
    } finally {
      delete process.env.CREDENTIAL_ALGORITHM;
    }
  });
});
