import { GetCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { key } from "../../functions/key.ts";
import { handler as consume } from "../../functions/outbox/consume.ts";
import { toOutbox } from "../../functions/outbox.ts";
import { figuresOf } from "../../functions/progress/store.ts";
import { wholeYear } from "../../local/county/people.ts";
import { streamEvent } from "../../local/outbox.ts";
import { prefix, type Role, roles } from "../../shared/api/endpoint.ts";
import { endpoints } from "../../shared/api/endpoints.ts";
import { day } from "../../shared/day.ts";
import { yuan } from "../../shared/money.ts";
import { checkDigit } from "../../shared/person.ts";
import { raw, refusal, unit, type World, world } from "../world/world.ts";

let made: World;
beforeAll(async () => {
  made = await world();
  await Promise.all([
    unit("370600", "烟台市"),
    unit("370611", "福山区"),
    unit("370611001", "东河镇"),
    unit("370611001201", "杏林村"),
    unit("370682", "莱阳市"),
  ]);
});

const self = { whom: { who: "self" as const }, benefitYear: 2026 };
const orderOf = (requestNo: string, expected = "400.00") => ({
  body: { requestNo, lines: [self], expected },
});

describe("who you are", () => {
  test("bad check digit", async () => {
    const person = await made.enlist();
    const { call } = await made.signIn(null);
    const wrong = person.identityNumber.slice(0, 17) + (person.identityNumber.endsWith("1") ? "2" : "1");
    expect(await refusal(call("residents.bind", { body: { name: person.name, identityNumber: wrong } }))).toBe(
      "identity-number",
    );
    expect((await call("residents.me")).person).toBeNull();
  });

  test("name that does not match", async () => {
    const person = await made.enlist({ name: "李秀英" });
    const { call } = await made.signIn(null);
    expect(
      await refusal(call("residents.bind", { body: { name: "李秀兰", identityNumber: person.identityNumber } })),
    ).toBe("name-mismatch");
    expect((await call("residents.me")).person).toBeNull();
  });

  test("a number that nobody has is told like a name that does not match", async () => {
    const { call } = await made.signIn(null);
    const nobody = `37999919900101001${checkDigit("37999919900101001")}`;
    expect(await refusal(call("residents.bind", { body: { name: "张三", identityNumber: nobody } }))).toBe(
      "name-mismatch",
    );
  });

  test("names with · and rare characters bind whatever dot and device", async () => {
    for (const [registered, typed] of [
      ["阿依古丽·买买提", "阿依古丽.买买提"],
      ["䶮晓东", "\uE863晓东"],
      ["㛃芸", "㛃 芸"],
    ] as const) {
      const person = await made.enlist({ name: registered });
      const { call } = await made.signIn(null);
      await call("residents.bind", { body: { name: typed, identityNumber: person.identityNumber } });
      expect((await call("residents.me")).person?.name).toBe(registered);
    }
  });

  test("sixth try", async () => {
    const person = await made.enlist({ name: "李秀英" });
    const { call } = await made.signIn(null);
    const wrong = { body: { name: "李秀兰", identityNumber: person.identityNumber } };
    for (let i = 0; i < 5; i++) expect(await refusal(call("residents.bind", wrong))).toBe("name-mismatch");
    const right = { body: { name: "李秀英", identityNumber: person.identityNumber } };
    expect(await refusal(call("residents.bind", right))).toBe("paused");
  });

  test("six tries in the same moment are still six", async () => {
    const person = await made.enlist({ name: "李秀英" });
    const { call } = await made.signIn(null);
    const wrong = { body: { name: "李秀兰", identityNumber: person.identityNumber } };
    const codes = await Promise.all(Array.from({ length: 12 }, () => refusal(call("residents.bind", wrong))));
    expect(codes.filter((code) => code === "name-mismatch")).toHaveLength(5);
    expect(codes.filter((code) => code === "paused")).toHaveLength(7);
  });

  test("after the pause the tries are counted anew", async () => {
    const person = await made.enlist({ name: "李秀英" });
    const { call, refreshToken } = await made.signIn(null);
    const wrong = { body: { name: "李秀兰", identityNumber: person.identityNumber } };
    for (let i = 0; i < 6; i++) await refusal(call("residents.bind", wrong));
    await later(31, async () => {
      const { accessToken } = await made.anyone("sign-in.refresh", { body: { refreshToken } });
      const right = { body: { name: "李秀英", identityNumber: person.identityNumber } };
      expect(await made.as(accessToken)("residents.bind", right)).toEqual({ name: "李*英" });
    });
  });

  test("an account that is somebody's does not become another's", async () => {
    const [one, two] = [await made.enlist(), await made.enlist()];
    const { call } = await made.signIn(one);
    expect(
      await refusal(call("residents.bind", { body: { name: two.name, identityNumber: two.identityNumber } })),
    ).toBe("bound-to-another");
    await call("residents.bind", { body: { name: one.name, identityNumber: one.identityNumber } });
  });

  test("wrong code, used code, code of another telephone, sixth code", async () => {
    const telephone = "13800000001";
    await made.anyone("sign-in.send-code", { body: { telephone } });
    const code = made.codeSentTo(telephone);
    const wrong = code === "000000" ? "111111" : "000000";
    expect(await refusal(made.anyone("sign-in.telephone", { body: { telephone, code: wrong } }))).toBe("code-wrong");
    expect(await refusal(made.anyone("sign-in.telephone", { body: { telephone: "13800000002", code } }))).toBe(
      "code-used-up",
    );
    await made.anyone("sign-in.telephone", { body: { telephone, code } });
    expect(await refusal(made.anyone("sign-in.telephone", { body: { telephone, code } }))).toBe("code-used-up");
    for (let i = 0; i < 4; i++) await made.anyone("sign-in.send-code", { body: { telephone } });
    expect(await refusal(made.anyone("sign-in.send-code", { body: { telephone } }))).toBe("paused");
  });

  test("five wrong codes use a code up", async () => {
    const telephone = "13800000003";
    await made.anyone("sign-in.send-code", { body: { telephone } });
    const code = made.codeSentTo(telephone);
    const wrong = code === "000000" ? "111111" : "000000";
    for (let i = 0; i < 5; i++)
      expect(await refusal(made.anyone("sign-in.telephone", { body: { telephone, code: wrong } }))).toBe("code-wrong");
    expect(await refusal(made.anyone("sign-in.telephone", { body: { telephone, code } }))).toBe("code-used-up");
  });

  test("a WeChat code is good once; one of another app is not", async () => {
    const tokens = await made.anyone("sign-in.wechat", { body: { code: "demo-grandma" } });
    expect((await made.as(tokens.accessToken)("residents.me")).signedInBy).toBe("wechat");
    expect(await refusal(made.anyone("sign-in.wechat", { body: { code: "demo-grandma" } }))).toBe(
      "wechat-code-refused",
    );
    expect(await refusal(made.anyone("sign-in.wechat", { body: { code: "something" } }))).toBe("wechat-code-refused");
    const again = await made.anyone("sign-in.wechat", { body: { code: "demo-grandma.2" } });
    expect(again.accessToken).not.toBe(tokens.accessToken);
  });

  test("expired or stolen token", async () => {
    const { token, refreshToken, call } = await made.signIn(await made.enlist());
    expect(await refusal(made.as("")("residents.me"))).toBe("not-signed-in");
    expect(await refusal(made.as(`${token}x`)("residents.me"))).toBe("not-signed-in");
    expect(await refusal(made.as("nobody.secret")("residents.me"))).toBe("not-signed-in");
    await later(16, () => expect(refusal(call("residents.me"))).resolves.toBe("session-expired"));

    const renewed = await made.anyone("sign-in.refresh", { body: { refreshToken } });
    expect((await made.as(renewed.accessToken)("residents.me")).signedInBy).toBe("telephone");
    expect(await refusal(call("residents.me"))).toBe("not-signed-in");
    // The spent token comes back later: somebody holds a copy, and both lose the session.
    await later(5, () =>
      expect(refusal(made.anyone("sign-in.refresh", { body: { refreshToken } }))).resolves.toBe("session-stolen"),
    );
    expect(await refusal(made.as(renewed.accessToken)("residents.me"))).toBe("not-signed-in");
    expect(await refusal(made.anyone("sign-in.refresh", { body: { refreshToken: renewed.refreshToken } }))).toBe(
      "not-signed-in",
    );
  });

  test("a phone that lost the reply to its refresh may ask again within a minute", async () => {
    const { refreshToken } = await made.signIn(await made.enlist());
    await made.anyone("sign-in.refresh", { body: { refreshToken } });
    const again = await made.anyone("sign-in.refresh", { body: { refreshToken } });
    expect((await made.as(again.accessToken)("residents.me")).signedInBy).toBe("telephone");
  });

  test("after signing out the token is worth nothing", async () => {
    const { call } = await made.signIn(await made.enlist());
    await call("sign-in.sign-out");
    expect(await refusal(call("residents.me"))).toBe("not-signed-in");
  });

  test("an unbound account sees nothing of contributions", async () => {
    const { call } = await made.signIn(null);
    expect(await refusal(call("contributions.owed", { body: self }))).toBe("not-bound");
    expect(await refusal(call("contributions.orders"))).toBe("not-bound");
  });
});

/** Runs something as so many minutes later by the wall clock. */
async function later(minutes: number, run: () => Promise<unknown>): Promise<void> {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + minutes * 60_000 });
  try {
    await run();
  } finally {
    vi.useRealTimers();
  }
}

