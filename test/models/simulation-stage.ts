import { AsyncLocalStorage } from "node:async_hooks";
import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";
import { type Random, random } from "../../shared/random.ts";

/** One run of a handler, a sweep or a cashier: it may stop for good wherever it waits for the world. */
interface Task {
  readonly name: string;
  readonly mortal: boolean;
  /** It was abandoned: nothing that it waits for ever comes. */
  dead: boolean;
  done: boolean;
  /** For how many things of the world it waits now. */
  waits: number;
  /** How many faults were made in its way. */
  faults: number;
}

interface Waiting {
  readonly task: Task;
  readonly label: string;
  readonly effect: () => unknown;
  readonly answer: (value: unknown) => void;
  readonly fail: (error: unknown) => void;
}

interface Timer {
  readonly at: number;
  readonly task: Task | undefined;
  readonly run: () => void;
  unref(): Timer;
}

/** Somebody was stopped in the middle of their work. */
export class Crashed extends Error {}

const real = {
  Date,
  setTimeout,
  clearTimeout,
  setImmediate,
  random: Math.random,
  fetch,
  randomBytes: crypto.randomBytes,
  randomUUID: crypto.randomUUID,
  randomInt: crypto.randomInt,
};
const running = new AsyncLocalStorage<Task>();
let onStage: Stage | null = null;

/** The stage that plays now, or null. */
export const stageNow = (): Stage | null => onStage;

/**
 * A stage on which everything happens one at a time, in an order that a seed decides: the clock, timers and chance are its
 * own, and whatever waits for the database or the network waits until the stage lets it go on.
 */
export class Stage {
  readonly dice: Random;
  readonly #chance: Random;
  #now: number;
  #waiting: Waiting[] = [];
  readonly #timers = new Set<Timer>();
  readonly #tasks = new Set<Task>();
  /** How likely a task is abandoned at a wait. */
  crash = 0;
  /** What the functions ask of the network. */
  network: (url: URL, init: RequestInit) => Promise<Response> = () => Promise.reject(new TypeError("no network"));

  constructor(seed: string, startsAt: number) {
    this.dice = random(`order ${seed}`);
    this.#chance = random(`chance ${seed}`);
    this.#now = startsAt;
  }

  get now(): number {
    return this.#now;
  }
  set now(to: number) {
    this.#now = to;
  }

  /** Plays something on this stage; the world outside has its clock back when it ends. */
  async play<T>(run: () => Promise<T>): Promise<T> {
    onStage = this;
    takeOver();
    try {
      return await run();
    } finally {
      giveBack();
      onStage = null;
    }
  }

  chance(): number {
    return this.#chance.next();
  }

