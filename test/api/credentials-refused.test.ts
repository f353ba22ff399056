import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type Sender, signed } from "../../hospital/client.ts";
import { readBundle } from "../../shared/credential/bundle.ts";
import { read, write } from "../../shared/credential/code.ts";
import { issue } from "../../shared/credential/issue.ts";
import { newKeyPair, signerFrom } from "../../shared/credential/keys.ts";
import { day } from "../../shared/day.ts";
import { Refusal } from "../../shared/refusal.ts";
import { agreedBy } from "../world/hands.ts";
import { refusal } from "../world/world.ts";
import {
  type CodeWorld,
  codeWorld,
  days,
  decode,
  found,
  minutes,
  offlineCode,
  registering,
  said,
  settling,
  turning,
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

describe("refused well", () => {
  const online = async (text: string, sender = it.hospital) => said(await decode(sender, text, settling));

  test("a screenshot past its slot", async () => {
    const { phone } = await it.holder();
    const text = phone.show();
    wallClock(Date.now() + minutes(3));
    expect(await online(text)).toBe("code-expired");
  });
  test("another device's code", async () => {
    const [one, two] = [await it.holder(), await it.holder()];
    const [mine, others] = [read(one.phone.show()), read(two.phone.show())];
    expect(await online(write({ ...mine, signature: others.signature }))).toBe("code-signature");
    expect(
      await online(write({ ...others, statement: { ...others.statement, deviceKey: mine.statement.deviceKey } })),
    ).toBe("code-signature");
  });
  test("clocks ten minutes off, both ways", async () => {
    const { phone } = await it.holder();
    expect(await online(phone.show(Date.now() - minutes(10)))).toBe("code-expired");
    expect(await online(phone.show(Date.now() + minutes(10)))).toBe("code-early");
  });
  test("after suspension, online at once and offline from the next bundle of the same day on", async () => {
    const { call, phone } = await it.holder();
    const before = await it.freshBundle();
    expect(offlineCode(phone.show(), before.read)).toBe("passed");
    await call("credentials.suspend", { query: {} });
    expect(await online(phone.show())).toBe("code-revoked");
    expect(await refusal(phone.renew(call))).toBe("credential-state");
    const after = await it.freshBundle();
    expect(after.read.madeAt - before.read.madeAt).toBeLessThan(86_400);
    expect(offlineCode(phone.show(), after.read)).toBe("code-revoked");
    await call("credentials.resume", { query: {} });
    expect(await online(phone.show())).toBe("done");
    const resumed = await it.freshBundle();
    expect(offlineCode(phone.show(), resumed.read)).toBe("passed");
  });
  test("an unknown issuer key", async () => {
    const { phone } = await it.holder();
    const forger = signerFrom(newKeyPair("Ed25519", new Uint8Array(48).fill(7)));
    const { statement } = read(phone.show());
    phone.kept.statement = Uint8Array.from(issue(statement, forger));
    expect(await online(phone.show())).toBe("code-issuer-unknown");
    const { read: known } = await it.freshBundle();
    expect(offlineCode(phone.show(), known)).toBe("code-issuer-unknown");
  });
  test("a truncated or edited QR", async () => {
    const { phone } = await it.holder();
    const text = phone.show();
    for (const edited of [
      text.slice(0, -1),
      text.slice(0, 40),
      `${text}0`,
      text.toLowerCase(),
      "YB1",
      "https://example.org",
    ]) {
      expect(await online(edited), edited).toBe("code-unreadable");
    }
    expect(await online(text.replace(/.$/, (last) => (last === "0" ? "1" : "0")))).toMatch(
      /^code-(signature|unreadable)$/,
    );
    expect(await online(text)).toBe("done");
  });
  test("decoding without agreement", async () => {
    const { phone } = await it.holder();
    const [boss, code] = [await it.made.officer("boss", "370600", ["providers"]), it.other.providerCode];
    const second = await it.made.officer("boss-2", "370600", ["providers"]);
    const move = async (what: "providers.suspend" | "providers.resume", reason: string) => {
      const { version } = await boss("providers.one", { params: { code } });
      const body = { reason, version };
      if (what === "providers.suspend") await boss(what, { params: { code }, body });
      else await boss(what, { params: { code }, body }).then(agreedBy(second));
      // A process remembers a provider for a second.
      wallClock(Date.now() + 1_000);
    };
    expect(said(await decode(turning("H37061100099"), phone.show(), settling))).toBe("signature-wrong");
    await move("providers.suspend", "年度考核不合格");
    expect(await online(phone.show(), it.other)).toBe("agreement-not-in-force");
    await move("providers.resume", "整改完成");
    expect(await online(phone.show(), it.other)).toBe("done");
  });
  test("a business type that the provider does not serve, or that is none", async () => {
    const { phone } = await it.holder();
    expect(said(await decode(it.hospital, phone.show(), "02121"))).toBe("service-not-opened");
    expect(said(await decode(it.hospital, phone.show(), "99999"))).toBe("malformed");
    const named = { ...it.hospital, providerCode: it.other.providerCode };
    const signedByFirst: Sender["post"] = (body, _, path) =>
      it.hospital.post(body, signed(it.hospital, body, path), path);
    expect(said(await decode({ ...named, post: signedByFirst }, phone.show(), settling))).toBe("sender-differs");
  });
  test("decoding too fast", async () => {
    const { phone } = await it.holder();
    const codes: string[] = [];
    for (let i = 0; i < 62; i++) codes.push(await online(phone.show()));
    expect(codes.slice(0, 60).every((code) => code === "done")).toBe(true);
    expect(codes.slice(60)).toEqual(["paused", "paused"]);
  });
  test("guesses", async () => {
    const { phone } = await it.holder();
    const guesser = turning("H37061100003");
    const codes = new Set<string>();
    for (let i = 0; i < 61; i++) {
      const shown = phone.show();
      codes.add(await online(`${shown.slice(0, -3)}${shown.endsWith("000") ? "001" : "000"}`, guesser));
    }
    expect([...codes].at(-1)).toBe("paused");
    expect([...codes].slice(0, -1).every((code) => /^code-(signature|unreadable)$/.test(code))).toBe(true);
  });
  test("a used code: a second use says when and where the first was", async () => {
    const { phone } = await it.holder();
    const text = phone.show();
    found(await decode(it.hospital, text, settling));
    const second = await decode(it.other, text, settling);
    expect(said(second)).toBe("code-used");
    expect(second).toMatchObject({ sentence: expect.stringContaining(it.hospital.providerName) });
    expect(said(await decode(it.hospital, text, registering))).toBe("code-used");
  });
  test("a stale bundle, and one older than one that was seen", async () => {
    const first = await it.freshBundle();
    const second = await it.freshBundle();
    expect(() => readBundle(first.bytes, first.root, Date.now(), second.read.madeAt)).toThrow(Refusal);
    wallClock(Date.now() + days(3));
    expect(() => readBundle(second.bytes, second.root, Date.now())).toThrow("离线核验名单已经过期");
  });
  test("a removed phone", async () => {
    const { call, phone } = await it.holder();
    const stays = newPhone();
    await stays.open(call);
    await call("credentials.remove-phone", { params: { deviceNo: phone.deviceNo }, query: {} });
    expect(await online(phone.show())).toBe("code-revoked");
    const known = (await it.freshBundle()).read;
    expect([offlineCode(phone.show(), known), offlineCode(stays.show(), known)]).toEqual(["code-revoked", "passed"]);
    expect(await online(stays.show())).toBe("done");
  });
  test("whoever has died has no code any more", async () => {
    const dead = await it.made.enlist({ diedOn: day("2025-11-01") });
    const { call } = await it.made.signIn(dead).catch(() => ({ call: null }));
    if (call) expect(await refusal(newPhone().open(call))).toMatch(/proof-needed|deceased/);
    expect(
      await refusal(
        it.officer("credentials-agency.paper", {
          params: { personNo: dead.personNo },
          body: { seen: "identity-card" },
        }),
      ),
    ).toBe("deceased");
  });
});
