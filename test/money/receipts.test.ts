import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Resident } from "../../local/county/people.ts";
import { client } from "../../shared/api/client.ts";
import { routeTable } from "../../shared/api/routes.ts";
import { readCheckCode, readReceiptNumber, receiptNumber } from "../../shared/contribution/receipt.ts";
import { day } from "../../shared/day.ts";
import { reviewed } from "../api/newborn-steps.ts";
import { made, opens } from "../world/opening.ts";
import { raw, refusal } from "../world/world.ts";

opens();
afterEach(() => void vi.useRealTimers());

const routes = routeTable();
let addresses = 0;
/** Somebody who is nobody's, at an address of their own. */
function verifier() {
  const address = `172.16.0.${++addresses}`;
  const call = client(routes, ({ method, path, body }) => raw(method, path, { body: body ?? "", address }));
  return (number: string, checkCode: string) => call("receipts.verify", { body: { number, checkCode } });
}

const named = ({ name, identityNumber }: Resident) => ({
  whom: { who: "other" as const, name, identityNumber },
  benefitYear: 2026,
});
let numbers = 0;
const enlist = (facts: Partial<Resident> = {}) =>
  made.enlist({ telephone: `1370${String(++numbers).padStart(7, "0")}`, ...facts });
/** A phone of somebody's, on which they have proven who they are. */
async function proven(person: Resident) {
  const signedIn = await made.signIn(person);
  await made.prove(signedIn.call, person);
  return signedIn;
}
async function bound(facts: Partial<Resident> = {}) {
  const person = await enlist(facts);
  return { person, ...(await proven(person)) };
}

/** Somebody who has paid for themselves, and their receipt. */
async function paid(facts: Partial<Resident> = {}) {
  const payer = await bound(facts);
  const lines = [{ whom: { who: "self" as const }, benefitYear: 2026 }];
  const { orderNo } = await payer.call("contributions.order", {
    body: { requestNo: `receipts-${numbers}`, lines, expected: "400.00" },
  });
  await made.tell(made.notice(orderNo, "400.00"));
  const { receipts } = await payer.call("receipts.mine");
  return { ...payer, orderNo, receipt: receipts[0]! };
}

const refunds = async (subject: string) => made.officer(subject, "370611001", ["refunds", "counter"]);

