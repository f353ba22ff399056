import { GetCommand } from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { Inquiry, inquiriesAt } from "../../functions/inquiries/store.ts";
import { key } from "../../functions/key.ts";
import type { Call } from "../../shared/api/client.ts";
import { addDays, type Day, day } from "../../shared/day.ts";
import {
  type InquiryEvent,
  type InquiryState,
  inquiryDays,
  inquiryStates,
  isOpen,
} from "../../shared/inquiry/inquiry.ts";
import { after } from "../../shared/machine.ts";
import { asking, away, bothCities, found, nanchong, outside, phoned } from "../api/inquiry-steps.ts";
import { made, opens } from "../world/opening.ts";
import { runs } from "../world/size.ts";
import { refusal } from "../world/world.ts";

const start = day("2025-11-20");
/** The first two ask, the last two are asked. */
let hands: readonly Call[];
opens();
beforeAll(async () => {
  await bothCities();
  const one = (subject: string, unit: string) => made.officer(subject, unit, ["filings"]);
  hands = await Promise.all([
    one("甲一", "370611"),
    one("甲二", "370611"),
    one("乙一", nanchong),
    one("乙二", nanchong),
  ]);
});

/** What should be: the state as the table says, and who has it. */
interface Model {
  on: Day;
  readonly inquiries: { readonly isOutside: boolean; readonly dueOn: Day; state: InquiryState; owner: number | null }[];
}
interface Real {
  readonly personNo: string;
  readonly numbers: string[];
}
const reached = new Set<string>();

async function stored(inquiryNo: string): Promise<Inquiry> {
  const Key = key.inquiry(inquiryNo);
  return Inquiry.parse(
    (await db.send(new GetCommand({ TableName: config.mainTable(), Key, ConsistentRead: true }))).Item,
  );
}

/** Every inquiry is in a state of the table, got there by its events, and lies where either side looks for it, and only there. */
async function agrees({ inquiries }: Model, { numbers }: Real): Promise<void> {
  for (const [i, inquiryNo] of numbers.entries()) {
    const { state, history, asked, version } = await stored(inquiryNo);
    expect(state).toBe(inquiries[i]!.state);
    let walked: InquiryState | null = asked.kind === "outside" ? "calling" : "asked";
    for (const { event } of history) walked = walked && after(inquiryStates, walked, event);
    expect(walked).toBe(state);
    expect(version).toBe(history.length + 1);
  }
  const expected = (isReceived: boolean, open: boolean) =>
    numbers.filter((_, i) => isOpen(inquiries[i]!.state) === open && !(isReceived && inquiries[i]!.isOutside));
  for (const [side, unit] of [["sent", "370611"] as const, ["received", nanchong] as const])
    for (const is of ["open", "over"] as const) {
      const lies = await inquiriesAt(side, unit, is, 10_000);
      const own = lies.inquiries.map(({ inquiryNo }) => inquiryNo).filter((one) => numbers.includes(one));
      expect(own.toSorted()).toEqual(expected(side === "received", is === "open").toSorted());
    }
}

/** May this hand do this now? Said anew, from the words of the promise and not from the code. */
function may(event: InquiryEvent, { on, inquiries }: Model, which: number, hand: number): boolean {
  const { state, isOutside, owner, dueOn } = inquiries[which]!;
  const asks = hand < 2;
  if (after(inquiryStates, state, event) === null) return false;
  if (event === "withdraw" || isOutside) return asks;
  if (asks) return false;
  if (event === "take") return true;
  return owner === hand || (event === "hand-back" && on > dueOn);
}

const body = { ...found, finding: "no-such-stay" as const };
const acts: { readonly [E in InquiryEvent]: (call: Call, inquiryNo: string, on: Day) => Promise<unknown> } = {
  take: (call, inquiryNo) => call("inquiries.take", { params: { inquiryNo } }),
  "hand-back": (call, inquiryNo) => call("inquiries.hand-back", { params: { inquiryNo } }),
  call: (call, inquiryNo, on) => call("inquiries.log-call", { params: { inquiryNo }, body: { ...phoned(), on } }),
  answer: (call, inquiryNo) => call("inquiries.answer", { params: { inquiryNo }, body }),
  withdraw: (call, inquiryNo) =>
    call("inquiries.withdraw", { params: { inquiryNo }, body: { reason: "已经查清楚了" } }),
};

class Ask implements fc.AsyncCommand<Model, Real> {
  readonly isOutside: boolean;
  constructor(isOutside: boolean) {
    this.isOutside = isOutside;
  }
  // Two at a time: an officer asks 60 times a day at most.
  check = (model: Readonly<Model>) => model.inquiries.length < 2;
  async run(model: Model, real: Real): Promise<void> {
    const facts = this.isOutside ? { asked: outside, provider: away } : {};
    const { inquiryNo } = await hands[0]!("inquiries.ask", { body: asking(real.personNo, facts) });
    real.numbers.push(inquiryNo);
    const state = this.isOutside ? "calling" : "asked";
    model.inquiries.push({ isOutside: this.isOutside, dueOn: addDays(model.on, inquiryDays), state, owner: null });
    // A call was made once, so that an outside agency's answer can rest on it.
    if (this.isOutside) await acts.call(hands[0]!, inquiryNo, model.on);
    await agrees(model, real);
  }
  toString = () => `ask ${this.isOutside ? "outside" : "inside"}`;
}

