import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { orderOf } from "../../functions/contributions/store.ts";
import { db } from "../../functions/db.ts";
import { figuresOf } from "../../functions/progress/store.ts";
import { day } from "../../shared/day.ts";
import { faultOf } from "../../shared/ledger/entry.ts";
import { text, type Yuan } from "../../shared/money.ts";
import { injectFaults } from "../world/faults.ts";
import { made, opens, turnsBack } from "../world/opening.ts";
import { runs } from "../world/size.ts";
import {
  child,
  enrolments,
  enrolmentsOf,
  fold,
  listedChild,
  moneyOf,
  next,
  order,
  parent,
  pay,
  payFor,
  registered,
  scan,
  suspendedOn,
  yearsOf,
} from "./newborn-steps.ts";

opens({ "370600": "烟台市" });
turnsBack();

test("money that arrives while the two become one is booked once, for the one that stays", async () => {
  for (let i = 0; i < 12; i++) {
    const { person, call } = await parent();
    const { tieNo } = await registered(call, child());
    const { orderNo, total } = await order(call, tieNo, 2025);
    const listed = await listedChild(person);
    const body = { name: listed.name, identityNumber: listed.identityNumber };
    const notice = made.notice(orderNo, total);
    const weather = injectFaults(db, { conflict: 0.2, lostReply: 0.2, reorder: 0.7 }, `arrives-${i}`);
    onTestFinished(() => void weather.stop());
    await Promise.all([
      made.tell(notice).catch(() => null),
      call("family.identity-number", { params: { tieNo }, body }).catch(() => null),
    ]);
    weather.stop();
    await made.tell(notice);
    await call("family.identity-number", { params: { tieNo }, body });
    const { state } = await call("contributions.order-state", { params: { orderNo } });
    expect([state, yearsOf(await enrolments(listed))]).toEqual(["booked", [2025]]);
  }
});

/** A child gets a number while an order of theirs is booked: after their enrolments were read for the nth time, before they themselves were. */
async function bookedBetween(nth: number): Promise<{ happened: boolean; years: unknown[] }> {
  const { person, call } = await parent();
  const { tieNo } = await registered(call, child());
  const { orderNo, total } = await order(call, tieNo, 2025);
  const listed = await listedChild(person);
  const { personNo } = (await orderOf(orderNo)).lines[0]!;
  let told: Promise<unknown> | null = null;
  let isTelling = false;
  let listings = 0;
  db.middlewareStack.add(
    (next) => async (args) => {
      const asked = args.input as { Key?: { pk?: string; sk?: string }; ExpressionAttributeValues?: object };
      const isChild = asked.Key?.pk === `PERSON#${personNo}` && asked.Key.sk === "PROFILE";
      const lists = Object.values(asked.ExpressionAttributeValues ?? {}).includes(`PERSON#${personNo}`);
      if (isTelling || (!isChild && !lists)) return next(args);
      // The child is read as late as can be, and their enrolments as early.
      if (isChild) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        await told;
        return next(args);
      }
      const read = await next(args);
      listings += 1;
      if (listings !== nth) return read;
      isTelling = true;
      told = made.tell(made.notice(orderNo, total));
      await told;
      isTelling = false;
      return read;
    },
    { step: "initialize", name: "between", override: true },
  );
  onTestFinished(() => void db.middlewareStack.remove("between"));
  const body = { name: listed.name, identityNumber: listed.identityNumber };
  await call("family.identity-number", { params: { tieNo }, body });
  db.middlewareStack.remove("between");
  return { happened: told !== null, years: yearsOf(await enrolments(listed)) };
}

test("a booking between the reading of the enrolments and of the child: it goes over with the child", async () => {
  let nth = 1;
  for (; ; nth++) {
    const { happened, years } = await bookedBetween(nth);
    if (!happened) break;
    expect(years, `at reading ${nth}`).toEqual([2025]);
  }
  expect(nth).toBeGreaterThan(1);
});

