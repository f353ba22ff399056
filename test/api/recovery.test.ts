import { describe, expect, test } from "vitest";
import { residentOf } from "../../functions/callers/sessions.ts";
import { type Bound, proveSession, ticketOnce } from "../../functions/proof/store.ts";
import { accountOf, accountOfWeChat, accountsOf, bindAccount } from "../../functions/sign-in/accounts.ts";
import { usedUp } from "../../functions/sign-in/codes.ts";
import { made } from "../world/opening.ts";
import { refusal } from "../world/world.ts";
import {
  aTelephone,
  at,
  auditOf,
  bound,
  byCounter,
  byTelephone,
  count,
  counter,
  historyOf,
  isProven,
  opensCounter,
  paper,
  proofCode,
  proven,
  seen,
} from "./proof-steps.ts";

opensCounter();

describe("a lost phone", () => {
  test("recovery ends every session at once and closes every account; the new phone can bind, the lost one is nobody", async () => {
    const lost = await proven();
    const tablet = await made.signIn(lost.person);
    const bystander = await proven();
    const { code } = await counter("counter.code", at(lost.person));
    const told = await counter("counter.recover", at(lost.person));
    expect(told).toEqual({ accounts: 2, telephone: `*********${lost.telephone.slice(-2)}` });

    for (const { call } of [lost, tablet]) expect(await refusal(call("residents.me"))).toBe("not-signed-in");
    for (const { refreshToken } of [lost, tablet])
      expect(await refusal(made.anyone("sign-in.refresh", { body: { refreshToken } }))).toBe("not-signed-in");
    expect(await isProven(bystander.call)).toBe(true);
    expect(await accountsOf(lost.person.personNo)).toEqual([]);
    expect((await counter("counter.find", paper(lost.person))).accounts).toEqual([]);

    const fresh = await made.signIn(lost.person);
    expect(await isProven(fresh.call)).toBe(false);
    expect(await refusal(fresh.call("proof.prove", byCounter(code)))).toBe("code-used-up");
    const handed = await counter("counter.code", at(lost.person));
    await fresh.call("proof.prove", byCounter(handed.code));
    for (const { call } of [lost, tablet]) expect(await refusal(call("proof.ways"))).toBe("not-signed-in");

    expect(await historyOf(lost.person)).toMatchObject([
      { what: "counter-code" },
      { what: "accounts-closed", accounts: 2, officerNo: "counter", ...seen },
      { what: "counter-code" },
    ]);
    const calls = (await auditOf(lost.person)).map((one) => one.call);
    expect(count(calls.map(String), "counter.recover")).toBe(1);
  });

  test("whoever signs in with the telephone of an account that was closed opens another, binds it and has to prove anew", async () => {
    const one = await bound();
    const telephone = aTelephone();
    const mine = await made.signIn(one.person, telephone);
    await made.prove(mine.call, one.person);
    await counter("counter.recover", at(one.person));
    const another = await made.enlist({ telephone: aTelephone() });
    const again = await made.signIn(another, telephone);
    expect((await again.call("residents.me")).person?.name).toBe(another.name);
    expect(await isProven(again.call)).toBe(false);
    expect(await refusal(mine.call("proof.ways"))).toBe("not-signed-in");
    expect(await refusal(again.call("residents.bind", paper(one.person)))).toBe("bound-to-another");
  });

  test("a second recovery finds nothing and says so", async () => {
    const one = await bound();
    const told = await Promise.all([1, 2, 3].map(() => refusal(counter("counter.recover", at(one.person)))));
    expect(told.every((code) => code === "" || code === "try-again")).toBe(true);
    expect(await counter("counter.recover", at(one.person))).toMatchObject({ accounts: 0 });
    const unbound = (await historyOf(one.person)).filter(({ what }) => what === "accounts-closed");
    expect(unbound).toHaveLength(1);
  });

  test("a proof that was on its way when the phone was given up proves nothing and binds nothing", async () => {
    const one = await bound();
    const resident = (await residentOf(one.token)) as Bound;
    await counter("counter.recover", at(one.person));
    const ticket = { ...(await ticketOnce("on its way")), refusal: () => usedUp("proof") };
    const proving = proveSession(resident, "face", ticket);
    await expect(proving).rejects.toMatchObject({ code: "not-signed-in" });
    expect(await accountsOf(one.person.personNo)).toEqual([]);
  });

  test("a proof, a binding and a recovery in the same moment leave no session proven and nothing bound that is not listed", async () => {
    for (let round = 0; round < 8; round++) {
      const one = await bound();
      const code = await proofCode(one);
      const late = await made.signIn(null);
      await Promise.all([
        refusal(one.call("proof.prove", byTelephone(code, one.person))),
        refusal(late.call("residents.bind", paper(one.person))),
        refusal(counter("counter.recover", at(one.person))),
      ]);
      await counter("counter.recover", at(one.person));
      expect(await refusal(one.call("proof.ways"))).toBe("not-signed-in");
      expect(["not-signed-in", "not-bound"]).toContain(await refusal(late.call("proof.ways")));
      expect(await accountsOf(one.person.personNo)).toEqual([]);
    }
  });

  test("binding the same person twice, also in the same moment, is one binding", async () => {
    const person = await made.enlist();
    const { call } = await made.signIn(null);
    const bind = () => refusal(call("residents.bind", paper(person)));
    const told = await Promise.all([bind(), bind(), bind()]);
    expect(told.every((code) => code === "" || code === "try-again")).toBe(true);
    expect(await bind()).toBe("");
    expect(await accountsOf(person.personNo)).toHaveLength(1);
  });

  test("more accounts than one transaction takes are all closed", async () => {
    const person = await made.enlist();
    const opened = await Promise.all(Array.from({ length: 45 }, (_, i) => accountOfWeChat(`o-many-${i}`)));
    for (const accountNo of opened) await bindAccount(await accountOf(accountNo), person.personNo);
    expect((await counter("counter.recover", at(person))).accounts).toBe(45);
    for (const accountNo of opened) await expect(accountOf(accountNo)).rejects.toMatchObject({ code: "not-signed-in" });
    const after = await Promise.all(opened.map((_, i) => accountOfWeChat(`o-many-${i}`)));
    expect(after.filter((accountNo) => opened.includes(accountNo))).toEqual([]);
  });
});
