import { describe, expect, test } from "vitest";
import { faceTicket } from "../../local/face.ts";
import { day } from "../../shared/day.ts";
import { made } from "../world/opening.ts";
import { refusal } from "../world/world.ts";
import {
  aTelephone,
  at,
  bound,
  byCounter,
  byFace,
  byTelephone,
  count,
  counter,
  isProven,
  laterOn,
  opensCounter,
  other,
  proofCode,
  proven,
  seen,
} from "./proof-steps.ts";

opensCounter();

describe("a second proof by the telephone on record", () => {
  test("a bound session is not proven; a code to the telephone on record proves it, and that telephone is confirmed", async () => {
    const one = await bound();
    const masked = `*********${one.telephone.slice(-2)}`;
    // Whoever knows name and number is told neither where the person lives nor how they are reached.
    expect(await one.call("residents.me")).toMatchObject({ person: { unitName: null }, contact: null });
    expect(await one.call("proof.ways")).toEqual({
      proof: null,
      ways: { telephone: masked, counter: true, face: true },
    });
    const asked = { body: { telephone: aTelephone() } };
    expect(await refusal(one.call("proof.telephone-code", asked))).toBe("proof-needed");
    expect(await one.call("proof.send-code")).toEqual({ telephone: masked, validMinutes: 5 });
    const proof = await one.call("proof.prove", byTelephone(made.codeSentTo(one.telephone), one.person));
    expect(proof.by).toBe("telephone");
    expect(Math.abs(Date.now() - proof.at)).toBeLessThan(60_000);
    expect((await one.call("proof.ways")).proof).toEqual(proof);
    expect((await one.call("residents.me")).contact).toEqual({
      telephone: masked,
      confirmedOn: "2025-11-20",
      ask: false,
    });
    await one.call("proof.telephone-code", asked);
  });

  test("whoever signed in with the telephone on record is asked for a fresh code all the same", async () => {
    const person = await made.enlist({ telephone: aTelephone() });
    const { call } = await made.signIn(person, person.telephone!);
    const codeOfSignIn = made.codeSentTo(person.telephone!);
    expect(await isProven(call)).toBe(false);
    expect(await refusal(call("proof.prove", byTelephone(codeOfSignIn, person)))).toBe("code-used-up");
    await made.prove(call, person);
    expect(await isProven(call)).toBe(true);
  });

  test("wrong code five times: the code is worth nothing, a new one is", async () => {
    const one = await bound();
    const code = await proofCode(one);
    for (let i = 0; i < 5; i++)
      expect(await refusal(one.call("proof.prove", byTelephone(other(code), one.person)))).toBe("code-wrong");
    expect(await refusal(one.call("proof.prove", byTelephone(code, one.person)))).toBe("code-used-up");
    expect(await isProven(one.call)).toBe(false);
    await one.call("proof.prove", byTelephone(await proofCode(one), one.person));
    expect(await isProven(one.call)).toBe(true);
  });

  test("guesses in the same moment are counted like others", async () => {
    const one = await bound();
    const code = await proofCode(one);
    const told = await Promise.all(
      Array.from({ length: 12 }, () => refusal(one.call("proof.prove", byTelephone(other(code), one.person)))),
    );
    expect([count(told, "code-wrong"), count(told, "code-used-up")]).toEqual([5, 7]);
    expect(await refusal(one.call("proof.prove", byTelephone(code, one.person)))).toBe("code-used-up");
  });

  test("a code for one purpose is worth nothing for another", async () => {
    const one = await bound();
    const asked = await made.anyone("sign-in.send-code", { body: { telephone: one.telephone } });
    const signingIn = made.codeSentTo(one.telephone);
    expect(await refusal(one.call("proof.prove", byTelephone(signingIn, one.person)))).toBe("code-used-up");
    const code = await proofCode(one);
    expect(
      await refusal(
        made.anyone("sign-in.telephone", { body: { telephone: one.telephone, askedAs: asked.askedAs, code } }),
      ),
    ).toBe("code-wrong");
    await one.call("proof.prove", byTelephone(code, one.person));

    const telephone = aTelephone();
    const { askedAs } = await made.anyone("sign-in.send-code", { body: { telephone } });
    const body = { telephone, code: made.codeSentTo(telephone) };
    expect(await refusal(one.call("proof.telephone", { body }))).toBe("code-used-up");
    await one.call("proof.telephone-code", { body: { telephone } });
    const changing = made.codeSentTo(telephone);
    expect(await refusal(made.anyone("sign-in.telephone", { body: { telephone, askedAs, code: changing } }))).toBe(
      "code-wrong",
    );
  });

  test("a code of another person is worth nothing, even where both have one telephone on record", async () => {
    const mother = await bound();
    const child = await bound({ telephone: mother.telephone });
    const code = await proofCode(child);
    expect(await refusal(mother.call("proof.prove", byTelephone(code, mother.person)))).toBe("code-used-up");
    await proofCode(mother);
    expect(await refusal(mother.call("proof.prove", byTelephone(code, mother.person)))).toBe("code-wrong");
    await child.call("proof.prove", byTelephone(code, child.person));
    expect([await isProven(child.call), await isProven(mother.call)]).toEqual([true, false]);
  });

  test("a code that another phone of the same person asked for is worth nothing on this one", async () => {
    const one = await bound();
    const stranger = await made.signIn(one.person);
    const code = await proofCode(one);
    expect(await refusal(stranger.call("proof.prove", byTelephone(code, one.person)))).toBe("code-used-up");
    await one.call("proof.prove", byTelephone(code, one.person));
  });

  test("a code after five minutes", async () => {
    const one = await bound();
    const code = await proofCode(one);
    await laterOn(5.1, one.refreshToken, async (call) => {
      expect(await refusal(call("proof.prove", byTelephone(code, one.person)))).toBe("code-used-up");
      expect(await isProven(call)).toBe(false);
    });
  });

  test("the same proof again is answered as it was, also on other grounds; a used code proves no other session", async () => {
    const one = await bound();
    const code = await proofCode(one);
    const proof = await one.call("proof.prove", byTelephone(code, one.person));
    expect(await one.call("proof.prove", byTelephone(code, one.person))).toEqual(proof);
    const again = await made.signIn(one.person);
    expect(await refusal(again.call("proof.prove", byTelephone(code, one.person)))).toBe("code-used-up");
  });

  test("a sixth code in an hour of one account, and an eleventh in a day of one person, is not sent", async () => {
    const one = await bound();
    for (let i = 0; i < 5; i++) await one.call("proof.send-code");
    expect(await refusal(one.call("proof.send-code"))).toBe("paused");
    const second = await made.signIn(one.person);
    for (let i = 0; i < 5; i++) await second.call("proof.send-code");
    const third = await made.signIn(one.person);
    expect(await refusal(third.call("proof.send-code"))).toBe("paused");
    expect(made.textsTo(one.telephone)).toHaveLength(10);
  });

  test("without a telephone on record there is the counter", async () => {
    const one = await bound({ telephone: null });
    expect((await one.call("proof.ways")).ways.telephone).toBeNull();
    expect(await refusal(one.call("proof.send-code"))).toBe("no-telephone-on-record");
    expect(await refusal(one.call("proof.prove", byTelephone("123456", one.person)))).toBe("no-telephone-on-record");
    const { code } = await counter("counter.code", at(one.person));
    await one.call("proof.prove", byCounter(code));
    expect(await refusal(one.call("proof.contact"))).toBe("no-telephone-on-record");
  });

  test("proven stays through a renewal, and ends with signing out", async () => {
    const one = await proven();
    const renewed = await made.anyone("sign-in.refresh", { body: { refreshToken: one.refreshToken } });
    const call = made.as(renewed.accessToken);
    expect(await isProven(call)).toBe(true);
    await call("sign-in.sign-out");
    expect(await refusal(call("proof.ways"))).toBe("not-signed-in");
    const signedInBy = aTelephone();
    const first = await made.signIn(one.person, signedInBy);
    await made.prove(first.call, one.person);
    const second = await made.signIn(one.person, signedInBy);
    expect([await isProven(first.call), await isProven(second.call)]).toEqual([true, false]);
  });

  test("an unbound account proves nothing", async () => {
    const { call } = await made.signIn(null);
    expect(await refusal(call("proof.ways"))).toBe("not-bound");
    expect(await refusal(call("proof.send-code"))).toBe("not-bound");
    expect(await refusal(call("proof.prove", byCounter("12345678")))).toBe("not-bound");
    expect((await call("residents.me")).contact).toBeNull();
  });

  test("a person who died since is proved by nobody", async () => {
    const person = await made.enlist({ telephone: aTelephone() });
    const { call } = await made.signIn(person);
    const { code } = await counter("counter.code", at(person));
    await made.enlist({ ...person, diedOn: day("2025-11-19") });
    expect(await refusal(call("proof.send-code"))).toBe("deceased");
    expect(await refusal(call("proof.prove", byCounter(code)))).toBe("deceased");
    expect(await refusal(call("proof.prove", byFace(faceTicket(person.identityNumber))))).toBe("deceased");
    expect(await refusal(counter("counter.code", at(person)))).toBe("deceased");
    expect(
      await refusal(counter("counter.telephone", { ...at(person), body: { ...seen, telephone: aTelephone() } })),
    ).toBe("deceased");
    expect((await counter("counter.recover", at(person))).accounts).toBe(1);
  });
});
