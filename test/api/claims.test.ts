import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll, describe, expect, test } from "vitest";
import { disputeMoved, disputeOf, moveDispute, openDisputes } from "../../functions/claims/dispute-store.ts";
import type { Claim } from "../../functions/claims/store.ts";
import { planTakingBack } from "../../functions/claims-agency/moves.ts";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { partition } from "../../functions/key.ts";
import type { Provider } from "../../functions/providers/store.ts";
import { decideAndWrite, writeTogether } from "../../functions/write.ts";
import type { Resident } from "../../local/county/people.ts";
import type { Call } from "../../shared/api/client.ts";
import { day } from "../../shared/day.ts";
import { disputeKinds } from "../../shared/dispute/dispute.ts";
import { Refusal } from "../../shared/refusal.ts";
import { made, opens } from "../world/opening.ts";
import { refusal } from "../world/world.ts";
import { type BillLine, care, hospital, takeBack } from "./claims.ts";

let provider: Provider;
opens();
beforeAll(async () => {
  provider = await hospital();
});

let serial = 0;
const requestNo = () => `claims-test-${++serial}`;
interface Somebody {
  readonly person: Resident;
  readonly call: Call;
}
/** A guardian with an agreed tie to somebody. */
async function holding(guardian: Somebody, dependant: Somebody): Promise<string> {
  const { name, identityNumber } = dependant.person;
  const { tieNo } = await guardian.call("family.ask", {
    body: { requestNo: requestNo(), name, identityNumber, relationship: "parent", proof: null, commitment: false },
  });
  await dependant.call("family.answer", { params: { tieNo }, body: { agree: true } });
  return tieNo;
}
const stay: readonly BillLine[] = [
  ["床位费", "A", 50, 10],
  ["头孢注射液", "B", 200, 20],
  ["一次性耗材", "C", 300],
];
const of = ({ claimNo }: Claim) => ({ params: { claimNo } });
const notMine = (words = "") => ({ kind: "not-mine" as const, words, requestNo: requestNo() });
const file = (call: Call, claim: Claim, body = notMine()) => call("claims.dispute", { ...of(claim), query: {}, body });
const officer = { hand: "officer" as const, no: "officer-1", name: "陈主任" };
const decide = (disputeNo: string, event: "uphold" | "reject") =>
  moveDispute(disputeNo, {
    event,
    by: officer,
    change: { outcome: { on: day("2025-11-20"), reason: "已经核实", remedy: null, by: officer } },
  });

