import { QueryCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { partition, shards } from "../../functions/key.ts";
import { handler as remind } from "../../functions/messages/remind.ts";
import { handler as send } from "../../functions/messages/send.ts";
import { tell } from "../../functions/messages/store.ts";
import { handler as consume } from "../../functions/outbox/consume.ts";
import type { Resident } from "../../local/county/people.ts";
import { streamEvent } from "../../local/outbox.ts";
import { day } from "../../shared/day.ts";
import {
  aboutNames,
  calledBy,
  type Fact,
  filledIn,
  messageWords,
  noteOf,
  reminderStages,
  sendableAt,
  stageOf,
  wording,
} from "../../shared/messages.ts";
import { type Yuan, yuan } from "../../shared/money.ts";
import { injectFaults } from "../world/faults.ts";
import { refusal, unit, type World, world } from "../world/world.ts";

let made: World;
beforeAll(async () => {
  made = await world();
  await Promise.all([unit("370611", "福山区"), unit("370611001", "东河镇"), unit("370611001201", "杏林村")]);
});
/** Noon in Shanghai: nothing is kept from leaving. */
const noon = Date.parse("2026-11-23T12:00:00+08:00");
const clock = (at: number) => vi.useFakeTimers({ toFake: ["Date"], now: at });
let cleanUp: (() => unknown)[] = [];
afterEach(() => {
  for (const undo of cleanUp) undo();
  cleanUp = [];
  vi.useRealTimers();
  made.turn("2025-11-20");
});

let numbers = 0;
const telephoneOf = () => `1350${String(++numbers).padStart(7, "0")}`;
async function bound(facts: Partial<Resident> = {}) {
  const person = await made.enlist({ telephone: telephoneOf(), ...facts });
  return { person, telephone: person.telephone!, ...(await made.signIn(person)) };
}
const named = ({ name, identityNumber }: Resident) => ({
  whom: { who: "other" as const, name, identityNumber },
  benefitYear: 2026,
});

/** What waits in the outbox, as it lies there. */
async function waiting(): Promise<Record<string, unknown>[]> {
  const found = await Promise.all(
    Array.from({ length: shards }, (_, shard) =>
      db.send(
        new QueryCommand({
          TableName: config.mainTable(),
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": partition.outbox(shard) },
        }),
      ),
    ),
  );
  return found.flatMap(({ Items = [] }) => Items);
}
/** Everything that happened is heard of. */
async function heard(): Promise<void> {
  for (let items = await waiting(); items.length > 0; items = await waiting())
    for (let from = 0; from < items.length; from += 25) await consume(streamEvent(items.slice(from, from + 25)));
}
/** … and everything that may leave the system has left it. */
async function delivered(): Promise<void> {
  await heard();
  let last = await send();
  while (last.sent > 0) last = await send();
}

/** Pays for somebody; the sum is 400 unless told otherwise. */
async function pay(payer: Awaited<ReturnType<typeof bound>>, whom: Resident, expected = "400.00") {
  const body = { requestNo: `messages-${++numbers}`, lines: [named(whom)], expected };
  const { orderNo } = await payer.call("contributions.order", { body });
  if (expected !== "0.00") await made.tell(made.notice(orderNo, expected));
  return orderNo;
}
const textsOf = async ({ call }: Awaited<ReturnType<typeof bound>>) =>
  (await call("messages.inbox")).messages.map((one) => one.text);

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
      family: false,
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
    await made.prove(payer.call, payer.person);
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
    for (const one of [asker, mother]) await made.prove(one.call, one.person);
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
    await made.prove(call, person);
    const changed = telephoneOf();
    await call("proof.telephone-code", { body: { telephone: changed } });
    await call("proof.telephone", { body: { telephone: changed, code: made.codeSentTo(changed) } });
    const newborn = {
      requestNo: "messages-newborn",
      name: "小宝",
      sex: "female" as const,
      bornOn: day("2025-11-02"),
      birthCertificate: "Y370000123",
      commitment: true,
    };
    const { tieNo } = await call("family.newborn", { body: newborn });
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
    cleanUp.push(weather.stop);
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
  /** Signed in by WeChat, and his number there. */
  async function byWeChat(facts: Partial<Resident> = {}) {
    const person = await made.enlist({ telephone: telephoneOf(), ...facts });
    const { accessToken } = await made.anyone("sign-in.wechat", { body: { code: `demo-messages${++numbers}` } });
    const call = made.as(accessToken);
    await call("residents.bind", { body: { name: person.name, identityNumber: person.identityNumber } });
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
    await made.prove(guardian.call, guardian.person);
    const { household } = guardian.person;
    const child = await made.enlist({ household, bornOn: day("2018-05-01"), name: "小明明" });
    const { name, identityNumber } = child;
    const asked = { requestNo: "messages-child", name, identityNumber, relationship: "child" as const };
    await guardian.call("family.ask", { body: { ...asked, proof: { kind: "household" }, commitment: true } });
    await told(child.personNo);
    await delivered();
    expect(noticesTo(guardian.telephone)).toHaveLength(1);
    const { messages, family } = await guardian.call("messages.inbox");
    expect([family, messages.map((one) => [one.name, one.self])]).toEqual([true, [["小*明", false]]]);
    const params = { messageNo: messages[0]!.messageNo };
    const [unproven, stranger] = [await made.signIn(guardian.person), await bound()];
    expect((await unproven.call("messages.inbox")).messages).toEqual([]);
    expect(await refusal(unproven.call("messages.read", { params }))).toBe("not-found");
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
    cleanUp.push(() => {
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

describe("quiet hours", () => {
  test("at night a message is inside at once, and leaves at eight in the morning", async () => {
    const night = Date.parse("2026-11-23T22:30:00+08:00");
    clock(night);
    const payer = await bound();
    await pay(payer, payer.person);
    await delivered();
    expect(await textsOf(payer)).toHaveLength(1);
    const told = () => made.textsTo(payer.telephone).filter((one) => one.includes("已参加2026")).length;
    clock(Date.parse("2026-11-24T07:59:59+08:00"));
    await send();
    expect(told()).toBe(0);
    clock(Date.parse("2026-11-24T08:00:00+08:00"));
    await delivered();
    expect(told()).toBe(1);
  });

  test("nothing is ever sendable between 22:00 and 08:00 in Shanghai, and never more than ten hours later", () => {
    const hourOf = (at: number) =>
      Number(new Date(at).toLocaleString("en-GB", { timeZone: "Asia/Shanghai", hour: "2-digit", hour12: false }));
    const from = Date.parse("2025-01-01T00:00:00Z");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 * 365 * 86_400_000 }), (n) => {
        const at = from + n;
        const may = sendableAt(at);
        expect(hourOf(may) >= 8 && hourOf(may) < 22).toBe(true);
        expect(may >= at && may - at <= 10 * 3_600_000).toBe(true);
        if (hourOf(at) >= 8 && hourOf(at) < 22) expect(may).toBe(at);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("reminders", () => {
  const countOf = async (about: string, personNo: string) => {
    const { Items = [] } = await db.send(
      new QueryCommand({
        TableName: config.mainTable(),
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :kind)",
        ExpressionAttributeValues: { ":pk": partition.person(personNo), ":kind": "MESSAGE#" },
      }),
    );
    return Items.filter((item) => item.fact.about === about).map((item) => [item.on, item.fact.daysLeft]);
  };

  test("30, 10, 3, 1 days before the window ends, once each, whoever owes; a missed day is caught up", async () => {
    clock(noon);
    const [owes, pays, poor, employed, dead] = [
      await bound({ name: "欠缴人" }),
      await bound(),
      await bound({ identities: [{ kind: "minimum-living", from: day("2022-11-03"), until: null }] }),
      await made.enlist({ employeeCovered: true }),
      await made.enlist({ diedOn: day("2025-10-01") }),
    ];
    const closing = (personNo: string) => countOf("window-closing", personNo);
    for (const on of ["2025-11-30", "2025-12-01", "2025-12-01", "2025-12-02"]) {
      made.turn(on);
      await remind();
      expect(await remind()).toEqual({ told: 0 });
    }
    expect(await closing(owes.person.personNo)).toEqual([["2025-12-01", 30]]);
    await pay(pays, pays.person);
    await heard();
    for (const on of ["2025-12-24", "2025-12-28", "2025-12-30", "2025-12-31", "2026-01-01"]) {
      made.turn(on);
      await Promise.all([remind(), remind()]);
    }
    const days = [
      ["2025-12-01", 30],
      ["2025-12-24", 7],
      ["2025-12-28", 3],
      ["2025-12-30", 1],
    ];
    expect(await closing(owes.person.personNo)).toEqual(days);
    expect(await closing(pays.person.personNo)).toEqual(days.slice(0, 1));
    expect((await textsOf(poor)).at(-1)).toContain("个人不用缴钱，还有30天截止");
    expect([...(await closing(employed.personNo)), ...(await closing(dead.personNo))]).toEqual([]);
    expect((await textsOf(owes)).at(-1)).toBe(
      "欠*人还没有参加2026年度居民医保，应缴400.00元，还有30天截止（2025年12月31日）。",
    );
  });

  test("cover starts, and waiting ends, on their day, once; what was refunded meanwhile is not told", async () => {
    clock(noon);
    const [whole, lapsed, gone] = [
      await bound(),
      await bound({
        coverBefore: [{ benefitYear: 2024, coverFrom: day("2024-01-01"), coverUntil: day("2024-12-31") }],
      }),
      await bound(),
    ];
    for (const one of [whole, lapsed]) await pay(one, one.person);
    await made.prove(gone.call, gone.person);
    const orderNo = await pay(gone, gone.person);
    await heard();
    const { refundNo } = await gone.call("refunds.request", { body: { orderNo, line: 0, reason: "wrong-payment" } });
    const officer = await made.officer("messages-starts", "370611001", ["refunds"]);
    await officer("refunds-agency.decide", { params: { refundNo }, body: { approve: true, reason: "情况属实" } });
    await heard();
    const all = async () => ({
      whole: (await countOf("cover-starts", whole.person.personNo)).map(([on]) => on),
      lapsed: (await countOf("waiting-ends", lapsed.person.personNo)).map(([on]) => on),
      gone: (await countOf("cover-starts", gone.person.personNo)).map(([on]) => on),
    });
    made.turn("2025-12-31");
    await remind();
    expect(await all()).toEqual({ whole: [], lapsed: [], gone: [] });
    made.turn("2026-01-02");
    await remind();
    await remind();
    expect(await all()).toEqual({ whole: ["2026-01-01"], lapsed: [], gone: [] });
    made.turn("2026-12-31");
    await remind();
    expect(await all()).toMatchObject({ whole: ["2026-01-01"], gone: [] });
    expect((await all()).lapsed).toHaveLength(1);
    const { Items = [] } = await db.send(new ScanCommand({ TableName: config.mainTable() }));
    expect(Items.filter((item) => String(item.sk).startsWith("NOTICE#"))).toEqual([]);
  });

  test("the stage that is due: none before thirty days or after the end, never an earlier one again", () => {
    expect([31, 30, 11, 10, 4, 3, 2, 1, 0, -1].map(stageOf)).toEqual([null, 30, 30, 10, 10, 3, 3, 1, 1, null]);
    expect([...reminderStages]).toEqual([30, 10, 3, 1]);
  });
});

describe("the words", () => {
  const longest: Record<Fact["about"], Fact> = {
    enrolled: {
      about: "enrolled",
      orderNo: "0",
      benefitYear: 2026,
      amount: yuan("12345.67"),
      coverFrom: day("2026-10-10"),
      waitingMonths: 12,
    },
    refunded: { about: "refunded", refundNo: "0", benefitYear: 2026, amount: yuan("12345.67"), cash: true },
    "cover-starts": { about: "cover-starts", benefitYear: 2026, from: day("2026-10-10"), until: day("2026-12-31") },
    "waiting-ends": { about: "waiting-ends", benefitYear: 2026, from: day("2026-10-10"), until: day("2026-12-31") },
    "window-closing": {
      about: "window-closing",
      benefitYear: 2026,
      until: day("2025-12-31"),
      daysLeft: 30,
      due: yuan("12345.67"),
      stage: 30,
    },
    "consent-asked": { about: "consent-asked", tieNo: "0", asker: calledBy("阿卜杜热西提·阿卜杜拉") },
    "consent-answered": {
      about: "consent-answered",
      tieNo: "0",
      dependant: calledBy("阿卜杜热西提·阿卜杜拉"),
      agreed: false,
    },
    "telephone-changed": { about: "telephone-changed", telephone: "138****5678" },
    identified: { about: "identified", identityNumber: "370611********1234" },
    "claim-settled": { about: "claim-settled", claimNo: "202520251120ABCD" },
    "claim-reversed": { about: "claim-reversed", claimNo: "202520251120ABCD" },
    "code-used": { about: "code-used", useNo: "1763596800000ABCDEFGHJKMNPQRS" },
    "credential-changed": { about: "credential-changed", change: "reissued", version: 1 },
    "credential-case": { about: "credential-case", caseNo: "20251120ABCDEFGHJKMNPQRS", decided: false },
    "dispute-decided": { about: "dispute-decided", disputeNo: "20251120ABCD" },
    filing: { about: "filing", filingNo: "20251120ABCDEFGHJKMNPQRS", change: "returned", version: 3 },
  };

  test.each(aboutNames)("%s fits into one SMS with the longest of everything, and leaves no place empty", (about) => {
    const fact = longest[about];
    const who = calledBy("阿卜杜热西提·阿卜杜拉·买买提");
    const { title, text } = wording(fact, who);
    expect([...`【居民医保演示】${text}`].length).toBeLessThanOrEqual(70);
    for (const one of [title, who, noteOf(fact)]) expect([...one].length).toBeLessThanOrEqual(20);
    expect(text).not.toMatch(/\{\d\}|undefined|null|NaN/);
    const places = [...messageWords[about].template.matchAll(/\{(\d)\}/g)].map((match) => Number(match[1]));
    expect([...places].sort()).toEqual(filledIn(fact, who).map((_, i) => i + 1));
  });

  test("a name is masked, and a long one shortened", () => {
    expect(["王", "王五", "王小明", "阿卜杜热西提·阿卜杜拉"].map(calledBy)).toEqual(["王", "王*", "王*明", "阿**拉"]);
  });

  test("no amount is told where none was paid, and cash is fetched at a counter", () => {
    const refunded = (amount: Yuan, cash: boolean) =>
      wording({ about: "refunded", refundNo: "0", benefitYear: 2026, amount, cash }, "王*").text;
    expect(refunded(yuan("0"), false)).toBe("王*2026年度居民医保的参保已取消，没有要退的钱。");
    expect(refunded(yuan("400"), true)).toContain("400.00元请到服务窗口领取");
  });
});
