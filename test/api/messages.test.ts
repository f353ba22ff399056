import { describe, expect, onTestFinished, test } from "vitest";
import { db } from "../../functions/db.ts";
import { handler as send } from "../../functions/messages/send.ts";
import { tell } from "../../functions/messages/store.ts";
import { handler as consume } from "../../functions/outbox/consume.ts";
import type { Resident } from "../../local/county/people.ts";
import { faceTicket } from "../../local/face.ts";
import { streamEvent } from "../../local/outbox.ts";
import { day } from "../../shared/day.ts";
import type { Fact } from "../../shared/messages.ts";
import { injectFaults } from "../world/faults.ts";
import { made, opens, places, turnsBack } from "../world/opening.ts";
import { refusal } from "../world/world.ts";
import { bound, clock, delivered, heard, longAgo, noon, pay, telephoneOf, textsOf, waiting } from "./messages-steps.ts";
import { reviewed } from "./newborn-steps.ts";

opens(places);
turnsBack();

describe("what happened is told", () => {
  test("who was enrolled reads it in the inbox at once and by SMS; the payer of another does not", async () => {
    clock(noon);
    const [payer, other] = [await bound(), await bound({ name: "钱多多" })];
    await pay(payer, other.person);
    await delivered();
    const inbox = await other.call("messages.inbox");
    const told = "钱*多已参加2026年度居民医保，缴费400.00元，待遇从2026年1月1日开始。";
    expect(inbox).toMatchObject({
      unread: 1,
      messages: [{ about: "enrolled", name: "钱*多", self: true, title: "已经参保", text: told, read: false }],
    });
    expect(made.textsTo(other.telephone).filter((one) => one.endsWith(told))).toHaveLength(1);
    expect(await textsOf(payer)).toEqual([]);
  });

  test("fully subsidised: told without an amount to pay", async () => {
    clock(noon);
    const poor = await bound({ identities: [{ kind: "minimum-living", from: day("2022-11-03"), until: null }] });
    await pay(poor, poor.person, "0.00");
    await heard();
    expect((await textsOf(poor))[0]).toContain("已获资助，个人不用缴");
  });

  test("refunded: told, and that the money goes back the way it came", async () => {
    clock(noon);
    const payer = await bound();
    const orderNo = await pay(payer, payer.person);
    const { refundNo } = await payer.call("refunds.request", { body: { orderNo, line: 0, reason: "wrong-payment" } });
    const officer = await made.officer("messages-refunds", "370611001", ["refunds"]);
    await officer("refunds-agency.decide", { params: { refundNo }, body: { approve: true, reason: "情况属实" } });
    await heard();
    expect(await textsOf(payer)).toContainEqual("张*2026年度居民医保的参保已取消，400.00元按原路退回。");
  });

  test("asked for consent, and answered: the one who is asked, then the one who asked", async () => {
    clock(noon);
    const [asker, mother] = [await bound({ name: "周到" }), await bound({ name: "吴妈妈" })];
    const { name, identityNumber } = mother.person;
    const body = { requestNo: "messages-tie", name, identityNumber, relationship: "parent" as const };
    const { tieNo } = await asker.call("family.ask", { body });
    await heard();
    expect(await textsOf(mother)).toEqual(["周*想把吴*妈加为医保亲情账户成员，请您答复；不认识的人请不要同意。"]);
    await mother.call("family.answer", { params: { tieNo }, body: { agree: true } });
    await mother.call("family.answer", { params: { tieNo }, body: { agree: true } });
    await delivered();
    const own = (await asker.call("messages.inbox")).messages.filter((one) => one.self);
    expect(own.map((one) => one.text)).toEqual(["周*：吴*妈已加入您的医保亲情账户。"]);
    expect(made.textsTo(asker.telephone)[0]).toContain("吴*妈已加入");
  });

  test("telephone changed and identity number put in: told inside only, for their own messages have gone out", async () => {
    clock(noon);
    const { call, person, telephone } = await bound();
    const newborn = {
      requestNo: "messages-newborn",
      name: "小宝",
      sex: "female" as const,
      bornOn: day("2025-11-02"),
      birthCertificate: "Y370000123",
      commitment: true,
    };
    const { tieNo } = await call("family.newborn", { body: newborn });
    await reviewed(tieNo);
    await longAgo(person);
    await call("proof.prove", { body: { way: "face", ticket: faceTicket(person.identityNumber) } });
    await delivered();
    const changed = telephoneOf();
    await call("proof.telephone-code", { body: { telephone: changed } });
    await call("proof.telephone", { body: { telephone: changed, code: made.codeSentTo(changed) } });
    const registered = await made.enlist({
      household: person.household,
      bornOn: day("2025-11-02"),
      coverBefore: [],
      name: "小宝",
    });
    const before = made.textsTo(changed).length + made.textsTo(telephone).length;
    const { name, identityNumber } = registered;
    await call("family.identity-number", { params: { tieNo }, body: { name, identityNumber } });
    await delivered();
    const { messages } = await call("messages.inbox");
    expect(messages.map((one) => [one.about, one.self]).sort()).toEqual([
      ["identified", false],
      ["telephone-changed", true],
      // The face that let it change at once.
      ["ways-changed", true],
    ]);
    expect(made.textsTo(changed).length + made.textsTo(telephone).length).toBe(before);
  });

  test("a happening that comes twice, late and among others, with writes that fail, is one message and one SMS", async () => {
    clock(noon);
    const payer = await bound();
    await heard();
    await pay(payer, payer.person);
    const items = await waiting();
    expect(items.length).toBeGreaterThan(0);
    const weather = injectFaults(db, { lostReply: 0.3, duplicate: 0.2, throttle: 0.1 }, "messages");
    onTestFinished(() => void weather.stop());
    for (let i = 0; i < 6; i++) await consume(streamEvent(items));
    weather.stop();
    await consume(streamEvent(items));
    await Promise.all([send(), send(), send()]);
    await consume(streamEvent(items));
    await delivered();
    expect(await textsOf(payer)).toHaveLength(1);
    expect(made.textsTo(payer.telephone).filter((one) => one.includes("已参加2026"))).toHaveLength(1);
    expect(weather.made.lostReply + weather.made.duplicate).toBeGreaterThan(2);
  });
});