describe("every enrolment that stands has a receipt", () => {
  test("paid by WeChat: what was paid, how, for which year; anybody can look it up", async () => {
    const { receipt } = await paid({ name: "赵钱孙" });
    expect(receipt).toMatchObject({
      state: "valid",
      name: "赵钱孙",
      self: true,
      benefitYear: 2026,
      amount: "400.00",
      subsidised: "0.00",
      subsidisedBy: null,
      carrier: "wechat",
      on: "2025-11-20",
      coverFrom: "2026-01-01",
      coverUntil: "2026-12-31",
      areaName: "烟台市",
      collector: null,
    });
    expect(await verifier()(receipt.number, receipt.checkCode)).toEqual({
      number: receipt.number,
      state: "valid",
      name: "赵*孙",
      benefitYear: 2026,
      amount: "400.00",
      subsidised: "0.00",
      carrier: "wechat",
      on: "2025-11-20",
      areaName: "烟台市",
      collectedAt: null,
    });
  });

  test("fully subsidised: amount 0, and who paid", async () => {
    const poor = await bound({ identities: [{ kind: "minimum-living", from: day("2022-11-03"), until: null }] });
    const lines = [{ whom: { who: "self" as const }, benefitYear: 2026 }];
    await poor.call("contributions.order", { body: { requestNo: "receipts-poor", lines, expected: "0.00" } });
    const { receipts } = await poor.call("receipts.mine");
    expect(receipts).toMatchObject([
      { amount: "0.00", subsidised: "400.00", subsidisedBy: "medical-aid-fund", carrier: null },
    ]);
  });

  test("paid in cash at a counter: the officer prints it, with who took the money and where", async () => {
    const officer = await made.officer("receipts-counter", "370611001", ["counter"]);
    const { personNo } = await made.enlist();
    const { orderNo } = await officer("counter.order", {
      body: {
        requestNo: "receipts-cash",
        seen: "identity-card",
        lines: [{ personNo, benefitYear: 2026 }],
        expected: "400.00",
      },
    });
    const { receipts } = await officer("counter.receipt", { params: { orderNo } });
    expect(receipts).toMatchObject([
      { carrier: "cash", amount: "400.00", collector: { name: "receipts-counter", unitName: "370611001" } },
    ]);
    const { number, checkCode } = receipts[0]!;
    expect((await verifier()(number, checkCode)).collectedAt).toBe("370611001");
    const elsewhere = await made.officer("receipts-elsewhere", "370613001", ["counter"]);
    expect(await refusal(elsewhere("counter.receipt", { params: { orderNo } }))).toBe("not-found");
  });

  test("the same receipt each time it is asked for, another one for each person and year of an order", async () => {
    const people = [await enlist(), await enlist()];
    const { call } = await bound();
    const body = { requestNo: "receipts-two", lines: people.map(named), expected: "800.00" };
    const { orderNo } = await call("contributions.order", { body });
    await made.tell(made.notice(orderNo, "800.00"));
    const mine = await Promise.all(
      people.map(async (one) => (await (await proven(one)).call("receipts.mine")).receipts),
    );
    expect(new Set(mine.flat().map((one) => one.number)).size).toBe(2);
    const again = await Promise.all(
      people.map(async (one) => (await (await proven(one)).call("receipts.mine")).receipts),
    );
    expect(again).toEqual(mine);
  });

  test("an order that is not paid has none, and what was not paid for oneself is not one's own", async () => {
    const { call } = await bound();
    const other = await enlist();
    const body = { requestNo: "receipts-open", lines: [named(other)], expected: "400.00" };
    const { orderNo } = await call("contributions.order", { body });
    const them = await proven(other);
    expect((await them.call("receipts.mine")).receipts).toEqual([]);
    await made.tell(made.notice(orderNo, "400.00"));
    expect((await them.call("receipts.mine")).receipts).toHaveLength(1);
    expect((await call("receipts.mine")).receipts).toEqual([]);
  });

  test("the family's receipts are shown after a second proof, and no longer once the tie has ended", async () => {
    const { call, person } = await bound();
    const child = await made.enlist({ household: person.household, bornOn: day("2018-05-01"), name: "小小" });
    const body = { requestNo: "receipts-child", lines: [named(child)], expected: "400.00" };
    const { orderNo } = await call("contributions.order", { body });
    await made.tell(made.notice(orderNo, "400.00"));
    const { name, identityNumber } = child;
    const asked = { requestNo: "receipts-tie", name, identityNumber, relationship: "child" as const };
    const proof = { kind: "household" as const };
    const { tieNo } = await call("family.ask", { body: { ...asked, proof, commitment: true } });
    expect(await call("receipts.mine")).toMatchObject({ receipts: [{ name: "小小", self: false }] });
    const unproven = await made.signIn(person);
    expect(await refusal(unproven.call("receipts.mine"))).toBe("proof-needed");
    await call("family.end", { params: { tieNo } });
    expect((await call("receipts.mine")).receipts).toEqual([]);
  });
});

describe("what became of the money", () => {
  test("after a refund the receipt says refunded, in the list and to anybody", async () => {
    const { call, orderNo, receipt } = await paid();
    const { refundNo } = await call("refunds.request", { body: { orderNo, line: 0, reason: "wrong-payment" } });
    const { number, checkCode } = receipt;
    expect((await verifier()(number, checkCode)).state).toBe("valid");
    const officer = await refunds("receipts-refunds");
    await officer("refunds-agency.decide", { params: { refundNo }, body: { approve: true, reason: "情况属实" } });
    expect((await verifier()(number, checkCode)).state).toBe("refunded");
    expect((await call("receipts.mine")).receipts).toMatchObject([{ number, checkCode, state: "refunded" }]);
  });

  test("a newborn's receipt stays what it was printed as after the merge; of two for one year the later one is void", async () => {
    const { call, person } = await bound();
    const registered = await enlist({ household: person.household, bornOn: day("2025-11-02"), coverBefore: [] });
    const newborn = {
      requestNo: "receipts-newborn",
      name: registered.name,
      sex: "female" as const,
      bornOn: day("2025-11-02"),
      birthCertificate: "Y370000077",
      commitment: true,
    };
    const { tieNo } = await call("family.newborn", { body: newborn });
    await reviewed(tieNo);
    const member = { whom: { who: "member" as const, tieNo }, benefitYear: 2026 };
    const pay = async (line: typeof member | ReturnType<typeof named>, requestNo: string) => {
      const { choices } = await call("contributions.owed", { body: line });
      const expected = choices[0]!.total;
      const { orderNo } = await call("contributions.order", { body: { requestNo, lines: [line], expected } });
      await made.tell(made.notice(orderNo, expected));
    };
    await pay(member, "receipts-baby-1");
    const before = (await call("receipts.mine")).receipts;
    expect(before).toHaveLength(1);
    made.turn("2025-11-21");
    await pay(named(registered), "receipts-baby-2");
    const later = (await (await proven(registered)).call("receipts.mine")).receipts;
    made.turn("2025-11-20");
    const { name, identityNumber } = registered;
    await call("family.identity-number", { params: { tieNo }, body: { name, identityNumber } });
    const look = verifier();
    expect((await look(before[0]!.number, before[0]!.checkCode)).state).toBe("valid");
    expect((await look(later[0]!.number, later[0]!.checkCode)).state).toBe("void");
  });
});