describe("what may be paid", () => {
  test("paying outside the window with no channel that allows it", async () => {
    const { call } = await made.signIn(await made.enlist());
    made.turn("2025-10-14");
    expect(await refusal(call("contributions.owed", { body: self }))).toBe("window-not-open");
    expect(await refusal(call("contributions.order", orderOf("outside-1")))).toBe("window-not-open");
    made.turn("2025-10-15");
    expect((await call("contributions.owed", { body: self })).quote.channel).toBe("window");
    made.turn("2025-11-20");
  });

  test("already enrolled", async () => {
    const { call } = await made.signIn(await made.enlist());
    const order = await call("contributions.order", orderOf("already-1"));
    await made.tell(made.notice(order.orderNo, "400.00"));
    expect(await refusal(call("contributions.owed", { body: self }))).toBe("already-enrolled");
    expect(await refusal(call("contributions.order", orderOf("already-2")))).toBe("already-enrolled");
  });

  test("covered by the employee scheme", async () => {
    const { call } = await made.signIn(await made.enlist({ employeeCovered: true, coverBefore: [] }));
    expect(await refusal(call("contributions.owed", { body: self }))).toBe("duplicate-enrolment");
    expect(await refusal(call("contributions.order", orderOf("employee-1")))).toBe("duplicate-enrolment");
  });

  test("dead", async () => {
    const gone = await made.enlist({ diedOn: day("2025-06-01") });
    const { call } = await made.signIn(await made.enlist());
    const whom = { who: "other" as const, name: gone.name, identityNumber: gone.identityNumber };
    expect(await refusal(call("contributions.owed", { body: { whom, benefitYear: 2026 } }))).toBe("deceased");
    const fresh = await made.signIn(null);
    expect(
      await refusal(fresh.call("residents.bind", { body: { name: gone.name, identityNumber: gone.identityNumber } })),
    ).toBe("deceased");
  });

  test("waiting that would outlast the year: nothing is charged", async () => {
    made.turn("2026-10-15");
    const { call } = await made.signIn(await made.enlist({ coverBefore: [2023, 2024].map(wholeYear) }));
    const owed = await call("contributions.owed", { body: self });
    expect(owed.quote.warnings).toEqual(["cover-starts-after-the-benefit-year"]);
    expect(await refusal(call("contributions.order", orderOf("too-late-1")))).toBe("cover-too-late");
    made.turn("2025-11-20");
  });

  test("price changed between quote and order", async () => {
    const { call } = await made.signIn(await made.enlist());
    expect(await refusal(call("contributions.order", orderOf("price-123", "399.99")))).toBe("price-changed");
    expect((await call("contributions.orders")).orders).toEqual([]);
    expect((await call("contributions.order", orderOf("price-123"))).total).toBe("400.00");
  });

  test("a lapsed payer is shown the wait, and repair is priced and frozen with the order", async () => {
    const { call } = await made.signIn(await made.enlist({ coverBefore: [2023, 2024].map(wholeYear) }));
    const { quote } = await call("contributions.owed", { body: self });
    expect([quote.cover.waitingMonths, quote.cover.from, quote.repair]).toEqual([
      4,
      "2026-05-01",
      { years: 1, cost: "400.00", removesMonths: 1, waitingMonthsAfter: 3 },
    ]);
    const body = { requestNo: "repair-12", lines: [{ ...self, repairYears: 1 }], expected: "800.00" };
    const order = await call("contributions.order", { body });
    expect(order.lines[0]).toMatchObject({
      amount: "800.00",
      repairCost: "400.00",
      waitingMonths: 3,
      coverFrom: "2026-04-01",
    });
    const tooMany = { requestNo: "repair-34", lines: [{ ...self, repairYears: 2 }], expected: "1200.00" };
    expect(await refusal(call("contributions.order", { body: tooMany }))).toBe("malformed");
  });

  test("the same request again is answered with the same order; another body under its number is refused", async () => {
    const { call } = await made.signIn(await made.enlist());
    const [one, two] = await Promise.all([
      call("contributions.order", orderOf("same-1234")),
      call("contributions.order", orderOf("same-1234")),
    ]);
    expect(one.orderNo).toBe(two.orderNo);
    expect((await call("contributions.orders")).orders).toHaveLength(1);
    expect(await refusal(call("contributions.order", orderOf("same-1234", "800.00")))).toBe("request-reused");
  });

  test("the same person twice in one order", async () => {
    const { call } = await made.signIn(await made.enlist());
    const body = { requestNo: "double-12", lines: [self, self], expected: "800.00" };
    expect(await refusal(call("contributions.order", { body }))).toBe("malformed");
  });

  test("someone else's order", async () => {
    const mine = await made.signIn(await made.enlist());
    const theirs = await made.signIn(await made.enlist());
    const { orderNo } = await mine.call("contributions.order", orderOf("mine-1234"));
    const params = { orderNo };
    for (const name of ["contributions.order-state", "contributions.close"] as const) {
      expect(await refusal(theirs.call(name, { params }))).toBe("not-found");
    }
    expect(await refusal(theirs.call("contributions.pay", { params, body: { how: "h5" } }))).toBe("not-found");
    expect(await refusal(theirs.call("contributions.confirm", { params, body: { paid: true } }))).toBe("not-found");
    expect((await mine.call("contributions.order-state", { params: { orderNo } })).state).toBe("awaiting-payment");
  });

  test("a closed order is not paid for, and closing it again changes nothing", async () => {
    const { call } = await made.signIn(await made.enlist());
    const { orderNo } = await call("contributions.order", orderOf("close-123"));
    await call("contributions.close", { params: { orderNo } });
    expect((await call("contributions.close", { params: { orderNo } })).state).toBe("closed");
    expect(await refusal(call("contributions.pay", { params: { orderNo }, body: { how: "h5" } }))).toBe(
      "order-not-payable",
    );
  });

  test("the frozen price of an order stands for half an hour", async () => {
    const { call, refreshToken } = await made.signIn(await made.enlist());
    const { orderNo, createdAt, expiresAt } = await call("contributions.order", orderOf("half-hour"));
    expect(expiresAt - createdAt).toBe(30 * 60_000);
    await later(31, async () => {
      const { accessToken } = await made.anyone("sign-in.refresh", { body: { refreshToken } });
      const asked = { params: { orderNo }, body: { how: "h5" as const } };
      expect(await refusal(made.as(accessToken)("contributions.pay", asked))).toBe("order-expired");
    });
  });

  test("a notice that the channel did not sign", async () => {
    const { call } = await made.signIn(await made.enlist());
    const { orderNo } = await call("contributions.order", orderOf("forged-12"));
    const notice = made.notice(orderNo, "400.00");
    for (const forged of [
      { ...notice, body: made.notice(orderNo, "0.01").body },
      { ...notice, headers: {} },
      { ...notice, headers: { ...notice.headers, "wechatpay-signature": "x" } },
      { ...notice, headers: { ...notice.headers, "wechatpay-timestamp": "1" } },
    ]) {
      expect(await refusal(made.tell(forged))).toBe("FAIL");
    }
    expect((await call("contributions.order-state", { params: { orderNo } })).state).toBe("awaiting-payment");
  });
});