describe("who is told, and how", () => {
  /** Signed in by WeChat, and their number there. */
  async function byWeChat(facts: Partial<Resident> = {}) {
    const person = await made.enlist({ telephone: telephoneOf(), ...facts });
    const { accessToken } = await made.anyone("sign-in.wechat", { body: { code: `demo-messages${telephoneOf()}` } });
    const call = made.as(accessToken);
    await call("residents.bind", { body: { name: person.name, identityNumber: person.identityNumber } });
    await made.prove(call, person);
    await longAgo(person);
    return { person, telephone: person.telephone!, call };
  }
  const told = (personNo: string, fact: Partial<Fact> = {}) =>
    tell(
      personNo,
      { about: "cover-starts", benefitYear: 2026, from: day("2026-01-01"), until: day("2026-12-31"), ...fact } as Fact,
      day("2026-01-01"),
    );
  const noticesTo = (telephone: string) => made.textsTo(telephone).filter((one) => one.includes("待遇已从"));

  test("by WeChat where somebody signed in there; not by SMS too", async () => {
    clock(noon);
    const { person, telephone } = await byWeChat({ name: "郑微信" });
    await told(person.personNo);
    await delivered();
    expect(made.subscribed.messages[0]?.places).toEqual(["待遇开始", "郑*信", "2026年度，到2026年12月31日"]);
    expect(noticesTo(telephone)).toEqual([]);
  });

  test("by SMS where WeChat says that the user does not want it, or its switch is off; by neither where both are", async () => {
    clock(noon);
    const [refuses, off, silent] = [await byWeChat(), await byWeChat(), await byWeChat()];
    await told(refuses.person.personNo, { benefitYear: 2025 });
    await delivered();
    made.subscribed.refusing.add(made.subscribed.messages[0]!.openId);
    expect(await off.call("messages.settings")).toMatchObject({
      inApp: true,
      wechat: true,
      sms: true,
      wechatPossible: true,
    });
    await off.call("messages.set", { body: { wechat: false, sms: true } });
    await silent.call("messages.set", { body: { wechat: false, sms: false } });
    const before = made.subscribed.messages.length;
    for (const one of [refuses, off, silent]) await told(one.person.personNo);
    await delivered();
    expect(made.subscribed.messages).toHaveLength(before);
    expect([refuses, off, silent].map((one) => noticesTo(one.telephone).length)).toEqual([1, 1, 0]);
    expect((await silent.call("messages.inbox")).messages).toHaveLength(1);
  });

  test("the guardian is told of a child, and reads it after a second proof; nobody else does", async () => {
    clock(noon);
    const guardian = await bound();
    const { household } = guardian.person;
    const child = await made.enlist({ household, bornOn: day("2018-05-01"), name: "小明明" });
    const { name, identityNumber } = child;
    const asked = { requestNo: "messages-child", name, identityNumber, relationship: "child" as const };
    await guardian.call("family.ask", { body: { ...asked, proof: { kind: "household" }, commitment: true } });
    await told(child.personNo);
    await delivered();
    expect(noticesTo(guardian.telephone)).toHaveLength(1);
    const { messages } = await guardian.call("messages.inbox");
    expect(messages.map((one) => [one.name, one.self])).toEqual([["小*明", false]]);
    const params = { messageNo: messages[0]!.messageNo };
    const [unproven, stranger] = [await made.signIn(guardian.person), await bound()];
    expect(await refusal(unproven.call("messages.inbox"))).toBe("proof-needed");
    expect(await refusal(unproven.call("messages.read", { params }))).toBe("proof-needed");
    await longAgo(guardian.person);
    expect(await refusal(stranger.call("messages.read", { params }))).toBe("not-found");
    await guardian.call("messages.read", { params });
    await guardian.call("messages.read", { params });
    expect(await guardian.call("messages.inbox")).toMatchObject({ unread: 0, messages: [{ read: true }] });
  });

  test("somebody who never signed in is told by the telephone on record; a dead person is not", async () => {
    clock(noon);
    const [grandmother, dead] = [
      await made.enlist({ telephone: telephoneOf() }),
      await made.enlist({ telephone: telephoneOf(), diedOn: day("2025-10-01") }),
    ];
    for (const one of [grandmother, dead]) await told(one.personNo);
    await delivered();
    expect([grandmother, dead].map((one) => noticesTo(one.telephone!).length)).toEqual([1, 0]);
  });

  test("what cannot be sent is tried again, and given up after three times; inside it stays", async () => {
    clock(noon);
    const person = await bound();
    const endpoint = process.env.SMS_ENDPOINT;
    process.env.SMS_ENDPOINT = "127.0.0.1:9";
    onTestFinished(() => {
      process.env.SMS_ENDPOINT = endpoint;
    });
    await heard();
    await delivered();
    await told(person.person.personNo);
    expect(await send()).toEqual({ sent: 0, again: 1 });
    expect(await send()).toEqual({ sent: 0, again: 0 });
    clock(noon + 6 * 60_000);
    expect(await send()).toEqual({ sent: 0, again: 1 });
    clock(noon + 30 * 60_000);
    await send();
    process.env.SMS_ENDPOINT = endpoint;
    clock(noon + 120 * 60_000);
    expect(await send()).toEqual({ sent: 0, again: 0 });
    expect(await refusal(person.call("messages.settings"))).toBe("session-expired");
    clock(noon);
    expect(await textsOf(person)).toHaveLength(1);
  });
});
