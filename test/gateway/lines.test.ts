import { describe, expect, onTestFinished, test } from "vitest";
import { db } from "../../functions/db.ts";
import * as ask from "../../hospital/asks.ts";
import { send } from "../../hospital/client.ts";
import { yuan } from "../../shared/money.ts";
import { random } from "../../shared/random.ts";
import { crashAfter, holdBack, injectFaults } from "../world/faults.ts";
import { made, opensHospitals, today } from "../world/opening.ts";
import {
  at,
  charge,
  codeOf,
  county,
  disease,
  done,
  items,
  next,
  settleVisit,
  sumsOf,
  visit,
  yearOfPerson,
} from "./desk.ts";

opensHospitals();

/** Somebody in bed since the first, nothing charged yet. */
async function inBed() {
  const who = await made.enlist();
  const { encounter } = done(await send(county, "2401", ask.admit(who, "21", at("2025-11-01"), next("IP"), disease)));
  const { encounterNo } = encounter;
  const { personNo } = who;
  return {
    who,
    encounterNo,
    upload: (charges: readonly ask.Charge[], messageNo?: string) =>
      send(county, "2301", ask.chargeStay(personNo, encounterNo, "21", charges), { messageNo }),
    withdraw: (serial: string) => send(county, "2302", ask.withdrawLine(personNo, encounterNo, serial)),
    listed: async () => done(await send(county, "5204", { request: { personNo, encounterNo, claimNo: null } })).lines,
  };
}

const line = (serial: string, quantity = 1, more: Partial<ask.Charge> = {}) =>
  charge(items.amoxicillin, 8, quantity, "2025-11-02", { serial, ...more });
const hundred = (name: string) => Array.from({ length: 100 }, (_, i) => line(`${name}-${i}`));
const back = (serial: string, original: string, quantity = 1) => line(serial, -quantity, { original });

