import { describe, expect, test, vi } from "vitest";
import { residentOf } from "../../functions/callers/sessions.ts";
import { key } from "../../functions/key.ts";
import { personPage } from "../../functions/people/page.ts";
import { telephonePlace } from "../../functions/people/profile.ts";
import { type Bound, codeAbout } from "../../functions/proof/store.ts";
import { seal } from "../../functions/sealing.ts";
import { codePlace } from "../../functions/sign-in/codes.ts";
import { handler as takeEffect } from "../../functions/telephone/take-effect.ts";
import { askChange, takeEffect as carryOut, stopChange, waitingChange } from "../../functions/telephone/waiting.ts";
import { toRemove, toUpdate, write } from "../../functions/write.ts";
import { faceTicket } from "../../local/face.ts";
import type { Call } from "../../shared/api/client.ts";
import { day } from "../../shared/day.ts";
import { later, made, turnsBack } from "../world/opening.ts";
import { refusal } from "../world/world.ts";
import { heard } from "./messages-steps.ts";
import {
  aTelephone,
  at,
  bound,
  byFace,
  count,
  counter,
  historyOf,
  newCode,
  onRecord,
  opensCounter,
  proven,
  seen,
} from "./proof-steps.ts";

opensCounter();
turnsBack();

const minute = 60_000;
const wait = 72 * 60;
const masked = (telephone: string) => `*********${telephone.slice(-2)}`;
const waitingAt = async (call: Call) => (await call("residents.me")).telephoneChanges;
const stop = (call: Call, changeNo: string) => refusal(call("proof.stop-telephone", { body: { changeNo } }));
const ran = () => takeEffect();

/** Somebody whose telephone waits to be changed. */
async function waiting(telephone = aTelephone()) {
  const one = await proven();
  const body = { telephone, code: await newCode(one.call, telephone) };
  const from = Date.now();
  const asked = await one.call("proof.telephone", { body });
  const [change] = await waitingAt(one.call);
  return { ...one, before: one.telephone, telephone, body, asked, from, changeNo: change?.changeNo ?? "" };
}

