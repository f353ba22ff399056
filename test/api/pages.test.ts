import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll, expect, test } from "vitest";
import * as z from "zod";
import { encountersOf } from "../../functions/claims/encounters.ts";
import { config } from "../../functions/config.ts";
import { hold } from "../../functions/contributions/suspense.ts";
import { wasRequested } from "../../functions/credentials/store.ts";
import { db } from "../../functions/db.ts";
import { indexKey } from "../../functions/index-key.ts";
import { key, partition } from "../../functions/key.ts";
import { itemsIn } from "../../functions/read.ts";
import { waitingIn } from "../../functions/worklist.ts";
import { addDays, day, dayInShanghai } from "../../shared/day.ts";
import { yuan } from "../../shared/money.ts";
import { type World, world } from "../world/world.ts";

/** A page of DynamoDB holds a megabyte: a dozen items with so much in them are more than one. */
const fill = "x".repeat(100_000);
const dozen = Array.from({ length: 12 }, (_, i) => String(i).padStart(2, "0"));

let made: World;
beforeAll(async () => {
  made = await world();
});

const put = (Item: Record<string, unknown>, TableName = config.mainTable()) =>
  db.send(new PutCommand({ TableName, Item }));

test("all differences of a day's bill are listed, however many pages they fill", async () => {
  const finance = await made.officer("pages-finance", "370600", ["finance"]);
  const on = addDays(dayInShanghai(Date.now()), -1);
  const sums = { lines: 12, paid: 0, refunded: 0, foundMissing: 0, differences: 12, at: 1 };
  await put({ ...key.reconciliation(on), day: on, area: "370600", ...sums });
  for (const no of dozen) {
    const difference = { day: on, kind: "payment-amount", number: no, tradeNo: no, ours: 100, theirs: 200 };
    await put({ ...key.difference(on, `payment-amount#${no}`), ...difference, fill });
  }
  const { differences } = await finance("payments.differences");
  expect(differences.map(({ number }) => number)).toEqual(dozen);
});

test("whatever lies in suspense is listed: nothing of it waits behind the first two hundred", async () => {
  const finance = await made.officer("pages-suspense", "511300", ["finance"]);
  const numbers = Array.from({ length: 201 }, (_, i) => `PAGES-${String(i).padStart(3, "0")}`);
  for (const suspenseNo of numbers) {
    const amount = yuan("400.00");
    const payment = { transactionNo: suspenseNo, tradeNo: null, amount, carrier: "cash" as const };
    const parts = [{ poolingArea: "511300", amount }];
    const [kept] = hold({ suspenseNo, payment, parts, why: "paid-again", orderNo: null });
    await put(kept!.Put!.Item!);
  }
  const { items } = await finance("payments.suspense");
  expect(items.map(({ suspenseNo }) => suspenseNo).sort()).toEqual(numbers);
});

test("what waits for an officer is read to its end", async () => {
  for (const no of dozen) {
    await put({
      ...key.refund(`PAGES${no}`),
      ...indexKey.open("REFUNDS", "370612001201", day("2025-11-20"), no),
      no,
      fill,
    });
  }
  const waiting = await waitingIn("REFUNDS", "370612", z.object({ no: z.string() }));
  expect(waiting.map(({ no }) => no)).toEqual(dozen);
});

test("a guardian's look is told, however often officers and providers looked since", async () => {
  const [child, mother] = [await made.enlist({ telephone: "13800000001" }), await made.enlist({ name: "李梅" })];
  const { call } = await made.signIn(child);
  await made.prove(call, child);
  const look = (at: string, what: object) =>
    put({ ...key.access(partition.person(child.personNo), at), on: day("2025-11-20"), ...what }, config.auditTable());
  await look("2025-11-20T00:00:00.000Z#0", { guardianNo: mother.personNo, call: "claims.one" });
  for (let i = 0; i < 501; i++) {
    const at = `2025-11-20T01:00:00.${String(i).padStart(3, "0")}Z#0`;
    await look(at, { providerCode: "H37061100001", call: "gateway.1101" });
  }
  expect((await call("claims.looks")).looks).toMatchObject([{ name: "李梅", times: 1 }]);
});

test("a stay is seen behind a hundred later visits: a referral is good for one", async () => {
  const { personNo } = await made.enlist();
  const numbers = Array.from({ length: 101 }, (_, i) => `20251120${String(i).padStart(8, "0")}`);
  for (const encounterNo of numbers) {
    const encounter = {
      encounterNo,
      personNo,
      providerCode: "H37061100001",
      insuredArea: "370600",
      inpatient: false,
      state: "open",
      hospitalNo: encounterNo,
      careCode: null,
      admittedOn: "2025-11-20",
      admittedAt: "2025-11-20 08:00:00",
      dischargedOn: null,
      dischargedAt: null,
      disease: { code: "J00", name: "感冒" },
      diagnoses: [],
      department: "内科",
      doctor: "王",
      referralNo: null,
      batches: {},
      version: 1,
      untaken: [],
      kept: {},
    };
    await put({ ...key.encounter(encounterNo), ...encounter });
    await put({ ...key.encounterOf(personNo, "2025-11-20", encounterNo), encounterNo });
  }
  expect((await encountersOf(personNo)).map(({ encounterNo }) => encounterNo)).toEqual(numbers.toReversed());
});

test("a request that changed a credential is known after a hundred other changes", async () => {
  const { personNo } = await made.enlist();
  for (let version = 1; version <= 102; version++) {
    const happening = {
      what: "phone-added",
      on: "2025-11-20",
      at: version,
      by: { hand: "self", no: personNo, name: null },
    };
    const requestNo = `pages-${version}`;
    await put({ ...key.credentialEvent(personNo, version), ...happening, detail: "", ended: [], requestNo });
  }
  expect(await wasRequested(personNo, "pages-1")).toBe(true);
  expect(await wasRequested(personNo, "pages-103")).toBe(false);
});

test("a partition is read in its order, from either end, between two keys and up to one", async () => {
  for (const sk of ["A#1", "A#2", "B#1"]) await put({ pk: "PAGES", sk });
  const read = async (how: Parameters<typeof itemsIn>[2]) =>
    (await itemsIn("PAGES", z.object({ sk: z.string() }), { atOnce: 1, ...how })).map(({ sk }) => sk);
  expect(await read({})).toEqual(["A#1", "A#2", "B#1"]);
  expect(await read({ newestFirst: true })).toEqual(["B#1", "A#2", "A#1"]);
  expect(await read({ beginning: "A#" })).toEqual(["A#1", "A#2"]);
  expect(await read({ between: ["A#2", "B#1"] })).toEqual(["A#2", "B#1"]);
  expect(await read({ until: "A#2" })).toEqual(["A#1", "A#2"]);
  expect(await read({ after: { pk: "PAGES", sk: "A#1" } })).toEqual(["A#2", "B#1"]);
});
