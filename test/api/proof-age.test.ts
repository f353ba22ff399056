import { describe, expect, test, vi } from "vitest";
import { faceTicket } from "../../local/face.ts";
import type { Call } from "../../shared/api/client.ts";
import { day } from "../../shared/day.ts";
import { made, turnsBack } from "../world/opening.ts";
import { refusal } from "../world/world.ts";
import {
  aTelephone,
  at,
  bound,
  byCounter,
  byFace,
  byTelephone,
  counter,
  isProven,
  laterOn,
  opensCounter,
  proofCode,
  proven,
} from "./proof-steps.ts";

opensCounter();
turnsBack();

const minutesOfADay = 24 * 60;
const looks = (call: Call) => refusal(call("family.members"));
const asksForANewTelephone = (call: Call, telephone = aTelephone()) =>
  refusal(call("proof.telephone-code", { body: { telephone } }));

describe("how old a proof may be", () => {
  test("a proof of yesterday for a new telephone", async () => {
    const one = await proven();
    expect(await asksForANewTelephone(one.call)).toBe("");
    await laterOn(minutesOfADay + 1, one.refreshToken, async (call) => {
      expect(await asksForANewTelephone(call)).toBe("proof-too-old");
      const body = { telephone: aTelephone(), code: "123456" };
      expect(await refusal(call("proof.telephone", { body }))).toBe("proof-too-old");
      expect(await looks(call)).toBe("proof-too-old");
      expect(await isProven(call)).toBe(false);
      await made.prove(call, one.person);
      expect(await asksForANewTelephone(call)).toBe("");
      expect(await looks(call)).toBe("");
    });
  });

  test("for looking it lasts a day; for what can hurt half an hour", async () => {
    const one = await proven();
    let token = one.refreshToken;
    await laterOn(31, token, async (call) => {
      expect(await looks(call)).toBe("");
      expect((await call("proof.ways")).proof).toMatchObject({ by: "telephone", fresh: false });
      const wish = { orderNo: "0".repeat(24), line: 0, reason: "double-payment" as const };
      const hurt = [
        asksForANewTelephone(call),
        refusal(call("refunds.request", { body: wish })),
        refusal(call("credentials.resume", { query: {} })),
        refusal(call("credentials.reissue", { query: {}, body: { requestNo: "reissue-of-an-old-proof" } })),
        refusal(call("credentials.close", { query: {} })),
      ];
      expect(new Set(await Promise.all(hurt))).toEqual(new Set(["proof-too-old"]));
    });
    token = (await proven()).refreshToken;
    await laterOn(minutesOfADay - 1, token, async (call) => expect(await looks(call)).toBe(""));
  });

  test("renewing the session makes a proof no younger, and the same proof again keeps its time", async () => {
    const one = await bound();
    const code = await proofCode(one);
    const { at: provenAt } = await one.call("proof.prove", byTelephone(code, one.person));
    const { refreshToken } = await made.anyone("sign-in.refresh", { body: { refreshToken: one.refreshToken } });
    await laterOn(20, refreshToken, async (call) => {
      expect((await call("proof.prove", byTelephone(code, one.person))).at).toBe(provenAt);
      expect((await call("proof.ways")).proof?.at).toBe(provenAt);
    });
  });

  test("what was proven once in ninety days opens nothing, however often the session was renewed", async () => {
    const one = await proven();
    let { refreshToken } = one;
    const from = Date.now();
    for (const after of [1, 12, 26, 55, 84]) {
      vi.useFakeTimers({ now: from + after * minutesOfADay * 60_000 + 60_000, toFake: ["Date"] });
      const tokens = await made.anyone("sign-in.refresh", { body: { refreshToken } });
      refreshToken = tokens.refreshToken;
      const call = made.as(tokens.accessToken);
      expect(await looks(call)).toBe("proof-too-old");
      expect(await refusal(call("messages.inbox"))).toBe("proof-too-old");
      expect(await refusal(call("receipts.mine"))).toBe("proof-too-old");
    }
  });

  test("the business clock makes a proof neither younger nor older; one from the future is not believed", async () => {
    const one = await proven();
    made.turn("2026-03-01");
    expect(await looks(one.call)).toBe("");
    vi.useFakeTimers({ now: Date.now() - 25 * 60 * 60_000, toFake: ["Date"] });
    expect(await looks(one.call)).toBe("proof-too-old");
  });

  test("a face or a counter's code after a telephone's proof counts anew, and a telephone's just after them changes nothing", async () => {
    const one = await proven();
    const { code } = await counter("counter.code", at(one.person));
    expect((await one.call("proof.prove", byCounter(code))).by).toBe("counter");
    const sent = await proofCode(one);
    expect((await one.call("proof.prove", byTelephone(sent, one.person))).by).toBe("counter");
    expect((await one.call("proof.prove", byFace(faceTicket(one.person.identityNumber)))).by).toBe("counter");
  });
});