describe("a change of telephone for which only a telephone stood", () => {
  test("waits 72 hours after both numbers were told; the telephone on record stays meanwhile", async () => {
    const one = await waiting();
    const { waitsUntil, ...asked } = one.asked;
    expect(asked).toEqual({ telephone: masked(one.telephone), confirmedOn: null, told: { before: true, now: true } });
    expect(waitsUntil).toBeGreaterThanOrEqual(one.from + wait * minute);
    expect(waitsUntil).toBeLessThanOrEqual(Date.now() + wait * minute);
    for (const number of [one.before, one.telephone]) {
      expect(made.textsTo(number)[0]).toContain(`换成${masked(one.telephone)}，72小时后生效`);
      expect(made.textsTo(number)[0]).not.toContain(one.telephone);
    }
    expect(await onRecord(one.person)).toBe(one.before);
    expect(await waitingAt(one.call)).toMatchObject([{ telephone: masked(one.telephone), effectiveAt: waitsUntil }]);
    expect(await historyOf(one.person)).toMatchObject([
      { what: "telephone-change-asked", telephone: masked(one.telephone) },
    ]);
    await heard();
    expect((await one.call("messages.inbox")).messages.map(({ about }) => about)).toContain("telephone-waits");
  });

  test("the telephones that the person's accounts sign in with are told too", async () => {
    const one = await proven();
    const [phone, telephone] = [aTelephone(), aTelephone()];
    await made.signIn(one.person, phone);
    await one.call("proof.telephone", { body: { telephone, code: await newCode(one.call, telephone) } });
    expect(made.textsTo(phone)[0]).toContain("72小时后生效");
  });

  test("not before: a minute earlier nothing has changed", async () => {
    const one = await waiting();
    const change = await waitingChange(one.person.personNo);
    await later(wait - 1, async () => {
      await ran();
      expect(await carryOut(change!)).toBeNull();
    });
    expect(await onRecord(one.person)).toBe(one.before);
    expect(await waitingAt(one.call)).toHaveLength(1);
  });

  test("carried out after 72 hours: both numbers are told, and every session ends, the asker's too", async () => {
    const one = await waiting();
    const other = await made.signIn(one.person);
    await later(wait + 1, async () => {
      expect((await ran()).changed).toBeGreaterThan(0);
      expect(await onRecord(one.person)).toBe(one.telephone);
      for (const number of [one.before, one.telephone])
        expect(made.textsTo(number)[0]).toContain(`更换为${masked(one.telephone)}`);
      for (const { refreshToken } of [one, other])
        expect(await refusal(made.anyone("sign-in.refresh", { body: { refreshToken } }))).toBe("not-signed-in");
      const again = await made.signIn(one.person);
      expect(await waitingAt(again.call)).toEqual([]);
      expect(await stop((await made.signIn(one.person, one.before)).call, one.changeNo)).toBe("telephone-change-over");
    });
    expect(await historyOf(one.person)).toMatchObject([
      { what: "telephone-change-asked" },
      { what: "telephone-changed", before: masked(one.before), telephone: masked(one.telephone) },
    ]);
  });

  test("twice: called again, or at the same moment, it changes the telephone once", async () => {
    const one = await waiting();
    await later(wait + 1, async () => {
      const runs = await Promise.all([ran(), ran(), ran()]);
      expect(runs.reduce((sum, { changed }) => sum + changed, 0)).toBe(1);
      expect(await ran()).toEqual({ changed: 0 });
    });
    const changes = (await historyOf(one.person)).map(({ what }) => String(what));
    expect(count(changes, "telephone-changed")).toBe(1);
  });

  test("asked twice it is one wait, no longer and no shorter; another number is refused while it waits", async () => {
    const one = await waiting();
    const texts = made.textsTo(one.before).length;
    expect(await one.call("proof.telephone", { body: one.body })).toMatchObject({ waitsUntil: one.asked.waitsUntil });
    expect(made.textsTo(one.before)).toHaveLength(texts);
    const telephone = aTelephone();
    const body = { telephone, code: await newCode(one.call, telephone) };
    expect(await refusal(one.call("proof.telephone", { body }))).toBe("telephone-change-waiting");
    expect(await waitingAt(one.call)).toMatchObject([{ changeNo: one.changeNo, telephone: masked(one.telephone) }]);
  });

  test("two numbers at the same moment: one of them waits", async () => {
    const one = await proven();
    const bodies = [];
    for (const telephone of [aTelephone(), aTelephone()])
      bodies.push({ telephone, code: await newCode(one.call, telephone) });
    const told = await Promise.all(bodies.map((body) => refusal(one.call("proof.telephone", { body }))));
    expect(told.sort()).toEqual(["", "telephone-change-waiting"]);
    expect(await waitingAt(one.call)).toHaveLength(1);
  });

  test("where the number on record cannot be told, nothing begins to wait", async () => {
    const one = await proven();
    const telephone = aTelephone();
    const body = { telephone, code: await newCode(one.call, telephone) };
    for (const [name, value, code] of [
      ["SMS_MESSAGE_TEMPLATES", "{}", "way-not-offered"],
      ["SMS_ENDPOINT", "127.0.0.1:9", "sms-not-sent"],
    ] as const) {
      vi.stubEnv(name, value);
      try {
        expect(await refusal(one.call("proof.telephone", { body })), name).toBe(code);
      } finally {
        vi.unstubAllEnvs();
      }
    }
    expect(await waitingAt(one.call)).toEqual([]);
    expect((await one.call("proof.telephone", { body })).waitsUntil).not.toBeNull();
  });
});

