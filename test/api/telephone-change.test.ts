import { describe, expect, test, vi } from "vitest";
import { faceTicket } from "../../local/face.ts";
import { day } from "../../shared/day.ts";
import { contactGoodForDays, mustAskContact } from "../../shared/person.ts";
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
  historyOf,
  isProven,
  lookedAt,
  newCode,
  onRecord,
  opensCounter,
  other,
  seen,
} from "./proof-steps.ts";

opensCounter();

describe("another telephone", () => {
  test("a person who was looked at changes it; both numbers are told, the day is kept, and proofs go to the new number", async () => {
    const one = await lookedAt();
    const telephone = aTelephone();
    const [before, now] = [one.telephone, telephone].map((number) => `*********${number.slice(-2)}`);
    const code = await newCode(one.call, telephone);
    made.turn("2025-11-21");
    const changed = await one.call("proof.telephone", { body: { telephone, code } });
    made.turn("2025-11-20");
    const told = { before: true, now: true };
    expect(changed).toEqual({ telephone: now, confirmedOn: "2025-11-21", told, waitsUntil: null });
    for (const number of [one.telephone, telephone]) {
      expect(made.textsTo(number)[0]).toContain(`更换为${now}`);
      expect(made.textsTo(number)[0]).not.toContain(telephone);
    }
    expect(await onRecord(one.person)).toBe(telephone);
    expect(await historyOf(one.person)).toMatchObject([
      { what: "telephone-changed", on: "2025-11-21", before, telephone: now },
    ]);
    const second = await made.signIn(one.person);
    await made.prove(second.call, { ...one.person, telephone });
    expect(await isProven(second.call)).toBe(true);
  });

  test("a proof code that went to the number before is worth nothing after the change", async () => {
    const one = await lookedAt();
    const phone = aTelephone();
    const second = await made.signIn(one.person, phone);
    await second.call("proof.send-code");
    const old = made.codeSentTo(one.telephone);
    const telephone = aTelephone();
    await one.call("proof.telephone", { body: { telephone, code: await newCode(one.call, telephone) } });
    expect(await refusal(second.call("proof.prove", byTelephone(old, one.person)))).toBe("not-signed-in");
    const again = await made.signIn(one.person, phone);
    expect(await refusal(again.call("proof.prove", byTelephone(old, one.person)))).toBe("code-used-up");
  });

  test("only a proven session; not to the number on record; not with a code for another number or another person", async () => {
    const [one, two] = [await lookedAt(), await lookedAt()];
    const [telephone, another] = [aTelephone(), aTelephone()];
    const unproven = await made.signIn(one.person);
    const body = { telephone, code: "123456" };
    expect(await refusal(unproven.call("proof.telephone-code", { body: { telephone } }))).toBe("proof-needed");
    expect(await refusal(unproven.call("proof.telephone", { body }))).toBe("proof-needed");
    expect(await refusal(one.call("proof.telephone-code", { body: { telephone: one.telephone } }))).toBe(
      "same-telephone",
    );
    const code = await newCode(one.call, telephone);
    expect(await refusal(one.call("proof.telephone", { body: { telephone: another, code } }))).toBe("code-used-up");
    expect(await refusal(two.call("proof.telephone", { body: { telephone, code } }))).toBe("code-used-up");
    expect(await onRecord(one.person)).toBe(one.telephone);
  });

  test("wrong code five times changes nothing", async () => {
    const one = await lookedAt();
    const telephone = aTelephone();
    const code = await newCode(one.call, telephone);
    for (let i = 0; i < 5; i++)
      expect(await refusal(one.call("proof.telephone", { body: { telephone, code: other(code) } }))).toBe("code-wrong");
    expect(await refusal(one.call("proof.telephone", { body: { telephone, code } }))).toBe("code-used-up");
    expect(await onRecord(one.person)).toBe(one.telephone);
    expect(await historyOf(one.person)).toEqual([]);
  });

  test("the same change again is answered and changes nothing", async () => {
    const one = await lookedAt();
    const telephone = aTelephone();
    const body = { telephone, code: await newCode(one.call, telephone) };
    const { confirmedOn } = await one.call("proof.telephone", { body });
    expect(await one.call("proof.telephone", { body })).toMatchObject({ confirmedOn, told: { now: false } });
    expect(await historyOf(one.person)).toHaveLength(1);
  });

  test("every other session of the person's accounts ends, the one that changed it goes on", async () => {
    const one = await lookedAt();
    const [other, telephone] = [await made.signIn(one.person), aTelephone()];
    const changing = one.call("proof.telephone", { body: { telephone, code: await newCode(one.call, telephone) } });
    // What else this phone asks in that moment is answered.
    let isDone = false;
    void changing.then(() => (isDone = true));
    const ask = async () => {
      for (let i = 0; i < 15 && !isDone; i++) expect(await refusal(one.call("residents.me"))).toBe("");
    };
    await Promise.all(Array.from({ length: 7 }, ask));
    await changing;
    expect(await refusal(other.call("residents.me"))).toBe("not-signed-in");
    expect(await refusal(made.anyone("sign-in.refresh", { body: { refreshToken: other.refreshToken } }))).toBe(
      "not-signed-in",
    );
    expect(await isProven(one.call)).toBe(true);
    await made.anyone("sign-in.refresh", { body: { refreshToken: one.refreshToken } });
  });

  test("a code changes the telephone once: after a change back it is used up", async () => {
    const one = await bound();
    const [telephone, phone] = [aTelephone(), aTelephone()];
    const signedIn = async () => {
      const { call } = await made.signIn(one.person, phone);
      await call("proof.prove", byFace(faceTicket(one.person.identityNumber)));
      return call;
    };
    const call = await signedIn();
    const body = { telephone, code: await newCode(call, telephone) };
    await call("proof.telephone", { body });
    await counter("counter.telephone", { ...at(one.person), body: { ...seen, telephone: one.telephone } });
    expect(await refusal(call("proof.telephone", { body }))).toBe("not-signed-in");
    expect(await refusal((await signedIn())("proof.telephone", { body }))).toBe("code-used-up");
    expect(await onRecord(one.person)).toBe(one.telephone);
  });

  test("changes in the same moment follow each other or are refused; the history tells what is on record", async () => {
    const one = await lookedAt();
    const telephones = [aTelephone(), aTelephone(), aTelephone()];
    const bodies = await Promise.all(
      telephones.map(async (telephone) => ({ telephone, code: await newCode(one.call, telephone) })),
    );
    const told = await Promise.all(bodies.map((body) => refusal(one.call("proof.telephone", { body }))));
    expect(told.every((code) => code === "" || code === "try-again")).toBe(true);
    const changes = await historyOf(one.person);
    expect(changes).toHaveLength(count(told, ""));
    const masked = new Set(changes.map((change) => change.telephone));
    expect(changes.filter(({ before }) => !masked.has(before))).toHaveLength(1);
    expect(telephones).toContain(await onRecord(one.person));
    // Whoever was refused may try again with the same code.
    const again = bodies.find((_, i) => told[i] === "try-again");
    if (again) expect((await one.call("proof.telephone", { body: again })).confirmedOn).toBe("2025-11-20");
  });

  test("nobody learns whether a telephone is somebody's", async () => {
    const one = await lookedAt();
    const known = aTelephone();
    await made.signIn(null, known);
    const answers = [known, aTelephone()].map((telephone) => one.call("proof.telephone-code", { body: { telephone } }));
    const [ofKnown, ofNew] = await Promise.all(answers);
    expect(ofKnown).toEqual(ofNew);
  });

  test("a sixth code to new numbers in an hour, and a twenty-first to one number whoever asks", async () => {
    const one = await lookedAt();
    for (let i = 0; i < 5; i++) await one.call("proof.telephone-code", { body: { telephone: aTelephone() } });
    expect(await refusal(one.call("proof.telephone-code", { body: { telephone: aTelephone() } }))).toBe("paused");
    const telephone = aTelephone();
    for (let i = 0; i < 20; i++) await made.anyone("sign-in.send-code", { body: { telephone } });
    const two = await lookedAt();
    expect(await refusal(two.call("proof.telephone-code", { body: { telephone } }))).toBe("paused");
  });

  test("where the notice cannot be sent the change stands, and the answer says so", async () => {
    const one = await lookedAt();
    const telephone = aTelephone();
    const code = await newCode(one.call, telephone);
    vi.stubEnv("SMS_TELEPHONE_TEMPLATE", "");
    try {
      const { told } = await one.call("proof.telephone", { body: { telephone, code } });
      expect(told).toEqual({ before: false, now: false });
    } finally {
      vi.unstubAllEnvs();
    }
    expect(await onRecord(one.person)).toBe(telephone);
  });
});

