import fc from "fast-check";
import { expect, test } from "vitest";
import { bookOrder } from "../../functions/contributions/booking.ts";
import { moveOrder, orderOf } from "../../functions/contributions/store.ts";
import {
  goingBack,
  suspenseFailed,
  suspenseOf,
  suspenseReturned,
  suspenseSent,
} from "../../functions/contributions/suspense.ts";
import { approve, ask, paidOut, payAgain, payingFailed, reject, withdraw } from "../../functions/refunds/moves.ts";
import { refundOf } from "../../functions/refunds/store.ts";
import { writeTogether } from "../../functions/write.ts";
import { type OrderEvent, type OrderState, orderStates } from "../../shared/contribution/order.ts";
import { type RefundEvent, type RefundState, refundStates } from "../../shared/contribution/refund.ts";
import { type SuspenseEvent, type SuspenseState, suspenseStates } from "../../shared/contribution/suspense.ts";
import { after, type Machine } from "../../shared/machine.ts";
import { plus, text, type Yuan, yuan } from "../../shared/money.ts";
import { Refusal } from "../../shared/refusal.ts";
import { runs } from "../world/size.ts";
import { callOf, makeBase } from "./simulation-base.ts";
import { History } from "./simulation-history.ts";

const base = await makeBase();
/** Of the people of the base: two ordinary ones, the newborn, and who the newborn proves to be. */
const [newborn, listed] = [5, 4];
const officer = { hand: "officer" as const, no: "two", name: "two" };

/** What should be: one order of one to three lines, its sums in suspense, its refunds, and who stands enrolled elsewhere. */
interface Model {
  order: OrderState;
  readonly lines: { readonly person: number; outcome: "open" | "enrolled" | "suspended" | "returned" | "refunded" }[];
  readonly suspense: Map<string, SuspenseState>;
  readonly refunds: Map<string, { state: RefundState; readonly line: number }>;
  readonly elsewhere: Set<number>;
  merged: boolean;
}
interface Real {
  readonly orderNo: string;
  readonly total: Yuan;
  /** Does something on the stage, to its end. */
  readonly done: <T>(run: () => Promise<T>) => Promise<T>;
}

const reached = new Set<string>();
/** The state after an event by the table, and that the table was asked; where it says no, all stays as it is. */
function step<S extends string, E extends string>(kind: string, machine: Machine<S, E>, state: S, event: E): S {
  const next = after(machine, state, event);
  if (next !== null) reached.add(`${kind} ${state} ${event}`);
  return next ?? state;
}
const orderStep = (model: Model, event: OrderEvent) => {
  model.order = step("order", orderStates, model.order, event);
};
const isOpen = ({ order }: Model) => order === "awaiting-payment" || order === "confirming";
const held = ({ suspense }: Model) => [...suspense.values()].filter((state) => state !== "returned").length;
const stands = (model: Model, person: number) =>
  model.elsewhere.has(person) || (person === newborn && model.merged && model.elsewhere.has(listed));

async function agrees(model: Model, { orderNo }: Real): Promise<void> {
  const order = await orderOf(orderNo);
  expect([order.state, order.lines.map(({ outcome }) => outcome), order.holding ?? 0]).toEqual([
    model.order,
    model.lines.map(({ outcome }) => outcome),
    held(model),
  ]);
  for (const [no, state] of model.suspense) expect([no, (await suspenseOf(no)).state]).toEqual([no, state]);
  for (const [no, { state }] of model.refunds) expect([no, (await refundOf(no)).state]).toEqual([no, state]);
}

let serial = 0;
/** An order of somebody for some of the base's people. */
async function orderFor(people: readonly number[]): Promise<Omit<Real, "done">> {
  const chosen = people.map((i) => base.people[i]!);
  const total = plus(...chosen.map((one) => yuan(one.total)));
  const lines = chosen.map(({ whom }) => ({ whom, benefitYear: 2026 }));
  const body = { requestNo: `model-${String(++serial).padStart(6, "0")}`, lines, expected: text(total) };
  return { orderNo: (await callOf(base.payers[0]!)("contributions.order", { body })).orderNo, total };
}

const paid = ({ orderNo }: Pick<Real, "orderNo">, transactionNo: string, amount: Yuan) =>
  bookOrder(orderNo, { transactionNo, tradeNo: `${orderNo}J`, amount, paidAt: Date.now(), carrier: "wechat" });