describe("a waiting telephone change stopped", () => {
  async function stoppedBy(of: (one: Awaited<ReturnType<typeof waiting>>) => Promise<Call>, isShown = true) {
    const one = await waiting();
    const call = await of(one);
    const telephone = isShown ? masked(one.telephone) : null;
    expect(await waitingAt(call)).toMatchObject([{ changeNo: one.changeNo, telephone }]);
    expect(await stop(call, one.changeNo)).toBe("");
    expect(await waitingAt(call)).toEqual([]);
    await later(wait + 1, async () => void (await ran()));
    expect(await onRecord(one.person)).toBe(one.before);
    expect(await historyOf(one.person)).toMatchObject([
      { what: "telephone-change-asked" },
      { what: "telephone-change-stopped", telephone: masked(one.telephone) },
    ]);
    return { ...one, stopper: call };
  }

  test("a waiting telephone change stopped by the old number, bound to nobody", async () => {
    const { stopper } = await stoppedBy(async ({ before }) => (await made.signIn(null, before)).call);
    expect((await stopper("residents.me")).person).toBeNull();
  });

  test("stopped by the new", async () => {
    await stoppedBy(async ({ telephone }) => (await made.signIn(null, telephone)).call);
  });

  test("stopped by another account of the person, without any proof, and unshown to which number; the person is told", async () => {
    const one = await stoppedBy(async ({ person }) => (await made.signIn(person)).call, false);
    await heard();
    expect((await one.call("messages.inbox")).messages.map(({ about }) => about)).toContain("telephone-stays");
    // Stopped again it is stopped; asked anew it waits anew.
    expect(await stop(one.call, one.changeNo)).toBe("");
    const asked = { body: { ...one.body, code: await newCode(one.call, one.telephone) } };
    expect((await one.call("proof.telephone", asked)).waitsUntil).not.toBeNull();
    expect(await stop(one.call, one.changeNo)).toBe("telephone-change-over");
    expect(await waitingAt(one.call)).toHaveLength(1);
  });

  test("nobody else stops it, nor sees it: not who knows its number, not the holder of a number of an earlier change", async () => {
    const one = await waiting();
    const strangers = [await proven(), await made.signIn(null)];
    for (const { call } of strangers) {
      expect(await waitingAt(call)).toEqual([]);
      expect(await stop(call, one.changeNo)).toBe("telephone-change-over");
    }
    expect(await stop(one.call, one.changeNo)).toBe("");
    const telephone = aTelephone();
    await one.call("proof.telephone", { body: { telephone, code: await newCode(one.call, telephone) } });
    const [second] = await waitingAt(one.call);
    const earlier = await made.signIn(null, one.telephone);
    expect(await waitingAt(earlier.call)).toEqual([]);
    expect(await stop(earlier.call, second!.changeNo)).toBe("telephone-change-over");
    expect(await waitingAt(one.call)).toHaveLength(1);
  });

  test("bad input: a number of a change that is none", async () => {
    const one = await waiting();
    for (const changeNo of ["", "0", `${one.changeNo}0`, one.changeNo.toUpperCase().padStart(13, "A"), "..", "’"])
      expect(await stop(one.call, changeNo), changeNo).toBe("malformed");
    expect(await stop(one.call, "000000000000")).toBe("telephone-change-over");
    const { personNo } = one.person;
    const stopping = stopChange(personNo, { accountNo: "" }, "000000000000");
    await expect(stopping).rejects.toMatchObject({ code: "telephone-change-over" });
    expect(await waitingChange(personNo)).not.toBeNull();
  });

  test("in the moment when it takes effect: it is stopped, or it is done, and whoever stops is told so", async () => {
    const people: Awaited<ReturnType<typeof waiting>>[] = [];
    for (let i = 0; i < 12; i++) people.push(await waiting());
    const changes = await Promise.all(people.map(({ person }) => waitingChange(person.personNo)));
    await later(wait + 1, async () => {
      await Promise.all(
        people.map(async ({ person, before, telephone, changeNo }, i) => {
          const done = carryOut(changes[i]!).catch(() => null);
          await new Promise((resolve) => setTimeout(resolve, i));
          const stopped = await stopChange(person.personNo, { accountNo: "" }, changeNo).then(
            () => true,
            () => false,
          );
          expect((await done) === null, "done or stopped").toBe(stopped);
          expect(await onRecord(person)).toBe(stopped ? before : telephone);
        }),
      );
    });
  });
});

type Asker = Awaited<ReturnType<typeof proven>>;