describe("a fee line is one in its encounter", () => {
  test("a fee line is paid once, whatever batch, generation or message carried it: a stay settled in the middle", async () => {
    const { who, encounterNo, upload, withdraw } = await inBed();
    const lines = [line("1", 500), line("2", 100)];
    const { lines: split } = done(await upload(lines));
    const middle = ask.settleStay(who, encounterNo, sumsOf(split), "2025-11-10");
    const { settlement } = done(await send(county, "2304", middle));
    // (4,800 − 500) × 58 %
    expect(settlement.pooled).toBe(yuan("2494"));
    expect(codeOf(await upload(lines))).toBe("line-repeated");
    expect(codeOf(await upload([line("3"), line("2", 7)]))).toBe("line-repeated");
    // What is not settled may be taken back and come again, as hospitals do before each settlement; what is settled may not.
    done(await upload([line("3")]));
    done(await withdraw("0000"));
    done(await upload([line("3")]));
    done(await withdraw("3"));
    done(await upload([line("3", 2)]));
    expect(codeOf(await upload([line("1", 500)]))).toBe("line-repeated");
    expect((await yearOfPerson(who)).claims).toHaveLength(1);
  });

  test("an out-patient's serial in another batch, settled or not, or in two messages at once", async () => {
    const who = await made.enlist();
    const one = await visit(county, who, today, [charge(items.amoxicillin, 8, 1, today, { serial: "S" })]);
    const again = (batchNo: string) =>
      send(
        county,
        "2204",
        ask.chargeOutpatient(who.personNo, one.encounterNo, batchNo, [
          charge(items.amoxicillin, 8, 1, today, { serial: "S" }),
        ]),
      );
    expect(codeOf(await again("B2"))).toBe("line-repeated");
    done(await send(county, "2205", ask.withdrawBatch(who.personNo, one.encounterNo, "B1")));
    const both = await Promise.all([again("B1"), again("B2")]);
    expect(both.map(codeOf).sort()).toEqual(["done", "line-repeated"]);
    done(await send(county, "2205", ask.withdrawBatch(who.personNo, one.encounterNo, "0000")));
    done(await again("B1"));
    done(await settleVisit(county, who, one));
    expect(codeOf(await again("B2"))).toBe("line-repeated");
    expect(codeOf(await again("B1"))).toBe("line-repeated");
  });

  test("any history of uploads, returns and withdrawals: the lines that stand are those of a plain book, and so is the sum", async () => {
    for (const seed of ["one", "two", "three"]) {
      const dice = random(seed);
      const { who, encounterNo, upload, withdraw, listed } = await inBed();
      // What stands, by serial: how many are left of it, whether something was given back of it, what it gives back.
      let book = new Map<string, { count: number; left: number; original: string | null }>();
      const settledLines = new Map<string, { count: number; left: number; original: string | null }>();
      const total = () => [...book.values()].reduce((sum, one) => sum + one.count * 800, 0);
      for (let step = 0; step < 60; step++) {
        const serial = String(dice.int(1, 12));
        const kind = dice.next();
        if (kind < 0.5) {
          const isFree = !book.has(serial) && !settledLines.has(serial);
          expect(codeOf(await upload([line(serial, 3)])), `${seed} ${step}`).toBe(isFree ? "done" : "line-repeated");
          if (isFree) book.set(serial, { count: 3, left: 3, original: null });
        } else if (kind < 0.7) {
          const of = String(dice.int(1, 12));
          const from = book.get(of);
          const said = codeOf(await upload([back(`r${step}`, of)]));
          const isGood = from !== undefined && from.original === null && from.left > 0;
          expect(said === "done", `${seed} ${step} ${said}`).toBe(isGood);
          if (!isGood) continue;
          from.left -= 1;
          book.set(`r${step}`, { count: -1, left: 0, original: of });
        } else if (kind < 0.85) {
          const said = codeOf(await withdraw(serial));
          const isGood = book.get(serial)?.left === 3;
          expect(said === "done", `${seed} ${step} ${said}`).toBe(isGood);
          if (isGood) book.delete(serial);
        } else if (kind < 0.95 || total() === 0) {
          done(await withdraw("0000"));
          book.clear();
        } else {
          const sums = { ...ask.nothing, total: total() as never };
          done(await send(county, "2304", ask.settleStay(who, encounterNo, sums, today)));
          for (const [of, one] of book) settledLines.set(of, one);
          book = new Map();
        }
      }
      const stands = [...book, ...settledLines].map(([of, { count }]) => `${of} ${count}`);
      expect((await listed()).map((one) => `${one.lineNo} ${one.quantity / 10_000}`).sort()).toEqual(stands.sort());
      if (total() > 0) {
        const sums = { ...ask.nothing, total: total() as never };
        done(await send(county, "2303", ask.settleStay(who, encounterNo, sums, today)));
      }
    }
  }, 120_000);
});