describe("officers", () => {
  test("officer outside the area", async () => {
    const call = await made.officer("fushan", "370611", ["progress", "visits", "targets"]);
    const board = await call("progress.board", { params: { unit: "370611001" }, query: { year: "2026" } });
    expect(board.unit.name).toBe("东河镇");
    for (const code of ["370682", "370600"]) {
      expect(await refusal(call("progress.board", { params: { unit: code }, query: { year: "2026" } }))).toBe(
        "outside-area",
      );
      expect(
        await refusal(call("progress.target", { params: { unit: code }, body: { year: 2026, target: "0.95" } })),
      ).toBe("outside-area");
    }
    const abroad = await made.enlist({ village: "370682001201" });
    const visit = { personNo: abroad.personNo, year: 2026, outcome: "away" as const };
    expect(await refusal(call("progress.visit", { body: visit }))).toBe("outside-area");
    expect(await refusal(call("progress.telephone", { body: { personNo: abroad.personNo, reason: "催缴联系" } }))).toBe(
      "outside-area",
    );
  });

  test("an officer of a county asks for the fund of the whole pooling area", async () => {
    const days = { from: day("2025-11-01"), until: day("2025-11-20") };
    const county = await made.officer("county-finance", "370611", ["finance"]);
    expect(await refusal(county("ledger.trial-balance", { query: days }))).toBe("outside-area");
    const area = await made.officer("area-finance", "370600", ["finance"]);
    expect((await area("ledger.trial-balance", { query: days })).balanced).toBe(true);
    const tooLong = { from: day("2025-08-01"), until: day("2025-11-20") };
    expect(await refusal(area("ledger.trial-balance", { query: tooLong }))).toBe("malformed");
  });

  test("a role that the officer does not hold", async () => {
    const call = await made.officer("viewer", "370611", ["progress"]);
    expect(await refusal(call("progress.names", { params: { unit: "370611001201" }, query: { year: "2026" } }))).toBe(
      "role-missing",
    );
    expect(
      await refusal(call("progress.target", { params: { unit: "370611001" }, body: { year: 2026, target: "0.95" } })),
    ).toBe("role-missing");
    expect(
      await refusal(call("ledger.trial-balance", { query: { from: day("2025-11-01"), until: day("2025-11-20") } })),
    ).toBe("role-missing");
  });

  test("a token that is expired, forged, of another issuer or for another audience, or of nobody on record", async () => {
    await made.officer("known", "370611", ["progress"]);
    const tried = async (token: Promise<string>) => refusal(made.as(await token)("officers.me"));
    expect(await tried(made.issuer.token("known"))).toBe("");
    expect(await tried(made.issuer.token("known", { expires: "-1h" }))).toBe("session-expired");
    expect(await tried(made.issuer.token("known", { forged: true }))).toBe("not-signed-in");
    expect(await tried(made.issuer.token("known", { issuer: "https://elsewhere.example" }))).toBe("not-signed-in");
    expect(await tried(made.issuer.token("known", { audience: "another" }))).toBe("not-signed-in");
    expect(await tried(made.issuer.token("stranger"))).toBe("not-an-officer");
  });

  test("a resident is no officer, and an officer no resident", async () => {
    const { call } = await made.signIn(await made.enlist());
    expect(await refusal(call("officers.me"))).toBe("not-signed-in");
    const officer = await made.officer("clerk", "370611", ["progress"]);
    expect(await refusal(officer("residents.me"))).toBe("not-signed-in");
  });

  test("a unit does not set its own target", async () => {
    const call = await made.officer("self-target", "370611", ["targets"]);
    expect(
      await refusal(call("progress.target", { params: { unit: "370611" }, body: { year: 2026, target: "0.5" } })),
    ).toBe("own-target");
    await call("progress.target", { params: { unit: "370611001" }, body: { year: 2026, target: "0.9" } });
  });

  test("a whole telephone number needs a reason, and the reason is kept", async () => {
    const person = await made.enlist({ telephone: "13912345678" });
    const call = await made.officer("visitor", "370611001", ["visits"]);
    expect(await refusal(call("progress.telephone", { body: { personNo: person.personNo, reason: "看" } }))).toBe(
      "malformed",
    );
    expect(await call("progress.telephone", { body: { personNo: person.personNo, reason: "催缴联系" } })).toEqual({
      telephone: "13912345678",
    });
    const { Items = [] } = await db.send(new ScanCommand({ TableName: config.auditTable() }));
    expect(Items.filter((item) => item.pk === `PERSON#${person.personNo}`)).toMatchObject([
      { officerNo: "visitor", reason: "催缴联系" },
    ]);
  });

  test("reading a village's names is recorded", async () => {
    await made.enlist({ village: "370611001202" });
    await unit("370611001202", "桃园村");
    const call = await made.officer("cadre", "370611001202", ["visits"]);
    const { people } = await call("progress.names", {
      params: { unit: "370611001202" },
      query: { year: "2026" },
    });
    expect(people).toMatchObject([{ status: "not-yet", due: "400.00", coverFrom: "2026-01-01" }]);
    expect(people[0]?.identityNumber).toMatch(/^\d{6}\*{8}/);
    const { Items = [] } = await db.send(new ScanCommand({ TableName: config.auditTable() }));
    expect(Items.filter((item) => item.pk === "VILLAGE#370611001202")).toMatchObject([
      { officerNo: "cadre", people: 1 },
    ]);
  });
});