describe("what comes in between", () => {
  const comesToNothing = async (
    one: Awaited<ReturnType<typeof waiting>>,
    onRecordThen = one.before,
    changes = onRecordThen === one.before ? 0 : 1,
  ) => {
    await later(wait + 1, async () => void (await ran()));
    expect(await onRecord(one.person)).toBe(onRecordThen);
    expect((await historyOf(one.person)).filter(({ what }) => what === "telephone-changed").length).toBe(changes);
  };

  test("after the account was recovered in between nothing takes effect", async () => {
    const one = await waiting();
    await counter("counter.recover", at(one.person));
    expect((await historyOf(one.person)).map(({ what }) => what)).toContain("telephone-change-stopped");
    expect(await waitingAt((await made.signIn(one.person)).call)).toEqual([]);
    await comesToNothing(one);
  });

  test("nor where only the account that asked was closed", async () => {
    const one = await waiting();
    const { accountNo } = (await historyOf(one.person))[0]!;
    await write(toUpdate(key.account(String(accountNo)), { set: { personNo: null, closedAt: Date.now() } }));
    await comesToNothing(one);
    expect(await waitingAt((await made.signIn(one.person)).call)).toEqual([]);
  });

  test("nothing is asked for where another telephone came on record since the request was let in", async () => {
    const one = await proven();
    const { profile } = await personPage(one.person.personNo);
    await counter("counter.telephone", { ...at(one.person), body: { ...seen, telephone: aTelephone() } });
    const again = await residentOf((await made.signIn(one.person)).token);
    const used = toRemove(key.telephoneChange("nobody"));
    await expect(askChange(profile, aTelephone(), again.account, used)).rejects.toMatchObject({ code: "try-again" });
    expect(await waitingChange(one.person.personNo)).toBeNull();
  });

  test("nor where another telephone came on record in any other way", async () => {
    const one = await waiting();
    const another = aTelephone();
    const { personNo } = one.person;
    const telephoneSealed = await seal(another, telephonePlace(personNo));
    await write(toUpdate(key.person(personNo), { set: { telephoneSealed } }));
    await comesToNothing(one, another, 0);
  });

  test("nor after the person died", async () => {
    const one = await waiting();
    await write(toUpdate(key.person(one.person.personNo), { set: { diedOn: day("2025-11-20") } }));
    await comesToNothing(one);
  });

  test("a recovery, or a sign-out everywhere, since the request was let in: nothing begins to wait", async () => {
    const ends = {
      recovery: ({ person }: Asker) => counter("counter.recover", at(person)),
      "sign-out": ({ call }: Asker) => call("sign-in.sign-out-account"),
    };
    for (const [name, end] of Object.entries(ends)) {
      const one = await proven();
      const resident = await residentOf(one.token);
      const { profile } = await personPage(one.person.personNo);
      const telephone = aTelephone();
      await newCode(one.call, telephone);
      await end(one);
      const used = toRemove(await codePlace("telephone", codeAbout(resident as Bound, telephone)));
      const asking = askChange(profile, telephone, resident.account, used);
      await expect(asking, name).rejects.toMatchObject({ code: "not-signed-in" });
      expect(await waitingAt((await made.signIn(one.person)).call), name).toEqual([]);
    }
  });

  test("a counter or a face changes or confirms it at once: what waited is over", async () => {
    const [one, two, three] = [await waiting(), await waiting(), await waiting()];
    const another = aTelephone();
    await counter("counter.telephone", { ...at(one.person), body: { ...seen, telephone: another } });
    await counter("counter.telephone", { ...at(two.person), body: { ...seen, telephone: two.before } });
    await three.call("proof.prove", byFace(faceTicket(three.person.identityNumber)));
    const code = await newCode(three.call, three.telephone);
    const changed = await three.call("proof.telephone", { body: { telephone: three.telephone, code } });
    expect(changed).toMatchObject({ waitsUntil: null, confirmedOn: "2025-11-20" });
    for (const { person } of [one, two, three]) expect(await waitingChange(person.personNo)).toBeNull();
    await comesToNothing(one, another);
    await comesToNothing(two);
    await comesToNothing(three, three.telephone);
  });

  test("a face an hour ago is no face: it is refused as too old, and waits after a telephone's proof", async () => {
    const one = await bound();
    await one.call("proof.prove", byFace(faceTicket(one.person.identityNumber)));
    await later(31, async () => {
      const { accessToken } = await made.anyone("sign-in.refresh", { body: { refreshToken: one.refreshToken } });
      const call = made.as(accessToken);
      const telephone = aTelephone();
      expect(await refusal(call("proof.telephone-code", { body: { telephone } }))).toBe("proof-too-old");
      await made.prove(call, one.person);
      const body = { telephone, code: await newCode(call, telephone) };
      expect((await call("proof.telephone", { body })).waitsUntil).not.toBeNull();
    });
    expect(await onRecord(one.person)).toBe(one.telephone);
  });
});