describe("residents see every claim and why", () => {
  test("a year's claims, who paid, both ratios and the bars; zero, one and a year that is over", async () => {
    const { person, call } = await made.proven();
    expect(await call("claims.mine", { query: {} })).toMatchObject({
      year: 2025,
      years: [2025],
      claims: [],
      sums: { total: "0.00", patientTotal: "0.00", pays: [] },
      ratios: { real: null, inScope: null },
    });
    const before = await care(person, { provider, lines: stay, on: day("2024-03-01") });
    const claim = await care(person, { provider, lines: stay });
    const answer = await call("claims.mine", { query: {} });
    expect(answer).toMatchObject({ years: [2025, 2024], sums: { total: "4800.00", inScope: "4100.00" } });
    expect(answer.claims.map((one) => one.claimNo)).toEqual([claim.claimNo]);
    const [one] = answer.claims;
    const paid = Number(one!.fundsTotal);
    expect(paid + Number(one!.patientTotal)).toBeCloseTo(4800, 2);
    expect(one!.pays).toEqual([{ layer: "pooled", name: "基本医保", amount: one!.fundsTotal }]);
    expect(Number(answer.ratios.real)).toBeCloseTo(paid / 4800, 3);
    expect(Number(answer.ratios.inScope)).toBeCloseTo(paid / 4100, 3);
    const threshold = answer.progress.bars.find(({ layer }) => layer === "criticalIllness")!;
    expect(threshold).toMatchObject({ kind: "threshold", bound: "14000.00" });
    expect(Number(threshold.used) + Number(threshold.left)).toBe(14_000);
    expect(threshold.sentence).toContain("还差");
    const last = await call("claims.mine", { query: { year: "2024" } });
    expect(last.claims.map((each) => each.claimNo)).toEqual([before.claimNo]);
    expect(last.progress.on).toBe("2024-12-31");
  });

  test("one claim says why in words and clauses, and is the same whoever of the two asks for it", async () => {
    const { person, call } = await made.proven({
      identities: [{ kind: "minimum-living", from: day("2022-11-03"), until: null }],
    });
    const claim = await care(person, { provider, lines: [["手术", "A", 60_000]] });
    const one = await call("claims.one", { ...of(claim), query: {} });
    expect(one.sentences.at(-1)).toContain("您自己付");
    expect(one.sentences.join("")).toContain("低保对象");
    expect(one.clauses.some(({ cite, decided }) => decided && cite.includes("烟政办发"))).toBe(true);
    expect(one.pays.map(({ layer }) => layer)).toEqual(["pooled", "criticalIllness", "medicalAid"]);
    expect(one).toMatchObject({ lines: 1, state: "settled", history: [{ what: "settled" }], disputes: [] });
  });

  test("a claim that was taken back stays to be seen, and no longer counts", async () => {
    const { person, call } = await made.proven();
    const claim = await care(person, { provider, lines: stay });
    await takeBack(claim);
    const { claims, sums, progress } = await call("claims.mine", { query: {} });
    expect(claims).toMatchObject([{ claimNo: claim.claimNo, state: "reversed" }]);
    expect(sums.total).toBe("0.00");
    expect(progress.bars.map(({ used }) => used)).toEqual(progress.bars.map(() => "0.00"));
    const { history } = await call("claims.one", { ...of(claim), query: {} });
    expect(history).toMatchObject([{ what: "settled" }, { what: "reversed", reason: "重复结算" }]);
  });

  test("fee lines come page by page, and are found by a part of their name", async () => {
    const { person, call } = await made.proven();
    const lines = Array.from(
      { length: 1_203 },
      (_, i): BillLine => [i % 400 === 7 ? `血常规${i}` : `药品${i}`, "A", 1.5],
    );
    const claim = await care(person, { provider, lines });
    const names: string[] = [];
    let after: string | null = null;
    const sizes: number[] = [];
    do {
      const page: { lines: { name: string }[]; after: string | null } = await call("claims.lines", {
        ...of(claim),
        query: after === null ? {} : { after },
      });
      names.push(...page.lines.map(({ name }) => name));
      sizes.push(page.lines.length);
      after = page.after;
    } while (after !== null);
    expect(sizes).toEqual([500, 500, 203]);
    expect(names).toEqual(lines.map(([name]) => name));
    const found = await call("claims.lines", { ...of(claim), query: { q: "血常规" } });
    expect(found.lines.map(({ name }) => name)).toEqual(["血常规7", "血常规407", "血常规807"]);
    expect(found.lines[0]).toMatchObject({ price: "1.5", quantity: "1", total: "1.50", class: "A" });
    expect(found.after).toBeNull();
  });
});

describe("whose claims", () => {
  test("somebody else's claim does not exist, by its number or through a tie of others", async () => {
    const [one, other, third] = [await made.proven(), await made.proven(), await made.proven()];
    const claim = await care(one.person, { provider, lines: stay });
    const tieNo = await holding(third, one);
    for (const query of [{}, { tie: tieNo }]) {
      expect(await refusal(other.call("claims.one", { ...of(claim), query }))).toBe("not-found");
      expect(await refusal(other.call("claims.lines", { ...of(claim), query }))).toBe("not-found");
      expect(await refusal(other.call("claims.dispute", { ...of(claim), query, body: notMine() }))).toBe("not-found");
    }
    expect(await refusal(other.call("claims.mine", { query: { tie: tieNo } }))).toBe("not-found");
  });

  test("who is only bound must prove who he is first", async () => {
    const person = await made.enlist();
    const { call } = await made.signIn(person);
    const claim = await care(person, { provider, lines: stay });
    const asks = [
      call("claims.mine", { query: {} }),
      call("claims.one", { ...of(claim), query: {} }),
      call("claims.lines", { ...of(claim), query: {} }),
      file(call, claim),
      call("claims.disputes"),
      call("claims.looks"),
    ];
    expect(new Set(await Promise.all(asks.map(refusal)))).toEqual(new Set(["proof-needed"]));
  });

  test("a guardian sees a dependant's claims while the tie holds; the dependant sees that he looked", async () => {
    const [guardian, mother] = [await made.proven({ name: "赵建军" }), await made.proven({ name: "王秀英" })];
    const claim = await care(mother.person, { provider, lines: stay });
    const { name, identityNumber } = mother.person;
    const { tieNo } = await guardian.call("family.ask", {
      body: { requestNo: requestNo(), name, identityNumber, relationship: "parent", proof: null, commitment: false },
    });
    const query = { tie: tieNo };
    expect(await refusal(guardian.call("claims.mine", { query }))).toBe("member-not-agreed");
    expect((await mother.call("claims.looks")).looks).toEqual([]);
    await mother.call("family.answer", { params: { tieNo }, body: { agree: true } });
    const { claims, name: whose } = await guardian.call("claims.mine", { query });
    expect([whose, claims[0]?.claimNo]).toEqual(["王秀英", claim.claimNo]);
    await guardian.call("claims.one", { ...of(claim), query });
    await guardian.call("claims.one", { ...of(claim), query });
    expect((await mother.call("claims.looks")).looks).toMatchObject([
      { name: "赵建军", call: "claims.one", times: 2, on: "2025-11-20" },
      { name: "赵建军", call: "claims.mine", times: 1 },
    ]);
    // Not under one's own name, and not one's own looking.
    await mother.call("claims.mine", { query: {} });
    expect((await mother.call("claims.looks")).looks).toHaveLength(2);
    expect((await guardian.call("claims.looks")).looks).toEqual([]);
    await guardian.call("family.end", { params: { tieNo } });
    expect(await refusal(guardian.call("claims.mine", { query }))).toBe("member-not-agreed");
  });
});