describe("malformed, unknown and oversized requests", () => {
  test("every endpoint answers garbage with a code and a sentence, and no fault", async () => {
    const { token } = await made.signIn(await made.enlist());
    await made.officer("garbage", "370611", Object.keys(roles) as Role[]);
    const officerToken = await made.issuer.token("garbage");
    for (const [name, spec] of Object.entries(endpoints)) {
      const path = `${prefix}${spec.path.replace(/\{\w+\}/g, "%ZZ")}`;
      for (const body of ["", "nonsense", "[]", "null", '{"unknown":1}', '{"__proto__":{"x":1}}', "9".repeat(1000)]) {
        const reply = await raw(spec.method, path, {
          body,
          token: spec.caller.audience === "officer" ? officerToken : token,
        });
        const answered = reply.status === 200 && !("body" in spec);
        expect(
          answered || (reply.status >= 400 && reply.status < 500),
          `${name} ${body.slice(0, 20)}: ${reply.status}`,
        ).toBe(true);
        if (!answered) expect(reply.body.message, name).toMatch(/[\u4e00-\u9fff]/);
        if (name === "sign-in.sign-out") break;
      }
    }
  });

  test("an unknown path, and a known one with another method", async () => {
    expect(await raw("GET", "/api/nothing")).toMatchObject({
      status: 404,
      body: { code: "no-such-endpoint" },
    });
    expect(await raw("DELETE", "/api/me")).toMatchObject({ status: 404, body: { code: "no-such-endpoint" } });
  });

  test("a body of 100 kB and more", async () => {
    const body = JSON.stringify({ telephone: "1".repeat(100_001) });
    expect(await raw("POST", "/api/sign-in/codes", { body })).toMatchObject({
      status: 413,
      body: { code: "too-large" },
    });
  });

  test("unknown keys are refused and named, values are never echoed", async () => {
    const reply = await raw("POST", "/api/sign-in/codes", {
      body: '{"telephone":"13800000001","extra":"<script>"}',
    });
    expect(reply).toMatchObject({ status: 400, body: { code: "malformed" } });
    expect(reply.body.message).toContain("extra");
    expect(reply.body.message).not.toContain("script");
  });

  test("too many calls of one account in a minute", async () => {
    const { token } = await made.signIn(await made.enlist());
    const address = "10.9.9.9";
    const replies = await Promise.all(Array.from({ length: 140 }, () => raw("GET", "/api/me", { token, address })));
    expect(replies.filter((reply) => reply.status === 200).length).toBeGreaterThanOrEqual(110);
    expect(replies.filter((reply) => reply.body.code === "too-many-requests").length).toBeGreaterThan(10);
  });
});