/** Money for the order: of the right amount, or a fen less. */
async function pay(model: Model, real: Real, right: boolean): Promise<void> {
  const transactionNo = `T${++serial}`;
  const amount = (right ? real.total : real.total - 1) as Yuan;
  const free = model.lines.filter(({ person }) => right && isOpen(model) && !stands(model, person));
  const event =
    free.length === 0 ? "paid-for-none" : free.length < model.lines.length ? "paid-for-some" : "paid-for-all";
  if (after(orderStates, model.order, event) !== null) {
    for (const line of model.lines) line.outcome = free.includes(line) ? "enrolled" : "suspended";
  }
  if (event !== "paid-for-all") model.suspense.set(transactionNo, "held");
  orderStep(model, event);
  await paid(real, transactionNo, amount);
}

/** Somebody else pays for one of these people first. */
async function elsewhere(model: Model, person: number): Promise<void> {
  const ours = model.lines.some((line) => line.person === person && line.outcome === "enrolled");
  const child =
    model.merged &&
    (model.elsewhere.has(newborn) ||
      model.lines.some((line) => line.person === newborn && line.outcome === "enrolled"));
  if (ours || stands(model, person) || (person === listed && child)) return;
  const other = await orderFor([person]);
  await paid(other, `T${++serial}`, other.total);
  model.elsewhere.add(person);
}

/** The newborn proves to be somebody of the register; a year paid for both stays with whoever was there. */
async function merge(model: Model): Promise<void> {
  const { tieNo, ...body } = base.newborn;
  if (model.merged) return;
  const line = model.lines.find((one) => one.person === newborn && one.outcome === "enrolled");
  if (line && model.elsewhere.has(listed)) {
    line.outcome = "suspended";
    model.suspense.set("TWICE", "held");
    orderStep(
      model,
      model.lines.every(({ outcome }) => outcome === "suspended") ? "found-twice-all" : "found-twice-some",
    );
  }
  const child = (await callOf(base.payers[0]!)("family.members")).dependants[0];
  expect(child?.temporary).toBe(true);
  await callOf(base.payers[0]!)("family.identity-number", { params: { tieNo }, body });
  model.merged = true;
}

const moves: Record<"said-paid" | "not-paid" | "close", true> = { "said-paid": true, "not-paid": true, close: true };
async function move(model: Model, { orderNo }: Real, event: keyof typeof moves): Promise<void> {
  orderStep(model, event);
  await moveOrder(await orderOf(orderNo), event);
}

const suspenseActs: Record<SuspenseEvent, (no: string) => Promise<unknown>> = {
  sent: async (no) => suspenseSent(await suspenseOf(no)),
  succeeded: suspenseReturned,
  failed: async (no) => suspenseFailed(await suspenseOf(no), "closed"),
  again: async (no) => writeTogether(goingBack(await suspenseOf(no))),
};
async function suspended(model: Model, event: SuspenseEvent, which: number): Promise<void> {
  const no = [...model.suspense.keys()][which % Math.max(1, model.suspense.size)];
  const before = no && model.suspense.get(no);
  if (!no || !before) return;
  model.suspense.set(no, step("suspense", suspenseStates, before, event));
  if (event === "succeeded" && before !== "returned" && held(model) === 0) {
    orderStep(model, "returned");
    for (const line of model.lines) if (line.outcome === "suspended") line.outcome = "returned";
  }
  await refusable(suspenseActs[event](no));
}

const refundActs: Record<RefundEvent, (no: string) => Promise<unknown>> = {
  approve: (no) => approve(no, officer, "情况属实"),
  reject: (no) => reject(no, officer, "没有材料"),
  withdraw,
  succeeded: paidOut,
  failed: (no) => payingFailed(no, "closed"),
  again: payAgain,
};
async function refunded(model: Model, event: RefundEvent, which: number): Promise<void> {
  const no = [...model.refunds.keys()][which % Math.max(1, model.refunds.size)];
  const refund = no && model.refunds.get(no);
  if (!no || !refund) return;
  const line = model.lines[refund.line]!;
  const may = event !== "approve" || refund.state !== "requested" || line.outcome === "enrolled";
  if (may && event === "approve" && refund.state === "requested") {
    line.outcome = "refunded";
    if (model.lines.every(({ outcome }) => outcome !== "enrolled")) orderStep(model, "refunded-all");
  }
  if (may) refund.state = step("refund", refundStates, refund.state, event);
  await refusable(refundActs[event](no));
}

async function wish(model: Model, { orderNo }: Real, which: number): Promise<void> {
  const line = which % model.lines.length;
  const asked = ask({ orderNo, line, reason: "wrong-payment", note: "" }, null, () => {});
  if (model.lines[line]!.outcome !== "enrolled") return void (await refusable(asked));
  const { refundNo } = await asked;
  if (!model.refunds.has(refundNo)) model.refunds.set(refundNo, { state: "requested", line });
}