/** Does something once, just before the first transaction whose items hold a word is written; tells whether it was done. */
function before(word: string, act: () => Promise<unknown>): () => boolean {
  let done = false;
  db.middlewareStack.add(
    (next, context) => async (args) => {
      const held = JSON.stringify(args.input).toLowerCase();
      if (!done && context.commandName === "TransactWriteItemsCommand" && held.includes(word)) {
        done = true;
        await act();
      }
      return next(args);
    },
    { step: "initialize", name: "before", override: true },
  );
  return () => {
    db.middlewareStack.remove("before");
    return done;
  };
}

describe("disputes", () => {
  const open = (person: Resident) =>
    db.send(
      new QueryCommand({
        TableName: config.mainTable(),
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :kind)",
        ExpressionAttributeValues: { ":pk": partition.person(person.personNo), ":kind": "DISPUTE#" },
      }),
    );

  test("a dispute says its number, its state and by when, and lies in the worklist of the village until it is decided", async () => {
    const { person, call } = await made.proven();
    const claim = await care(person, { provider, lines: stay });
    const { disputeNo, ...told } = await file(call, claim, notMine("那天我在外地"));
    expect(told).toMatchObject({ state: "filed", filedOn: "2025-11-20", dueOn: "2025-11-30", words: "那天我在外地" });
    const amount = { requestNo: requestNo(), kind: "amount" as const, words: "床位费多收了" };
    const second = await call("claims.dispute", { ...of(claim), query: {}, body: amount });
    expect(second.dueOn).toBe("2025-12-10");
    const mine = (await openDisputes("370611")).filter((one) => one.personNo === person.personNo);
    expect(mine.map((one) => one.disputeNo)).toEqual([disputeNo, second.disputeNo]);
    expect((await call("claims.mine", { query: {} })).claims[0]).toMatchObject({ disputed: true });
    await moveDispute(disputeNo, { event: "take", by: officer, change: { owner: officer } });
    await decide(disputeNo, "reject");
    expect((await openDisputes("370600")).filter((one) => one.disputeNo === disputeNo)).toEqual([]);
    const { disputes } = await call("claims.disputes");
    expect(disputes).toMatchObject([
      { disputeNo: second.disputeNo, state: "filed" },
      {
        disputeNo,
        state: "rejected",
        outcome: { reason: "已经核实" },
        history: [{ event: "take" }, { event: "reject" }],
      },
    ]);
    expect(JSON.stringify(disputes)).not.toContain("陈主任");
  });

  test("the same request again is the same dispute; another one of the kind, or another body, is refused", async () => {
    const { person, call } = await made.proven();
    const claim = await care(person, { provider, lines: stay });
    const body = notMine();
    const { disputeNo } = await file(call, claim, body);
    expect((await file(call, claim, body)).disputeNo).toBe(disputeNo);
    expect(await refusal(file(call, claim, { ...body, words: "改了" }))).toBe("request-reused");
    expect(await refusal(file(call, claim))).toBe("dispute-exists");
    await call("claims.withdraw", { params: { disputeNo }, query: {} });
    expect((await file(call, claim)).disputeNo).not.toBe(disputeNo);
  });

  test("ten disputes at the same moment are one", async () => {
    const { person, call } = await made.proven();
    const claim = await care(person, { provider, lines: stay });
    const codes = await Promise.all(Array.from({ length: 10 }, () => refusal(file(call, claim))));
    expect(codes.filter((code) => code === "")).toHaveLength(1);
    expect(codes.filter((code) => code === "dispute-exists")).toHaveLength(9);
    expect((await open(person)).Items).toHaveLength(1);
  });

  test("too late: a claim that was taken back is not disputed, a decided dispute is not withdrawn", async () => {
    const { person, call } = await made.proven();
    const claim = await care(person, { provider, lines: stay });
    const { disputeNo } = await file(call, claim);
    await moveDispute(disputeNo, { event: "take", by: officer, change: { owner: officer } });
    await decide(disputeNo, "uphold");
    expect(await refusal(call("claims.withdraw", { params: { disputeNo }, query: {} }))).toBe("dispute-decided");
    // Upheld: nothing is left to be said against the claim in this way.
    expect(await refusal(file(call, claim))).toBe("dispute-exists");
    const other = await care(person, { provider, lines: stay });
    await takeBack(other);
    expect(await refusal(file(call, other))).toBe("claim-reversed");
  });

  test("a claim that is taken back between reading and writing is not disputed", async () => {
    const { person, call } = await made.proven();
    const claim = await care(person, { provider, lines: stay });
    const tookBack = before("disputing", () => takeBack(claim));
    expect(await refusal(file(call, claim))).toBe("claim-reversed");
    expect(tookBack()).toBe(true);
    expect((await call("claims.disputes")).disputes).toEqual([]);
  });

  test("withdrawn between an officer's reading and writing: it stays withdrawn, and he is told", async () => {
    const { person, call } = await made.proven();
    const claim = await care(person, { provider, lines: stay });
    const { disputeNo } = await file(call, claim);
    const read = await moveDispute(disputeNo, { event: "take", by: officer, change: { owner: officer } });
    await call("claims.withdraw", { params: { disputeNo }, query: {} });
    const rejecting = decideAndWrite(async (attempt) =>
      disputeMoved(attempt === 1 ? read : await disputeOf(disputeNo), { event: "reject", by: officer }),
    );
    await expect(rejecting).rejects.toThrow(new Refusal("dispute-decided").message);
    expect((await call("claims.disputes")).disputes).toMatchObject([{ state: "withdrawn", outcome: null }]);
  });

  test("the same request ten times at once is one dispute, and every one is answered with it", async () => {
    const { person, call } = await made.proven();
    const claim = await care(person, { provider, lines: stay });
    const body = notMine();
    const told = await Promise.all(Array.from({ length: 10 }, () => file(call, claim, body)));
    expect(new Set(told.map(({ disputeNo }) => disputeNo)).size).toBe(1);
  });

  test("a guardian disputes for a dependant, both see it, either takes it back; nobody else does", async () => {
    const [guardian, mother, other] = [await made.proven(), await made.proven({ name: "王秀英" }), await made.proven()];
    const claim = await care(mother.person, { provider, lines: stay });
    const tie = await holding(guardian, mother);
    const told = await guardian.call("claims.dispute", { ...of(claim), query: { tie }, body: notMine() });
    expect(told).toMatchObject({ byGuardian: true, tieNo: tie, name: "王秀英" });
    expect((await mother.call("claims.disputes")).disputes).toMatchObject([{ byGuardian: true, tieNo: null }]);
    expect((await guardian.call("claims.disputes")).disputes).toMatchObject([
      { disputeNo: told.disputeNo, tieNo: tie },
    ]);
    const params = { disputeNo: told.disputeNo };
    expect(await refusal(other.call("claims.withdraw", { params, query: {} }))).toBe("not-found");
    expect(await refusal(guardian.call("claims.withdraw", { params, query: {} }))).toBe("not-found");
    expect((await mother.call("claims.withdraw", { params, query: {} })).state).toBe("withdrawn");
    expect((await mother.call("claims.withdraw", { params, query: {} })).state).toBe("withdrawn");
  });

  test("a decision and what follows of it are written together or not at all", async () => {
    const { person, call } = await made.proven();
    const claim = await care(person, { provider, lines: stay });
    const { disputeNo } = await file(call, claim);
    await moveDispute(disputeNo, { event: "take", by: officer, change: { owner: officer } });
    const taker = { officerNo: officer.no, name: officer.name, unit: "370611", roles: [], until: null };
    const said = { params: { disputeNo }, body: { uphold: true, reason: "已经核实" } };
    const { steps } = await planTakingBack(said, { ...taker, officerNo: "another" }, taker);
    await takeBack(claim);
    await expect(writeTogether(steps)).rejects.toThrow();
    expect((await call("claims.disputes")).disputes[0]!.state).toBe("taken");
  });

  test("what is wrong with an amount must be said; the days are said for each kind", async () => {
    const { person, call } = await made.proven();
    const claim = await care(person, { provider, lines: stay });
    const body = { requestNo: requestNo(), kind: "amount" as const, words: " " };
    expect(await refusal(call("claims.dispute", { ...of(claim), query: {}, body }))).toBe("malformed");
    expect(Object.values(disputeKinds).map(({ days }) => days)).toEqual([10, 20]);
  });
});