describe("whoever holds the SIM alone", () => {
  /** The account of a person whose telephone somebody else holds by now. */
  async function withTheSim() {
    const person = await made.enlist({ telephone: aTelephone(), bornOn: day("1962-04-11") });
    const telephone = person.telephone ?? "";
    await made.signIn(person, telephone);
    return { person, telephone, ...(await made.signIn(null, telephone)) };
  }
  const ending = (lastSix: string, code: string) => ({ body: { way: "telephone" as const, code, lastSix } });

  test("signs in and is bound, and cannot look: the end of the identity number is asked for, and not told", async () => {
    const thief = await withTheSim();
    expect(await looks(thief.call)).toBe("proof-needed");
    const code = await proofCode(thief);
    expect(await refusal(thief.call("proof.prove", ending("110000", code)))).toBe("last-six-wrong");
    expect(await isProven(thief.call)).toBe(false);
    expect(await looks(thief.call)).toBe("proof-needed");
  });

  test("guesses of the last six are limited for a week, over codes and sessions, also in the same moment", async () => {
    const thief = await withTheSim();
    const wrong = thief.person.identityNumber.slice(-6) === "110000" ? "110001" : "110000";
    let code = await proofCode(thief);
    const told = await Promise.all([1, 2, 3].map(() => refusal(thief.call("proof.prove", ending(wrong, code)))));
    expect(told).toEqual(["last-six-wrong", "last-six-wrong", "last-six-wrong"]);
    code = await proofCode(thief);
    for (let i = 0; i < 2; i++)
      expect(await refusal(thief.call("proof.prove", ending(wrong, code)))).toBe("last-six-wrong");
    expect(await refusal(thief.call("proof.prove", byTelephone(code, thief.person)))).toBe("paused");
    await laterOn(6 * minutesOfADay, thief.refreshToken, async () => {
      const again = { ...(await made.signIn(null, thief.telephone)), telephone: thief.telephone };
      code = await proofCode(again);
      expect(await refusal(again.call("proof.prove", byTelephone(code, thief.person)))).toBe("paused");
    });
    // The person themselves still has the counter.
    const handed = await counter("counter.code", at(thief.person));
    const own = await made.signIn(null, thief.telephone);
    expect((await own.call("proof.prove", byCounter(handed.code))).by).toBe("counter");
  });

  test("without the right code no end is looked at: nothing is learnt of it, and no try of it is spent", async () => {
    const one = await bound();
    const code = await proofCode(one);
    for (let i = 0; i < 4; i++) {
      const wrong = code.startsWith("1") ? `2${code.slice(1)}` : `1${code.slice(1)}`;
      expect(await refusal(one.call("proof.prove", byTelephone(wrong, one.person)))).toBe("code-wrong");
    }
    await one.call("proof.prove", byTelephone(code, one.person));
    expect(await isProven(one.call)).toBe(true);
  });

  test("a sign-in's code as proof", async () => {
    const thief = await withTheSim();
    await made.anyone("sign-in.send-code", { body: { telephone: thief.telephone } });
    const code = made.codeSentTo(thief.telephone);
    expect(await refusal(thief.call("proof.prove", byTelephone(code, thief.person)))).toBe("code-used-up");
    await proofCode(thief);
    expect(await refusal(thief.call("proof.prove", byTelephone(code, thief.person)))).toBe("code-wrong");
  });

  test("an end that is none is malformed; an X may be small", async () => {
    const one = await bound();
    const code = await proofCode(one);
    for (const lastSix of ["", "12345", "1234567", "12345a", "x12345", "１２３４５６"])
      expect(await refusal(one.call("proof.prove", ending(lastSix, code))), lastSix).toBe("malformed");
    const person = await endingInX();
    const { call } = await made.signIn(person);
    const sent = await proofCode({ call, telephone: person.telephone ?? "" });
    await call("proof.prove", ending(person.identityNumber.slice(-6).toLowerCase(), sent));
    expect(await isProven(call)).toBe(true);
  });

  async function endingInX() {
    for (;;) {
      const person = await made.enlist({ telephone: aTelephone() });
      if (person.identityNumber.endsWith("X")) return person;
    }
  }
});
