import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { read } from "../../shared/credential/code.ts";
import { mostPhones } from "../../shared/credential/credential.ts";
import { day } from "../../shared/day.ts";
import { refusal } from "../world/world.ts";
import {
  type CodeWorld,
  codeWorld,
  decode,
  found,
  minutes,
  nextTelephone,
  registering,
  said,
  settling,
  today,
} from "./codes.ts";
import { newPhone } from "./phones.ts";

let it: CodeWorld;
beforeAll(async () => {
  it = await codeWorld();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the life of a credential", () => {
  test("opened after the second proof, several phones, each removable; the person is told of each change", async () => {
    const person = await it.made.enlist({ telephone: nextTelephone() });
    const { call } = await it.made.signIn(person);
    const phone = newPhone();
    expect(await refusal(phone.open(call))).toBe("proof-needed");
    await it.made.prove(call, person);
    expect((await call("credentials.mine", { query: {} })).state).toBe("not-opened");
    const kept = await phone.open(call);
    expect(kept).toMatchObject({ deviceNo: phone.deviceNo, credential: { state: "active", coverUntil: "2025-12-31" } });
    await phone.open(call);
    const second = newPhone();
    await second.open(call);
    const { phones, history } = await call("credentials.mine", { query: {} });
    expect(phones.map(({ deviceNo }) => deviceNo)).toEqual([phone.deviceNo, second.deviceNo]);
    expect(history.map(({ what }) => what)).toEqual(["phone-added", "opened"]);
    const removal = { params: { deviceNo: phone.deviceNo }, query: {} };
    expect((await call("credentials.remove-phone", removal)).phones).toHaveLength(1);
    expect((await call("credentials.remove-phone", removal)).history).toHaveLength(3);
  });

  test("at most five phones", async () => {
    const { call } = await it.holder();
    for (let i = 1; i < mostPhones; i++) await newPhone().open(call);
    expect(await refusal(newPhone().open(call))).toBe("phones-full");
  });

  test("a phone proves that it holds its key, and its clock is about right", async () => {
    const { call, phone } = await it.holder();
    const [mine, stranger] = [newPhone(), newPhone()];
    const body = { publicKey: Buffer.from(mine.signer.publicKey).toString("hex"), name: "手机", at: Date.now() };
    const signature = Buffer.from(stranger.signer.sign(new Uint8Array([1]))).toString("hex");
    expect(await refusal(call("credentials.open", { query: {}, body: { ...body, signature } }))).toBe(
      "phone-signature",
    );
    expect(await refusal(mine.open(call, undefined, Date.now() - minutes(11)))).toBe("phone-clock");
    expect(await refusal(phone.renew(call, undefined, Date.now() + minutes(11)))).toBe("phone-clock");
    expect(await refusal(stranger.renew(call))).toBe("phone-unknown");
    await phone.renew(call);
  });

  test("re-issue ends the old at once: every phone is out, and a repeat changes nothing", async () => {
    const { call, phone } = await it.holder();
    const body = { requestNo: `reissue-${nextTelephone()}` };
    expect(await call("credentials.reissue", { query: {}, body })).toMatchObject({ state: "active", phones: [] });
    const { history } = await call("credentials.reissue", { query: {}, body });
    expect(history.filter(({ what }) => what === "reissued")).toHaveLength(1);
    expect(said(await decode(it.hospital, phone.show(), settling))).toBe("code-revoked");
    expect(await refusal(phone.renew(call))).toBe("phone-unknown");
    await phone.open(call);
    expect(said(await decode(it.hospital, phone.show(), settling))).toBe("done");
  });

  test("closed stays closed until it is opened anew, under another pseudonym", async () => {
    const { call, phone } = await it.holder();
    const before = phone.show();
    expect((await call("credentials.close", { query: {} })).state).toBe("closed");
    expect(said(await decode(it.hospital, before, settling))).toBe("code-revoked");
    expect(await refusal(call("credentials.suspend", { query: {} }))).toBe("credential-state");
    await phone.open(call);
    const pseudonyms = [before, phone.show()].map((text) =>
      Buffer.from(read(text).statement.pseudonym).toString("hex"),
    );
    expect(pseudonyms[0]).not.toBe(pseudonyms[1]);
  });

  test("what an officer suspended only an officer gives back", async () => {
    const { person, call } = await it.holder();
    const { personNo } = person;
    const about = { params: { personNo }, body: { reason: "机构反映被盗用" } };
    expect(await it.officer("credentials-agency.hold", about)).toMatchObject({ state: "suspended", held: true });
    expect(await refusal(call("credentials.resume", { query: {} }))).toBe("credential-held");
    const reissue = { query: {}, body: { requestNo: `held-${nextTelephone()}` } };
    expect(await refusal(call("credentials.reissue", reissue))).toBe("credential-held");
    expect((await it.officer("credentials-agency.release", about)).state).toBe("active");
    const { history } = await call("credentials.mine", { query: {} });
    // Residents read neither the officer's name nor the officer's words.
    expect(history[0]).toMatchObject({ what: "restored", by: "officer", name: null, detail: "" });
  });

  test("a guardian opens for a dependant, who sees it and each showing; when the tie ends the phone is out", async () => {
    const { guardian, dependant, tieNo, phone } = await it.family();
    const { phones, history } = await dependant.call("credentials.mine", { query: {} });
    expect(phones).toMatchObject([{ deviceNo: phone.deviceNo, guardian: guardian.person.name }]);
    expect(history[0]).toMatchObject({ what: "opened", by: "guardian", name: guardian.person.name });
    const text = phone.show();
    const times = [Date.now() - 5, Date.now() - 5];
    const told = { body: { tie: tieNo, deviceNo: phone.deviceNo, times } };
    expect(await guardian.call("credentials.shown", told)).toEqual({ kept: 1 });
    expect(found(await decode(it.hospital, text, registering)).personName).toBe(dependant.person.name);
    const { uses, showings } = await dependant.call("credentials.uses", { query: {} });
    expect(uses).toMatchObject([{ purpose: "挂号", phone: "测试手机", offline: false, weak: false }]);
    expect(showings).toEqual([{ name: guardian.person.name, at: times[0] }]);
    const late = phone.show();
    await guardian.call("family.end", { params: { tieNo } });
    expect(said(await decode(it.hospital, late, registering))).toBe("code-revoked");
    expect(await refusal(phone.renew(guardian.call, tieNo))).toBe("member-not-agreed");
  });
});