describe("the outbox", () => {
  test("an outbox item delivered twice and out of order", async () => {
    const village = "370682009201";
    const enrolled = (on: string) => ({
      kind: "enrolled" as const,
      benefitYear: 2026,
      village,
      on: day(on),
      amount: yuan("400"),
    });
    const items = ["2025-11-18", "2025-11-19", "2025-11-20"].map((on) => toOutbox([enrolled(on)]).Put!.Item!);
    const [first, second, third] = items as [Record<string, unknown>, Record<string, unknown>, Record<string, unknown>];
    for (const delivery of [[third], [first, third], [second, first, second], [third, second, first]]) {
      expect(await consume(streamEvent(delivery))).toEqual({ batchItemFailures: [] });
    }
    expect(await figuresOf(2026, village)).toMatchObject({ enrolled: 3, paid: 3, amount: yuan("1200") });
    const days = await db.send(
      new GetCommand({
        TableName: config.mainTable(),
        Key: key.progressDay(2026, village, day("2025-11-19")),
      }),
    );
    expect(days.Item).toMatchObject({ enrolled: 1, amount: yuan("400") });
  });

  test("the same items delivered at the same time by two consumers are counted once", async () => {
    const village = "370682009202";
    const items = Array.from(
      { length: 20 },
      () =>
        toOutbox([{ kind: "enrolled", benefitYear: 2026, village, on: day("2025-11-20"), amount: yuan("400") }]).Put!
          .Item!,
    );
    await Promise.all([consume(streamEvent(items)), consume(streamEvent(items)), consume(streamEvent(items.slice(5)))]);
    await consume(streamEvent(items));
    expect((await figuresOf(2026, village)).enrolled).toBe(20);
  });
});