describe("without losing a fen", () => {
  const years = fc.subarray([2025, 2026]);
  const story = fc.record({
    /** What was paid for the child under each of its two numbers, and which of them first. */
    temporary: years,
    listed: years,
    listedFirst: fc.boolean(),
    parents: fc.integer({ min: 1, max: 2 }),
    /** The list puts the child into another village: only a counter may say that it is the same. */
    moved: fc.boolean(),
    poor: fc.boolean(),
    bothAtOnce: fc.boolean(),
    weather: fc.boolean(),
  });

  test("fen and person-years after a merge are those before, whatever was paid for whom in which order", async () => {
    const seen = { twice: 0, moved: 0, suspended: 0 };
    let village = 500;
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        const [home, away] = [`370611001${++village}`, `370611001${++village}`];
        const mother = await parent({ village: home });
        const father = await parent({ village: home });
        const body = child();
        const { tieNo } = await registered(mother.call, body);
        if (told.parents === 2)
          await father.call("family.newborn", { body: { ...body, requestNo: `newborn-${next()}` } });
        const identities = told.poor ? [{ kind: "minimum-living" as const, from: day("2025-01-01"), until: null }] : [];
        const listed = await listedChild(mother.person, { identities, ...(told.moved && { village: away }) });
        const orderNos: string[] = [];
        const pays = [
          async () => {
            for (const year of told.temporary) orderNos.push(await pay(mother.call, tieNo, year));
          },
          async () => {
            for (const year of told.listed) orderNos.push(await payFor(mother.call, listed, year));
          },
        ];
        if (told.listedFirst) pays.reverse();
        for (const [i, one] of pays.entries()) {
          made.turn(`2025-11-2${i + 1}`);
          await one();
        }
        made.turn("2025-11-25");
        await fold();
        const before = await moneyOf(orderNos);

        const { name, identityNumber } = listed;
        const officer = await made.officer(`counter-${next()}`, "370600", ["counter"]);
        const give = () =>
          told.moved
            ? officer("family-agency.identity-number", {
                params: { tieNo },
                body: { name, identityNumber, seen: "household-book" },
              })
            : mother.call("family.identity-number", { params: { tieNo }, body: { name, identityNumber } });
        const storm = { conflict: 0.3, lostReply: 0.3, duplicate: 0.1, reorder: 0.2 };
        const weather = told.weather ? injectFaults(db, storm, JSON.stringify(told)) : null;
        if (weather) onTestFinished(() => void weather.stop());
        await Promise.all([give(), ...(told.bothAtOnce ? [give()] : [])].map((one) => one.catch(() => null)));
        weather?.stop();
        await give();

        await fold();
        const after = await moneyOf(orderNos);
        for (const entry of after.entries) expect(faultOf(entry.lines)).toBeNull();
        const union = [...new Set([...told.temporary, ...told.listed])].sort();
        const twice = told.temporary.filter((year) => told.listed.includes(year));
        expect(yearsOf(await enrolments(listed))).toEqual(union);
        expect(await enrolmentsOf(body.birthCertificate)).toEqual([]);
        // What came in is what is income or waits to be refunded; nothing of it is gone.
        expect(after.received).toBe(before.received);
        expect(after.income + after.suspense).toBe(before.income + before.suspense);
        expect(after.aided).toBe(after.aidExpenditure);
        expect(text(after.suspense as Yuan)).toBe(await suspendedOn(mother.call, orderNos));
        // Each sum that waits has an owner, who pays it back.
        const waiting = (await scan("attribute_exists(suspenseNo)", {})).filter((one) =>
          orderNos.includes(String(one.orderNo)),
        );
        expect(waiting.reduce((sum, one) => sum + Number(one.amount), 0)).toBe(after.suspense);
        for (const one of waiting) expect([one.state, one.owner, one.why]).toEqual(["held", "system", "found-twice"]);
        // The boards: one person to insure, one enrolment a person-year, the money that is income.
        for (const year of [2025, 2026]) {
          const [there, elsewhere] = [await figuresOf(year, home), await figuresOf(year, away)];
          expect([there.should, elsewhere.should]).toEqual([0, 0]);
          const enrolled = union.includes(year) ? 1 : 0;
          expect([there.enrolled, elsewhere.enrolled]).toEqual(told.moved ? [0, enrolled] : [enrolled, 0]);
        }
        const boards = await Promise.all(
          [2025, 2026].flatMap((year) => [figuresOf(year, home), figuresOf(year, away)]),
        );
        expect(boards.reduce((sum, one) => sum + one.amount, 0)).toBe(after.income);
        seen.twice += twice.length;
        seen.moved += told.moved && union.length > 0 ? 1 : 0;
        seen.suspended += after.suspense > before.suspense ? 1 : 0;
      }),
      { numRuns: runs(30, 14), seed: 20251102, endOnFailure: true },
    );
    expect(Math.min(seen.twice, seen.moved, seen.suspended)).toBeGreaterThan(2);
  });
});