describe("who used my code", () => {
  test("不是我: the credential is suspended at once and an officer looks into it, once", async () => {
    const { call, phone } = await it.holder();
    const { useNo } = found(await decode(it.hospital, phone.show(), settling));
    const about = { params: { useNo: useNo! }, query: {}, body: { words: "那天我不在" } };
    const { case: one, credential } = await call("credentials.not-mine", about);
    expect(one).toMatchObject({ kind: "not-mine", state: "filed", useNo, dueOn: "2025-11-30" });
    expect(credential.state).toBe("suspended");
    expect((await call("credentials.not-mine", about)).case.caseNo).toBe(one.caseNo);
    expect(said(await decode(it.hospital, phone.show(), settling))).toBe("code-revoked");
    const decision = { params: { caseNo: one.caseNo }, body: { uphold: true, reason: "监控显示不是本人" } };
    expect(await it.officer("credentials-agency.decide", decision)).toMatchObject({ state: "upheld" });
    expect((await it.officer("credentials-agency.decide", decision)).outcome?.by).toBe("credentials");
    const second = await it.made.officer("second", "370611", ["credentials"]);
    expect(await refusal(second("credentials-agency.decide", decision))).toBe("case-decided");
    const elsewhere = await it.made.officer("elsewhere", "370682", ["credentials"]);
    expect(await refusal(elsewhere("credentials-agency.decide", decision))).toBe("not-found");
    const { cases } = await call("credentials.uses", { query: {} });
    expect(cases[0]).toMatchObject({ state: "upheld", outcome: { reason: "监控显示不是本人" } });
  });
  test("somebody else's use is nobody's to doubt", async () => {
    const [one, two] = [await it.holder(), await it.holder()];
    const { useNo } = found(await decode(it.hospital, one.phone.show(), settling));
    const about = { params: { useNo: useNo! }, query: {}, body: {} };
    expect(await refusal(two.call("credentials.not-mine", about))).toBe("not-found");
  });
  test("officers look a person up, and what a provider read on a day; elsewhere they see nothing", async () => {
    const { person, phone } = await it.holder();
    const { useNo } = found(await decode(it.hospital, phone.show(), settling));
    const reason = "本人来电查询";
    const seen = await it.officer("credentials-agency.find", {
      body: { by: "identity-number", identityNumber: person.identityNumber, reason },
    });
    expect(seen).toMatchObject({
      personNo: person.personNo,
      credential: { state: "active" },
      uses: [{ useNo }],
      card: null,
    });
    const day1 = { params: { code: it.hospital.providerCode }, query: { on: day(today) } };
    const usage = await it.officer("credentials-agency.usage", day1);
    expect(usage.uses.map((one) => one.useNo)).toContain(useNo);
    expect(usage.counts.find(({ purpose }) => purpose === "结算")!.online).toBeGreaterThan(0);
    const elsewhere = await it.made.officer("elsewhere", "370682", ["credentials"]);
    expect((await elsewhere("credentials-agency.usage", day1)).uses).toEqual([]);
    const find = { body: { by: "person" as const, personNo: person.personNo, reason } };
    expect(await refusal(elsewhere("credentials-agency.find", find))).toBe("person-not-found");
  });
});