/** Most of the time whoever has a right to it does it; now and then anybody. */
const handFor = (event: InquiryEvent, roll: number, { isOutside, owner }: Model["inquiries"][number]): number =>
  roll < hands.length ? roll : event === "withdraw" || isOutside ? 0 : (owner ?? 2);

/** One officer does something, or two at the very same moment; whatever comes of it, the state is one that the table allows. */
class Do implements fc.AsyncCommand<Model, Real> {
  readonly which: number;
  readonly moves: readonly (readonly [InquiryEvent, number])[];
  constructor(which: number, moves: readonly (readonly [InquiryEvent, number])[]) {
    this.which = which;
    this.moves = moves;
  }
  check = (model: Readonly<Model>) => model.inquiries.length > 0;
  async run(model: Model, real: Real): Promise<void> {
    const which = this.which % model.inquiries.length;
    const inquiryNo = real.numbers[which]!;
    made.turn(model.on);
    const moves = this.moves.map(([event, roll]) => [event, handFor(event, roll, model.inquiries[which]!)] as const);
    const before = (await stored(inquiryNo)).history;
    const codes = await Promise.all(
      moves.map(([event, hand]) => refusal(acts[event](hands[hand]!, inquiryNo, model.on))),
    );
    const allowed = moves.map(([event, hand]) => may(event, model, which, hand));
    // What was written, in the order in which it was: each of it was allowed where it stands.
    const { history } = await stored(inquiryNo);
    expect(history.slice(0, before.length)).toEqual(before);
    for (const { event, by } of history.slice(before.length)) {
      const hand = ["甲一", "甲二", "乙一", "乙二"].indexOf(by.no);
      expect(may(event, model, which, hand), `${event} by ${by.no}`).toBe(true);
      const inquiry = model.inquiries[which]!;
      reached.add(`${inquiry.state} ${event}`);
      inquiry.state = after(inquiryStates, inquiry.state, event)!;
      if (event === "take") inquiry.owner = hand;
      if (event === "hand-back") inquiry.owner = null;
    }
    if (moves.length === 1) {
      expect(history).toHaveLength(before.length + (allowed[0] ? 1 : 0));
      if (allowed[0]) expect(codes).toEqual([""]);
    }
    await agrees(model, real);
  }
  toString = () => this.moves.map(([event, hand]) => `${event} #${this.which} by ${hand}`).join(" and ");
}

class Wait implements fc.AsyncCommand<Model, Real> {
  check = () => true;
  async run(model: Model, real: Real): Promise<void> {
    model.on = addDays(model.on, 8);
    made.turn(model.on);
    await agrees(model, real);
  }
  toString = () => "eight days pass";
}

// A withdrawal ends everything: it is rarer than the rest.
const events: readonly InquiryEvent[] = [
  "take",
  "take",
  "take",
  "call",
  "call",
  "hand-back",
  "hand-back",
  "answer",
  "withdraw",
];
const move = fc.tuple(fc.constantFrom(...events), fc.nat(9));
const commands = [
  fc.boolean().map((isOutside) => new Ask(isOutside)),
  ...[1, 2, 3, 4].map(() => fc.tuple(fc.nat(1), fc.tuple(move)).map(([which, moves]) => new Do(which, moves))),
  ...[1, 2].map(() => fc.tuple(fc.nat(1), fc.tuple(move, move)).map(([which, moves]) => new Do(which, moves))),
  fc.constant(new Wait()),
];

/** Asked of a city (false) or of an agency outside (true), then what whose hand does. */
const ways: readonly (readonly (boolean | readonly [InquiryEvent, number])[])[] = [
  [false, ["withdraw", 0]],
  [false, ["take", 2], ["hand-back", 2], ["take", 3], ["withdraw", 0]],
  [false, ["take", 2], ["call", 2], ["answer", 2]],
  [true, ["call", 0], ["answer", 0]],
  [true, ["withdraw", 0]],
];

test("whatever officers of either side do, one by one or at once, nothing outside the state table is ever written, and every transition was reached", async () => {
  const { personNo } = await made.enlist();
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 30, size: "max" }), async (some) => {
      made.turn(start);
      await fc.asyncModelRun(() => ({ model: { on: start, inquiries: [] }, real: { personNo, numbers: [] } }), some);
    }),
    { numRuns: runs(30, 8), seed: 20251120, endOnFailure: true },
  );
  // What two at once come to is chance: each transition is taken once by itself.
  for (const way of ways) {
    made.turn(start);
    const some = way.map((step) => (typeof step === "boolean" ? new Ask(step) : new Do(0, [step])));
    await fc.asyncModelRun(() => ({ model: { on: start, inquiries: [] }, real: { personNo, numbers: [] } }), some);
  }
  const every = (Object.keys(inquiryStates) as InquiryState[]).flatMap((state) =>
    Object.keys(inquiryStates[state].on).map((event) => `${state} ${event}`),
  );
  expect(every.filter((one) => !reached.has(one))).toEqual([]);
  expect(every).toHaveLength(9);
});
