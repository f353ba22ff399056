import { describe, expect, onTestFinished, test } from "vitest";
import { db } from "../../functions/db.ts";
import * as ask from "../../hospital/asks.ts";
import { chargeOutpatient, discharge } from "../../hospital/asks.ts";
import { type Said, send } from "../../hospital/client.ts";
import type { Resident } from "../../local/county/people.ts";
import type { TransactionNo } from "../../shared/gateway/wire.ts";
import { plus, yuan } from "../../shared/money.ts";
import { booksAgree, debitOf, entriesFor } from "../world/books.ts";
import { crashAfter, injectFaults, withoutCondition } from "../world/faults.ts";
import { senderOf } from "../world/hospitals.ts";
import { made, opensHospitals, today } from "../world/opening.ts";
import { runs } from "../world/size.ts";
import { at, charge, codeOf, disease, done, items, next, settleVisit, stay, visit, yearOfPerson } from "./desk.ts";

opensHospitals();

const senders = ["H37061100001", "H37061100002", "H37061100003", "H37061100101"].map((code) => senderOf(code));
const bad = { conflict: 0.3, throttle: 0.05, lostReply: 0.25, duplicate: 0.1, reorder: 0.3 };

/** As a hospital does that heard nothing: the same message again, signed anew, until something is said. */
async function insist<T extends TransactionNo>(
  first: () => Promise<Said<T>>,
  again: (messageNo: string) => Promise<Said<T>>,
): Promise<Said<T>> {
  let said = await first();
  for (let i = 0; i < 30 && (said.kind === "unknown" || codeOf(said) === "try-again"); i++)
    said = await again(said.messageNo);
  return said;
}

/** Fifty visits of one person, each with 100 yuan in scope, settled at the same moment by four hospitals in bad weather. */
async function fiftyAtOnce(seed: string, isStorm: boolean) {
  const who = await made.enlist();
  const visits = [];
  for (let i = 0; i < 50; i++) {
    const sender = senders[i % senders.length]!;
    visits.push({ sender, ...(await visit(sender, who, today, [charge(items.amoxicillin, 8, 12.5, today)])) });
  }
  const weather = injectFaults(db, isStorm ? bad : { reorder: 0.5 }, seed);
  onTestFinished(() => void weather.stop());
  const said = await Promise.all(
    visits.map((one) =>
      insist(
        () => settleVisit(one.sender, who, one),
        (messageNo) => settleVisit(one.sender, who, one, { messageNo }),
      ),
    ),
  );
  weather.stop();
  return { who, said, faults: weather.made };
}

const pooledOf = ({ claims }: Awaited<ReturnType<typeof yearOfPerson>>) =>
  plus(...claims.map((one) => one.amounts.pooled));

describe("no limit is passed", () => {
  test.each(["one", "two"].slice(0, runs(2, 1)))(
    "50 concurrent claims of one person with injected conflicts never pass a limit: %s",
    async (seed) => {
      const { who, said, faults } = await fiftyAtOnce(seed, true);
      expect(said.map(codeOf)).toEqual(Array.from({ length: 50 }, () => "done"));
      const stands = await yearOfPerson(who);
      expect(stands.claims).toHaveLength(50);
      // 50 or 60 of each hundred would be 2,500 and more; 400 a year are paid, to the fen.
      expect(pooledOf(stands)).toBe(yuan("400"));
      expect(stands.year?.year.outpatient).toBe(yuan("400"));
      expect(new Set(stands.claims.map((one) => one.sequence)).size).toBe(50);
      const entries = await entriesFor(
        "370600",
        stands.claims.map((one) => one.claimNo),
      );
      expect(debitOf(entries, "resident-basic.benefit-expenditure")).toBe(yuan("400"));
      await booksAgree("370600");
      expect(faults.conflict).toBeGreaterThan(4);
      expect(faults.lostReply).toBeGreaterThan(4);
    },
  );

  test("the same without the version condition on the year passes the limit: the guard is what holds", async () => {
    const restore = withoutCondition(db, "YEAR#");
    onTestFinished(() => void restore());
    const { who } = await fiftyAtOnce("three", false);
    expect(pooledOf(await yearOfPerson(who))).toBeGreaterThan(yuan("400"));
  });
});

/** A step of a flow: sent once, with its process stopping after so many requests, then again as the interface asks. */
async function everywhere(
  run: (
    who: Resident,
    send: <T extends TransactionNo>(once: (messageNo?: string) => Promise<Said<T>>) => Promise<Said<T>>,
  ) => Promise<void>,
  check: (who: Resident) => Promise<void>,
) {
  let points = 0;
  for (let crashed = true; crashed; points++) {
    const who = await made.enlist();
    crashed = false;
    await run(who, async (once) => {
      const process = crashAfter(db, points);
      const first = await once();
      crashed ||= process.crashed();
      process.restart();
      return first.kind === "unknown" ? once(first.messageNo) : first;
    });
    await check(who);
  }
  return points;
}

