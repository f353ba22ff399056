import { config } from "../../functions/config.ts";
import type { Item } from "../world/expressions.ts";
import { People } from "./simulation-acts.ts";
import { type Base, makeBase } from "./simulation-base.ts";
import { faultsOf, isTodo, watchStates } from "./simulation-checks.ts";
import { type Hear, History } from "./simulation-history.ts";

const seconds = 1_000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

/** What became of one seed: what was wrong, what happened in order, which transitions of states it went through. */
interface Played {
  readonly seed: number;
  readonly faults: readonly string[];
  readonly log: readonly string[];
  readonly reached: ReadonlySet<string>;
  /** Every item of both tables in the end. */
  readonly items: readonly Item[];
}

let base: Promise<Base> | null = null;

/** 模拟 · plays the history of a seed through the real handlers, lets it settle, and asks whether every fen is where it must be. */
export async function simulate(seed: number, hear: Hear = () => {}): Promise<Played> {
  base ??= makeBase();
  const known = await base;
  const history = new History(known, seed, hear);
  const reached = new Set<string>();
  watchStates(history, reached);
  const items = await history.play(async () => {
    const people = new People(history);
    await live(history, people);
    history.say("— the weather clears —");
    history.clear();
    await settle(history, people);
    const found = [...(await history.all("main")), ...(await history.all("ledger"))];
    history.faults.push(...faultsOf(history, people, found));
    return found;
  });
  known.channel.stop();
  return { seed, faults: history.faults, log: history.log, reached, items };
}

const jumps = [
  0,
  0,
  0,
  0,
  5 * seconds,
  20 * seconds,
  90 * seconds,
  90 * seconds,
  4 * minutes,
  32 * minutes,
  5 * hours,
  25 * hours,
];

/** Some hours or days in which people do what they do, sometimes one after another, sometimes all at once. */
async function live(history: History, people: People): Promise<void> {
  const { dice, stage } = history;
  for (let beat = dice.int(5, 10); beat > 0; beat--) {
    for (let some = dice.int(1, 3); some > 0; some--) void people.act();
    await stage.go(dice.chance(0.6) ? Number.POSITIVE_INFINITY : dice.int(5, 80));
    const jump = dice.pick(jumps);
    if (jump > 0) await pass(history, people, jump);
  }
  await stage.go();
}

/** Lets time pass; every morning at half past ten the bill of the day before is asked for, hourly until it is done. */
async function pass(history: History, people: People, milliseconds: number): Promise<void> {
  const until = history.stage.now + milliseconds;
  for (let at = nextMorning(history.stage.now); at <= until; at = nextMorning(at)) {
    await history.stage.pass(at - history.stage.now);
    for (let tries = 0; tries < 13; tries++) {
      const [done] = await Promise.all([people.reconcile().then((found) => found !== null), history.stage.go()]);
      if (done) break;
      await history.stage.pass(1 * hours);
    }
  }
  await history.stage.pass(Math.max(0, until - history.stage.now));
}

/** The next half past ten in Beijing after a moment. */
function nextMorning(after: number): number {
  const day = 24 * hours;
  const offset = 2.5 * hours;
  return (Math.floor((after - offset) / day) + 1) * day + offset;
}

const mostRounds = 80;

/** Everybody who is owed an answer asks again; sweeps, deliveries and bills go on until nothing is left to be done. */
async function settle(history: History, people: People): Promise<void> {
  const { stage } = history;
  const done = async (run: Promise<unknown>) => void (await Promise.all([run, stage.go()]));
  for (const cash of people.cash) if (!cash.orderNo) await done(people.bookCash(cash));
  for (const order of people.orders) if (!order.orderNo) await done(people.ask(order));
  await quiet(history, people, done);
  if (history.dice.chance(0.5)) await done(people.lookAfter(true));
  await quiet(history, people, done);
  // Two more mornings: the bills of the last days that money moved on.
  for (let morning = 0; morning < 2; morning++) await pass(history, people, nextMorning(stage.now) - stage.now);
  await quiet(history, people, done);
  await done(people.deliver(true));
}

async function quiet(history: History, people: People, done: (run: Promise<unknown>) => Promise<void>): Promise<void> {
  const { stage } = history;
  for (let round = 0; round < mostRounds; round++) {
    const due = (await history.all("main")).filter(isTodo).map((item) => Number(item.due));
    const next = Math.min(...due, stage.nextTimer ?? Number.POSITIVE_INFINITY);
    if (next === Number.POSITIVE_INFINITY) return;
    await pass(history, people, Math.max(0, next - stage.now) + 1);
    if (due.length > 0) await done(people.sweep());
  }
  history.faults.push(`after ${mostRounds} rounds something is still to be done`);
}

/** The items that every history begins with. */
export async function itemsOfBase(): Promise<Item[]> {
  base ??= makeBase();
  return (await base).tables.all(config.mainTable());
}

/** A failing seed, to be read: how to play it again, what was wrong, what happened. */
export const toldOf = ({ seed, faults, log }: Played): string =>
  [`npm run simulate -- 1 ${seed}`, ...faults.map((fault) => `  ✗ ${fault}`), ...log.map((line) => `    ${line}`)].join(
    "\n",
  );