describe("receipt guessing", () => {
  test("receipt guessing: a number that does not exist and a wrong code are told alike", async () => {
    const { receipt } = await paid();
    const wrong = receipt.checkCode.startsWith("0")
      ? `1${receipt.checkCode.slice(1)}`
      : `0${receipt.checkCode.slice(1)}`;
    const look = async (number: string, checkCode: string) => {
      const body = JSON.stringify({ number, checkCode });
      return raw("POST", "/api/receipts/verify", { body, address: `172.17.0.${++addresses}` });
    };
    const answers = await Promise.all([
      look(receipt.number, wrong),
      look(receiptNumber(2026, new Uint8Array(12)), receipt.checkCode),
      look("不是票据号", receipt.checkCode),
    ]);
    for (const one of answers) expect(one).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ status: 404, body: { code: "receipt-unknown" } });
  });

  test("receipt guessing: the sixth wrong code of one receipt is paused where it comes from; another receipt, and another address, are not", async () => {
    const [one, other] = [await paid(), await paid()];
    const guesser = verifier();
    for (let i = 0; i < 5; i++) expect(await refusal(guesser(one.receipt.number, "00000000"))).toBe("receipt-unknown");
    expect(await refusal(guesser(one.receipt.number, one.receipt.checkCode))).toBe("paused");
    expect((await guesser(other.receipt.number, other.receipt.checkCode)).state).toBe("valid");
    expect((await verifier()(one.receipt.number, one.receipt.checkCode)).state).toBe("valid");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 31 * 60_000 });
    expect((await guesser(one.receipt.number, one.receipt.checkCode)).state).toBe("valid");
  });

  test("receipt guessing: one address tries twenty numbers, then it is paused; a right one between gives no tries back", async () => {
    const { receipt } = await paid();
    const look = verifier();
    const guess = (i: number) => look(receiptNumber(2026, new Uint8Array(12).fill(i)), "00000000");
    for (let i = 0; i < 19; i++) {
      expect(await refusal(guess(i))).toBe("receipt-unknown");
      if (i === 10) expect((await look(receipt.number, receipt.checkCode)).state).toBe("valid");
    }
    expect((await look(receipt.number, receipt.checkCode)).state).toBe("valid");
    expect(await refusal(guess(20))).toBe("receipt-unknown");
    expect(await refusal(look(receipt.number, receipt.checkCode))).toBe("paused");
    expect((await verifier()(receipt.number, receipt.checkCode)).state).toBe("valid");
  });

  test("somebody who verifies his own receipt a hundred times is never paused", async () => {
    const { receipt } = await paid();
    const look = verifier();
    for (let i = 0; i < 100; i++) expect((await look(receipt.number, receipt.checkCode)).state).toBe("valid");
  });
});

describe("numbers and codes as people type them", () => {
  test("spaces, hyphens, lower case, O for 0 and I or L for 1 are forgiven", async () => {
    const { receipt } = await paid();
    const { number, checkCode } = receipt;
    const spaced = number
      .toLowerCase()
      .replace(/(.{4})/g, "$1 ")
      .replaceAll("0", "o")
      .replaceAll("1", "l");
    const code = `${checkCode.slice(0, 4)}-${checkCode.slice(4)}`.replaceAll("0", "O").replaceAll("1", "I");
    expect((await verifier()(spaced, code)).number).toBe(number);
  });

  test("what is made is read back, and nothing that is spelt otherwise is read", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 12, maxLength: 32 }), fc.string({ maxLength: 24 }), (keyed, written) => {
        const number = receiptNumber(2026, keyed);
        expect(readReceiptNumber(number)).toBe(number);
        const read = readReceiptNumber(written);
        if (read !== null) expect(read).toMatch(/^\d{4}[0-9A-HJKMNP-TV-Z]{12}$/);
        expect(readCheckCode(number)).toBeNull();
      }),
    );
  });
});