describe("a time-out between any two steps", () => {
  test("the same message again: every step of a visit is done once wherever its process stopped", async () => {
    const sender = senders[1]!;
    const points = await everywhere(
      async (who, once) => {
        const localNo = next("TO");
        const { encounter } = done(
          await once((messageNo) => send(sender, "2201", ask.register(who, at(today), localNo), { messageNo })),
        );
        const lines = [charge(items.amoxicillin, 8, 10, today)];
        const { encounterNo } = encounter;
        done(
          await once((messageNo) =>
            send(sender, "2204", chargeOutpatient(who.personNo, encounterNo, "B1", lines), { messageNo }),
          ),
        );
        const sums = { ...ask.nothing, total: yuan("80") };
        const { settlement } = done(
          await once((messageNo) => settleVisit(sender, who, { encounterNo, sums }, { messageNo })),
        );
        expect(settlement.pooled).toBe(yuan("40"));
      },
      async (who) => {
        const { claims, year } = await yearOfPerson(who);
        expect(claims).toHaveLength(1);
        expect([year?.settled, year?.year.outpatient]).toEqual([1, yuan("40")]);
      },
    );
    expect(points).toBeGreaterThan(3);
    await booksAgree("370600");
  });

  test("2601 instead: what was done is taken back, what was not done is never done, and it settles once under a new number", async () => {
    const sender = senders[0]!;
    const late: (() => Promise<Said<"2304">>)[] = [];
    let points = 0;
    for (let crashed = true; crashed; points++) {
      const who = await made.enlist();
      const one = await stay(sender, who, { from: "2025-11-10", until: today }, [
        charge(items.amoxicillin, 8, 200, "2025-11-12"),
      ]);
      const settle = (messageNo?: string) =>
        send(sender, "2304", ask.settleStay(who, one.encounterNo, one.sums), { messageNo });
      const process = crashAfter(db, points);
      const first = await settle();
      crashed = process.crashed();
      process.restart();
      if (first.kind === "unknown") {
        done(await send(sender, "2601", ask.undo(who.personNo, first.messageNo, "2304")));
        // Asked twice, nothing more happens.
        done(await send(sender, "2601", ask.undo(who.personNo, first.messageNo, "2304")));
        expect((await yearOfPerson(who)).claims).toHaveLength(0);
        done(await settle());
        late.push(() => settle(first.messageNo));
      }
      const { claims, year } = await yearOfPerson(who);
      expect(claims).toHaveLength(1);
      // (1,600 − 800) × 45 %
      expect([year?.year.stays, year?.year.pooled]).toEqual([1, yuan("360")]);
    }
    // The original that was held up on the way comes after all.
    for (const again of late) expect(codeOf(await again())).toBe("message-undone");
    expect(points).toBeGreaterThan(3);
    await booksAgree("370600");
  });

  test("2601 takes back admissions, lines and discharges too, and nothing else", async () => {
    const sender = senders[0]!;
    const who = await made.enlist();
    const undo = (messageNo: string, transaction: string) =>
      send(sender, "2601", ask.undo(who.personNo, messageNo, transaction));
    const admitted = await send(sender, "2401", ask.admit(who, "21", at("2025-11-10"), next("IP"), disease));
    const { encounterNo } = done(admitted).encounter;
    const charged = await send(
      sender,
      "2301",
      ask.chargeStay(who.personNo, encounterNo, "21", [charge(items.amoxicillin, 8, 1, "2025-11-12")]),
    );
    const left = await send(sender, "2402", discharge(who.personNo, encounterNo, at(today)));
    expect(codeOf(await undo(admitted.messageNo, "2401"))).toBe("lines-left");
    done(await undo(left.messageNo, "2402"));
    done(await undo(charged.messageNo, "2301"));
    done(await undo(admitted.messageNo, "2401"));
    // The bed is free again.
    done(await send(sender, "2401", ask.admit(who, "21", at(today), next("IP"), disease)));
    const signIn = await send(sender, "9001", ask.signIn());
    expect(codeOf(await undo(signIn.messageNo, "9001"))).toBe("cannot-be-undone");
    expect(codeOf(await send(senders[1]!, "2601", ask.undo(who.personNo, admitted.messageNo, "2401")))).toBe(
      "sender-differs",
    );
  });
});