/** What a table does not allow is refused or passed over, and changes nothing. */
async function refusable(call: Promise<unknown>): Promise<void> {
  await call.catch((error) => {
    if (!(error instanceof Refusal)) throw error;
  });
}

class Act implements fc.AsyncCommand<Model, Real> {
  readonly name: string;
  readonly act: (model: Model, real: Real) => Promise<void>;
  constructor(name: string, act: Act["act"]) {
    this.name = name;
    this.act = act;
  }
  check = () => true;
  async run(model: Model, real: Real): Promise<void> {
    await real.done(async () => {
      await this.act(model, real);
      await renamed(model, real);
      await agrees(model, real);
    });
  }
  toString = () => this.name;
}

/** The sum that a merge takes out has a number that only the merge knows. */
async function renamed(model: Model, { orderNo }: Real): Promise<void> {
  if (!model.suspense.delete("TWICE")) return;
  const { personNo } = (await orderOf(orderNo)).lines.find((_, i) => model.lines[i]!.person === newborn)!;
  const numbers = [personNo, ...twins].map((no) => `TWICE-${no}-2026`);
  for (const no of numbers) {
    const found = await suspenseOf(no).catch(() => null);
    if (found) model.suspense.set(no, "held");
  }
}
const twins = base.tables
  .all(process.env.MAIN_TABLE!)
  .filter((item) => item.temporary === true)
  .map(({ personNo }) => String(personNo));

const which = fc.nat(5);
const weighted = (weight: number, arbitrary: fc.Arbitrary<Act>) => Array.from({ length: weight }, () => arbitrary);
const acts = [
  ...weighted(3, fc.constant(new Act("pay", (model, real) => pay(model, real, true)))),
  fc.constant(new Act("pay a fen less", (model, real) => pay(model, real, false))),
  ...weighted(
    2,
    fc
      .constantFrom(0, newborn, listed, listed)
      .map((person) => new Act(`elsewhere ${person}`, (model) => elsewhere(model, person))),
  ),
  fc.constant(new Act("merge", (model) => merge(model))),
  ...weighted(
    2,
    fc
      .constantFrom(...(Object.keys(moves) as (keyof typeof moves)[]))
      .map((event) => new Act(event, (model, real) => move(model, real, event))),
  ),
  ...weighted(
    3,
    fc
      .tuple(fc.constantFrom(...(Object.keys(suspenseActs) as SuspenseEvent[])), which)
      .map(([event, no]) => new Act(`suspense ${event} ${no}`, (model) => suspended(model, event, no))),
  ),
  ...weighted(
    2,
    which.map((line) => new Act(`wish ${line}`, (model, real) => wish(model, real, line))),
  ),
  ...weighted(
    3,
    fc
      .tuple(fc.constantFrom(...(Object.keys(refundActs) as RefundEvent[])), which)
      .map(([event, no]) => new Act(`refund ${event} ${no}`, (model) => refunded(model, event, no))),
  ),
];
const chosen = fc.constantFrom([newborn], [0, newborn], [0, newborn], [newborn, 0, 1], [newborn, 0, 1], [0]);

test("whatever happens in whatever order, orders, suspense and refunds are where their tables say, and every transition was reached", async () => {
  const run = async (people: readonly number[], some: Iterable<fc.AsyncCommand<Model, Real>>) => {
    const history = new History(base, 1);
    history.clear();
    await history.play(async () => {
      const done: Real["done"] = async (act) => {
        const [answer] = await Promise.all([history.stage.perform("act", act, false), history.stage.go()]);
        return answer;
      };
      const real: Real = { ...(await done(() => orderFor(people))), done };
      const lines = people.map((person) => ({ person, outcome: "open" as const }));
      const model: Model = {
        order: "awaiting-payment",
        lines,
        suspense: new Map(),
        refunds: new Map(),
        elsewhere: new Set(),
        merged: false,
      };
      await fc.asyncModelRun(() => ({ model, real }), some);
    });
  };
  const property = fc.asyncProperty(chosen, fc.commands(acts, { maxCommands: 30, size: "max" }), run);
  await fc.assert(property, { numRuns: runs(1_500, 600), seed: 20251120, endOnFailure: true });
  const all = Object.entries({ order: orderStates, suspense: suspenseStates, refund: refundStates }).flatMap(
    ([kind, machine]) =>
      Object.entries(machine).flatMap(([state, { on }]) => Object.keys(on).map((event) => `${kind} ${state} ${event}`)),
  );
  expect(all.filter((one) => !reached.has(one))).toEqual([]);
  expect(all).toHaveLength(32);
});