describe("a hundred in one message", () => {
  test("100 lines in one message and 100 returns in one go, to the fen; the 101st is too many", async () => {
    const { who, encounterNo, upload, withdraw, listed } = await inBed();
    const lines = hundred("a").map((one) => charge(items.atorvastatin, 7.77, 3, "2025-11-02", { serial: one.serial }));
    const sums = sumsOf(done(await upload(lines)).lines);
    // 23.31 a line, 4.11 over the cap of 6.40, 5 % of 19.20 up front.
    expect(sums).toEqual({ total: 233_100, outsideCatalogue: 0, overPriceCap: 41_100, upfront: 9_600 });
    const returns = lines.map((one, i) =>
      charge(items.atorvastatin, 7.77, -2, "2025-11-02", { serial: `b-${i}`, original: one.serial }),
    );
    const less = sumsOf(done(await upload(returns)).lines);
    // What is left is a hundred lines of one: 7.77, 1.37 over, 0.32 up front.
    expect(sumsOf([sums, less])).toEqual({ total: 77_700, outsideCatalogue: 0, overPriceCap: 13_700, upfront: 3_200 });
    expect(codeOf(await upload([...hundred("c"), line("c-100")]))).toBe("too-many-lines");
    expect(await listed()).toHaveLength(200);
    done(await send(county, "2303", ask.settleStay(who, encounterNo, sumsOf([sums, less]))));
    // All of it goes as it came: in one message.
    done(await withdraw("0000"));
    const charged = await upload(hundred("a"));
    done(charged);
    done(await send(county, "2601", ask.undo(who.personNo, charged.messageNo, "2301")));
    expect(await listed()).toEqual([]);
    done(await upload(hundred("a")));
    const requests = hundred("a").map((one) => ({ personNo: who.personNo, encounterNo, lineNo: one.serial }));
    done(await send(county, "2302", { requests }));
    expect(await listed()).toEqual([]);
  });

  test("several returns of one line in one message are summed, beside the line itself, and never more than the line", async () => {
    const { upload, listed } = await inBed();
    done(await upload([line("x", 5)]));
    done(await upload([back("x1", "x", 2), back("x2", "x", 2)]));
    expect(codeOf(await upload([line("z"), back("x3", "x", 1), back("x4", "x", 1)]))).toBe("return-too-much");
    done(await upload([back("y1", "y", 1), line("y", 2), back("y2", "y", 1), back("x5", "x", 1)]));
    expect((await listed()).map((one) => one.lineNo)).toEqual(["x", "x1", "x2", "x5", "y", "y1", "y2"]);
    expect(codeOf(await upload([back("y3", "y1", 1)]))).toBe("return-too-much");
    expect(codeOf(await upload([back("n", "nothing")]))).toBe("line-unknown");
  });

  test("a return of what was settled in the middle says that it is settled", async () => {
    const { who, encounterNo, upload } = await inBed();
    const { lines } = done(await upload([line("1", 200)]));
    done(await send(county, "2304", ask.settleStay(who, encounterNo, sumsOf(lines), today)));
    expect(codeOf(await upload([back("2", "1")]))).toBe("settled-already");
  });

  test("a message of 100 lines or 100 returns is seen whole or not at all, killed at any await", async () => {
    for (let points = 0, crashed = true; crashed; points++) {
      const { upload, listed } = await inBed();
      const steps: [ask.Charge[], number][] = [
        [hundred("k"), 100],
        [hundred("k").map((one) => back(`r${one.serial}`, one.serial)), 200],
      ];
      crashed = false;
      let before = 0;
      for (const [charges, after] of steps) {
        const process = crashAfter(db, points);
        const first = await upload(charges);
        crashed ||= process.crashed();
        process.restart();
        expect([before, after]).toContain((await listed()).length);
        // Half of the serials under another number meanwhile: what was written ahead and never taken is in nobody's way.
        const isLeft = first.kind === "unknown" && (await listed()).length === before;
        if (isLeft && before === 0) {
          done(await upload(charges.slice(50)));
          expect(codeOf(await upload(charges, first.messageNo))).toBe("line-repeated");
          done(await upload(charges.slice(0, 50)));
        } else if (first.kind === "unknown") done(await upload(charges, first.messageNo));
        expect(await listed()).toHaveLength(after);
        before = after;
      }
    }
  }, 120_000);

  test("a hundred lines that are held up on the way and come when others stand there change nothing", async () => {
    const { upload, listed } = await inBed();
    const slow = holdBack(db, "LINE#");
    const late = upload(hundred("h"));
    await slow.held;
    done(await upload(hundred("h").map((one) => line(one.serial, 2))));
    slow.letGo();
    expect(codeOf(await late)).toBe("line-repeated");
    expect((await listed()).map((one) => one.quantity)).toEqual(Array.from({ length: 100 }, () => 20_000));
  });

  test("in bad weather four messages of the same hundred serials at once: one of them stands, whole", async () => {
    const { who, encounterNo, upload, listed } = await inBed();
    const weather = injectFaults(db, { conflict: 0.2, lostReply: 0.2, duplicate: 0.2, reorder: 0.5 }, "lines");
    onTestFinished(() => void weather.stop());
    const ends = await Promise.all(
      [1, 2, 3, 4].map(async (quantity) => {
        const charges = hundred("w").map((one) => line(one.serial, quantity));
        let said = await upload(charges);
        for (let i = 0; i < 30 && (said.kind === "unknown" || codeOf(said) === "try-again"); i++)
          said = await upload(charges, said.messageNo);
        return codeOf(said);
      }),
    );
    weather.stop();
    expect(ends.sort()).toEqual(["done", "line-repeated", "line-repeated", "line-repeated"]);
    const lines = await listed();
    expect(lines).toHaveLength(100);
    expect(new Set(lines.map((one) => one.quantity)).size).toBe(1);
    const total = (lines[0]!.quantity / 10_000) * 80_000;
    done(await send(county, "2303", ask.settleStay(who, encounterNo, { ...ask.nothing, total: total as never })));
  }, 120_000);
});