  bytes(size: number): Buffer {
    return Buffer.from(Array.from({ length: size }, () => this.#chance.int(0, 255)));
  }

  /** Starts a task of its own; its end is an answer, an error of its own, or `Crashed`. */
  perform<T>(name: string, run: () => Promise<T>, mortal = true): Promise<T> {
    const task: Task = { name, mortal, dead: false, done: false, waits: 0, faults: 0 };
    this.#tasks.add(task);
    const above = this.task;
    if (above) above.waits += 1;
    const stopped = new Promise<never>((_, fail) => {
      this.#stops.set(task, () => fail(new Crashed(name)));
    });
    const finished = () => {
      if (above) above.waits -= 1;
      task.done = true;
      this.#tasks.delete(task);
      this.#stops.delete(task);
    };
    return Promise.race([running.run(task, run), stopped]).finally(finished);
  }
  readonly #stops = new Map<Task, () => void>();

  /** The task that runs now. */
  get task(): Task | undefined {
    return running.getStore();
  }

  /** Waits for the stage, then does something to the world, at once and whole. Outside of tasks nothing waits. */
  reach<T>(label: string, effect: () => T | Promise<T>): Promise<T> {
    const { task } = this;
    if (!task) return Promise.resolve().then(effect);
    task.waits += 1;
    return new Promise<T>((resolve, fail) => {
      const answer = resolve as (value: unknown) => void;
      this.#waiting.push({ task, label, effect, answer, fail });
    });
  }

  timer(run: () => void, milliseconds: number): Timer {
    const { task } = this;
    if (task) task.waits += 1;
    const timer: Timer = { at: this.#now + Math.max(0, Math.ceil(milliseconds)), task, run, unref: () => timer };
    this.#timers.add(timer);
    return timer;
  }

  cancel(timer: unknown): boolean {
    return this.#timers.delete(timer as Timer);
  }

  /** Lets so many things happen, or all that can without waiting for a task that is not there. */
  async go(most = Number.POSITIVE_INFINITY): Promise<void> {
    for (let step = 0; step < most; step++) {
      await this.#quiet();
      if (this.#waiting.length > 0) await this.#release();
      else if (this.#tasks.size > 0 && this.#timers.size > 0) this.#ring(this.#next());
      else return;
    }
  }

  /** Lets time pass, with all that happens in it. */
  async pass(milliseconds: number): Promise<void> {
    const until = this.#now + milliseconds;
    for (;;) {
      await this.go();
      const next = this.#timers.size > 0 ? this.#next() : null;
      if (!next || next.at > until) break;
      this.#ring(next);
    }
    this.#now = Math.max(this.#now, until);
  }

  /** When the next timer rings; null where none is set. */
  get nextTimer(): number | null {
    return this.#timers.size > 0 ? this.#next().at : null;
  }

  #next(): Timer {
    return [...this.#timers].reduce((first, timer) => (timer.at < first.at ? timer : first));
  }

  #ring(timer: Timer): void {
    this.#timers.delete(timer);
    this.#now = Math.max(this.#now, timer.at);
    const { task } = timer;
    if (task?.dead) return;
    if (task && !task.done) task.waits -= 1;
    if (task && !task.done) running.run(task, timer.run);
    else timer.run();
  }

  async #release(): Promise<void> {
    const [one] = this.#waiting.splice(this.dice.int(0, this.#waiting.length - 1), 1);
    const { task, effect, answer, fail } = one!;
    this.#now += this.dice.int(1, 15);
    const dies = task.mortal && this.dice.chance(this.crash);
    if (dies && this.dice.chance(0.5)) return this.#stop(task);
    const done = await this.#done(effect);
    if (dies) return this.#stop(task);
    task.waits -= 1;
    if ("value" in done) answer(done.value);
    else fail(done.error);
  }

  async #done(effect: () => unknown): Promise<{ value: unknown } | { error: unknown }> {
    try {
      return { value: await effect() };
    } catch (error) {
      return { error };
    }
  }

  #stop(task: Task): void {
    task.dead = true;
    this.#waiting = this.#waiting.filter((one) => one.task !== task);
    this.#stops.get(task)?.();
  }

  /** Until whoever runs has come to where they wait for the world. */
  async #quiet(): Promise<void> {
    const patience = performance.now() + 30_000;
    while (performance.now() < patience) {
      await new Promise<void>((resolve) => real.setImmediate(resolve));
      if (![...this.#tasks].some((task) => !task.done && !task.dead && task.waits === 0)) return;
    }
    throw new Error("somebody waits for something that is not on the stage");
  }
}

function takeOver(): void {
  const stage = () => stageNow();
  class StageDate extends real.Date {
    constructor(...given: [] | [string | number | Date]) {
      super(...((given.length > 0 ? given : [stage()?.now ?? real.Date.now()]) as [number]));
    }
    static override now = () => stage()?.now ?? real.Date.now();
  }
  globalThis.Date = StageDate as DateConstructor;
  globalThis.setTimeout = ((run: () => void, wait = 0, ...given: []) =>
    stage()?.timer(() => run(...given), wait) ?? real.setTimeout(run, wait, ...given)) as typeof setTimeout;
  globalThis.clearTimeout = (timer) => {
    if (!onStage?.cancel(timer)) real.clearTimeout(timer);
  };
  Math.random = () => stage()?.chance() ?? real.random();
  globalThis.fetch = (input, init = {}) => {
    const on = stage();
    return on ? on.network(new URL(String(input)), init) : real.fetch(input, init);
  };
  const bytes = (size: number) => stage()?.bytes(size) ?? real.randomBytes(size);
  crypto.randomBytes = bytes as typeof crypto.randomBytes;
  const whole = (from: number, to?: number) => {
    const [low, high] = to === undefined ? [0, from] : [from, to];
    const on = stage();
    return on ? low + Math.floor(on.chance() * (high - low)) : real.randomInt(low, high);
  };
  crypto.randomInt = whole as typeof crypto.randomInt;
  crypto.randomUUID = () => {
    const hex = stage()?.bytes(16).toString("hex");
    return hex
      ? (hex.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-") as `${string}-${string}-${string}-${string}-${string}`)
      : real.randomUUID();
  };
  syncBuiltinESMExports();
}

function giveBack(): void {
  const { setTimeout, clearTimeout, fetch, randomBytes, randomInt, randomUUID } = real;
  Object.assign(globalThis, { Date: real.Date, setTimeout, clearTimeout, fetch });
  Math.random = real.random;
  Object.assign(crypto, { randomBytes, randomInt, randomUUID });
  syncBuiltinESMExports();
}