describe("is this still your number?", () => {
  test.each([
    [null, null, true, "none on record"],
    ["*********01", null, true, "never confirmed"],
    ["*********01", "2025-11-20", false, "confirmed today"],
    ["*********01", "2024-11-20", false, "confirmed 365 days ago"],
    ["*********01", "2024-11-19", true, "confirmed 366 days ago"],
  ] as const)("%s, %s: %s, %s", (telephone, confirmedOn, ask, _) => {
    expect(contactGoodForDays).toBe(365);
    expect(mustAskContact(telephone, confirmedOn && day(confirmedOn), day("2025-11-20"))).toBe(ask);
  });

  test("a yes is kept with its day; a second one on that day changes nothing; a year later it is asked again", async () => {
    const one = await bound();
    const { code } = await counter("counter.code", at(one.person));
    await one.call("proof.prove", byCounter(code));
    expect((await one.call("residents.me")).contact).toMatchObject({ confirmedOn: null, ask: true });
    const [first] = await Promise.all([one.call("proof.contact"), refusal(one.call("proof.contact"))]);
    expect(await one.call("proof.contact")).toEqual(first);
    expect((await one.call("residents.me")).contact).toMatchObject({ confirmedOn: "2025-11-20", ask: false });
    made.turn("2026-11-21");
    expect((await one.call("residents.me")).contact).toMatchObject({ ask: true });
    made.turn("2025-11-20");
    const kept = await historyOf(one.person);
    expect(kept.at(-1)).toMatchObject({ what: "telephone-confirmed", on: "2025-11-20" });
  });
});
