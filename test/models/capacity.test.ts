import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "../../functions/db.ts";
import * as ask from "../../hospital/asks.ts";
import { type Sender, send } from "../../hospital/client.ts";
import { charge, done, items, settleStay, settleVisit, stay, visit } from "../gateway/desk.ts";
import { consumed } from "../world/books.ts";
import { senderOf } from "../world/hospitals.ts";
import { made, opensHospitals, today } from "../world/opening.ts";
import { costOf, countCapacity } from "./capacity.ts";

let county: Sender;
let capacity: ReturnType<typeof countCapacity>;
opensHospitals();
beforeAll(async () => {
  county = senderOf("H37061100002");
  capacity = countCapacity(db);
});
afterAll(() => void capacity.stop());

const sixLines = (on: string) => Array.from({ length: 6 }, () => charge(items.amoxicillin, 8, 2, on));

test("a settlement of six lines writes at most 20 WRU and reads at most 8 RRU, a preview writes one nonce: summed from ConsumedCapacity", async () => {
  const who = await made.enlist();
  const one = await visit(county, who, today, sixLines(today));
  const preview = await capacity.counted(() =>
    send(county, "2206", ask.previewOutpatient(who, one.encounterNo, "B1", "11", one.sums.total)),
  );
  done(preview.value);
  const settle = await capacity.counted(() => settleVisit(county, who, one));
  done(settle.value);
  console.info(
    `preview ${preview.used.wru} WRU ${preview.used.rru} RRU; settle ${settle.used.wru} WRU ${settle.used.rru} RRU`,
  );
  expect(preview.used.wru).toBe(1);
  expect(settle.used.wru).toBeLessThanOrEqual(20);
  expect(settle.used.wru).toBeGreaterThan(10);
  expect(settle.used.rru).toBeLessThanOrEqual(8);
});

test("a resident-year of six visits, a fifth of a stay, a payment and ten looks costs under ¥0.01 at list prices", async () => {
  await consumed();
  const year = { wru: 0, rru: 0, calls: 0 };
  const add = (used: { wru: number; rru: number; requests: readonly unknown[] }, times: number, calls: number) => {
    year.wru += times * used.wru;
    year.rru += times * used.rru;
    year.calls += times * calls;
  };
  const who = await made.enlist({ telephone: "19800001234" });
  const seen = await capacity.counted(async () => {
    done(await send(county, "1101", ask.identify(who.identityNumber)));
    done(await settleVisit(county, who, await visit(county, who, today, sixLines(today))));
  });
  add(seen.used, 6, 5);
  const stayed = await capacity.counted(async () => {
    const one = await stay(county, who, { from: "2025-11-10", until: today }, sixLines("2025-11-11"));
    for (let i = 0; i < 10; i++) {
      done(await send(county, "2301", ask.chargeStay(who.personNo, one.encounterNo, "21", sixLines("2025-11-12"))));
    }
    const sums = { ...one.sums, total: (one.sums.total * 11) as ask.Sums["total"] };
    done(await settleStay(county, who, { ...one, sums }));
  });
  add(stayed.used, 0.2, 14);
  const payer = await made.signIn(who, "19800001234");
  await made.prove(payer.call, who);
  const paid = await capacity.counted(async () => {
    const lines = [{ whom: { who: "self" as const }, benefitYear: 2026 }];
    const order = await payer.call("contributions.order", {
      body: { requestNo: "capacity-1", lines, expected: "400.00" },
    });
    await made.tell(made.notice(order.orderNo, "400.00"));
  });
  add(paid.used, 1, 2);
  const looked = await capacity.counted(() => payer.call("claims.mine", { query: {} }));
  add(looked.used, 10, 1);
  // What follows of all that, a moment later: figures and balances, messages, lists.
  const later = await capacity.counted(consumed);
  // Three business transactions are in the outbox: a visit, a stay and a payment.
  add(later.used, (6 + 0.2 + 1) / 3, 1);
  const yuan = costOf(year);
  console.info(
    `a resident-year: ${year.wru.toFixed(0)} WRU, ${year.rru.toFixed(0)} RRU, ${year.calls.toFixed(0)} calls: ¥${yuan.toFixed(5)}`,
  );
  expect(year.wru).toBeGreaterThan(100);
  expect(yuan).toBeLessThan(0.01);
});
