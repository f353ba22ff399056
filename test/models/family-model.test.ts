import fc from "fast-check";
import { expect, test } from "vitest";
import type { Call } from "../../shared/api/client.ts";
import { addDays, type Day, day } from "../../shared/day.ts";
import { isLive, isOpen, mostDependants, type TieEvent, type TieState, tieStates } from "../../shared/family/family.ts";
import { after } from "../../shared/machine.ts";
import { made, opens } from "../world/opening.ts";
import { runs } from "../world/size.ts";
import { refusal } from "../world/world.ts";

opens({ "370600": "烟台市" });

/** What should be: each tie as the table of states says, and the business day. */
interface Model {
  on: Day;
  readonly ties: { state: TieState; readonly minor: boolean; until: Day | null; by: string }[];
}

/** What is: the API, and who is a side of each tie. */
interface Real {
  readonly guardian: Call;
  readonly household: string;
  readonly officer: Call;
  readonly ties: { readonly tieNo: string; readonly dependant: Call; readonly telephone: string }[];
}

const reached = new Set<string>();
let serial = 0;

/** Moves a tie of the model along the table; false where the table says no. */
function move(model: Model, index: number, event: TieEvent): boolean {
  const tie = model.ties[index]!;
  const state = after(tieStates, tie.state, event);
  if (state === null) return false;
  reached.add(`${tie.state} ${event}`);
  tie.state = state;
  tie.until = state === "agreed" && tie.minor ? comingOfAge : null;
  return true;
}

const comingOfAge = day("2026-02-28");
const firstDay = day("2025-11-20");

async function agrees(model: Model, { guardian, ties }: Real): Promise<void> {
  const { dependants } = await guardian("family.members");
  const states = ties.map(({ tieNo }) => dependants.find((one) => one.tieNo === tieNo)?.state ?? "over long ago");
  model.ties.forEach(({ state, until }, i) => {
    if (states[i] === "over long ago") expect(isLive(state)).toBe(false);
    else expect([i, states[i]]).toEqual([i, state]);
    if (isLive(state)) expect(dependants.find((one) => one.tieNo === ties[i]!.tieNo)?.until).toBe(until);
  });
}

type Kind = "adult" | "own child" | "other child";

class Ask implements fc.AsyncCommand<Model, Real> {
  readonly kind: Kind;
  constructor(kind: Kind) {
    this.kind = kind;
  }
  check = () => true;
  async run(model: Model, real: Real): Promise<void> {
    const telephone = `1360${String(++serial).padStart(7, "0")}`;
    const minor = this.kind !== "adult";
    const child = {
      bornOn: day("2010-03-01"),
      coverBefore: [],
      ...(this.kind === "own child" && { household: real.household }),
    };
    const person = await made.enlist({ telephone, ...(minor && child) });
    const { call } = await made.signIn(person);
    await made.prove(call, person);
    const { name, identityNumber } = person;
    const proof = minor
      ? { kind: this.kind === "own child" ? ("household" as const) : ("household-book" as const) }
      : null;
    const asked = real.guardian("family.ask", {
      body: { requestNo: `model-${telephone}`, name, identityNumber, relationship: "child", proof, commitment: minor },
    });
    // Whoever has come of age by the model's day is asked in person.
    const young = minor && model.on <= comingOfAge;
    if (model.ties.filter((tie) => isLive(tie.state)).length >= mostDependants) {
      expect(await refusal(asked)).toBe("family-full");
      return;
    }
    const { tieNo, state } = await asked;
    const begins = !young ? "asked" : this.kind === "own child" ? "agreed" : "review";
    expect(state).toBe(begins);
    model.ties.push({ state: begins, minor: young, until: young ? comingOfAge : addDays(model.on, 7), by: "" });
    real.ties.push({ tieNo, dependant: call, telephone });
    await agrees(model, real);
  }
  toString = () => `ask ${this.kind}`;
}

type Act = "code" | "yes" | "no" | "end" | "leave" | "seen" | "review yes" | "review no";

const events: Record<Act, TieEvent> = {
  code: "agree",
  yes: "agree",
  no: "refuse",
  end: "end",
  leave: "end",
  seen: "agree",
  "review yes": "agree",
  "review no": "refuse",
};

/** May this be done to such a tie at all? The rest is the table's. */
function allowed(act: Act, { state, minor }: Model["ties"][number], on: Day): boolean {
  if (act === "end") return true;
  if (act === "leave") return !minor || on > comingOfAge;
  return isOpen(state) && (act.startsWith("review") ? state === "review" : state === "asked");
}

class Do implements fc.AsyncCommand<Model, Real> {
  readonly act: Act;
  readonly which: number;
  constructor(act: Act, which: number) {
    this.act = act;
    this.which = which;
  }
  check = (model: Readonly<Model>) => model.ties.length > 0;
  async run(model: Model, real: Real): Promise<void> {
    const index = this.which % model.ties.length;
    const tie = model.ties[index]!;
    const { state, by } = tie;
    const event = events[this.act];
    const code = await refusal(this.done(real, index));
    if (allowed(this.act, tie, model.on) && move(model, index, event)) {
      tie.by = deciders[this.act];
      expect(code).toBe("");
    } else if (code === "") {
      // Only what was decided already, by the same hand, is answered again.
      expect([state, event === "end" || by === deciders[this.act]]).toEqual([resultOf[event], true]);
    }
    await agrees(model, real);
  }
  done({ guardian, officer, ties }: Real, index: number): Promise<unknown> {
    const { tieNo, dependant, telephone } = ties[index]!;
    const params = { tieNo };
    const reason = "对照了户口簿";
    switch (this.act) {
      case "code":
        return guardian("family.consent", { params, body: { code: made.codeSentTo(telephone) } });
      case "yes":
      case "no":
        return dependant("family.answer", { params, body: { agree: this.act === "yes" } });
      case "end":
        return guardian("family.end", { params });
      case "leave":
        return dependant("family.end", { params });
      case "seen":
        return officer("family-agency.consent", { params, body: { seen: "identity-card" } });
      default:
        return officer("family-agency.review", { params, body: { agree: this.act === "review yes", reason } });
    }
  }
  toString = () => `${this.act} #${this.which}`;
}

const resultOf = { agree: "agreed", refuse: "refused", lapse: "lapsed", end: "ended" } as const;
const deciders: Record<Act, string> = {
  code: "code, which is used up",
  yes: "dependant",
  no: "dependant",
  end: "guardian",
  leave: "dependant",
  seen: "counter",
  "review yes": "counter",
  "review no": "counter",
};

class Wait implements fc.AsyncCommand<Model, Real> {
  readonly days: number;
  constructor(days: number) {
    this.days = days;
  }
  check = () => true;
  async run(model: Model, real: Real): Promise<void> {
    model.on = addDays(model.on, this.days);
    made.turn(model.on);
    model.ties.forEach((tie, i) => {
      if (isLive(tie.state) && tie.until !== null && model.on > tie.until) move(model, i, "lapse");
    });
    await agrees(model, real);
  }
  toString = () => `wait ${this.days}`;
}

const acts = Object.keys(events) as Act[];
const commands = [
  fc.constantFrom<Kind>("adult", "own child", "other child", "other child").map((kind) => new Ask(kind)),
  fc.tuple(fc.constantFrom(...acts), fc.nat(4)).map(([act, which]) => new Do(act, which)),
  fc.tuple(fc.constantFrom(...acts), fc.nat(4)).map(([act, which]) => new Do(act, which)),
  fc.constantFrom(1, 8, 120).map((days) => new Wait(days)),
];

/** One way into each transition, so that chance need not find it. */
const ways = [
  [new Ask("adult"), new Do("yes", 0), new Do("end", 0)],
  [new Ask("adult"), new Do("no", 0)],
  [new Ask("adult"), new Do("end", 0)],
  [new Ask("adult"), new Wait(8)],
  [new Ask("own child"), new Wait(120)],
  [new Ask("other child"), new Do("review yes", 0)],
  [new Ask("other child"), new Do("review no", 0)],
  [new Ask("other child"), new Do("end", 0)],
  [new Ask("other child"), new Wait(120)],
];

test("whatever happens in whatever order, a tie is where its table of states says, and every transition was reached", async () => {
  const run = async (some: Iterable<fc.AsyncCommand<Model, Real>>) => {
    made.turn(firstDay);
    const telephone = `1360${String(++serial).padStart(7, "0")}`;
    const person = await made.enlist({ telephone });
    const { call } = await made.signIn(person);
    await made.prove(call, person);
    const officer = await made.officer(`model-${serial}`, "370600", ["counter"]);
    const real: Real = { guardian: call, household: person.household, officer, ties: [] };
    await fc.asyncModelRun(() => ({ model: { on: firstDay, ties: [] }, real }), some);
  };
  for (const way of ways) await run(way);
  const every = (Object.keys(tieStates) as TieState[]).flatMap((state) =>
    Object.keys(tieStates[state].on).map((event) => `${state} ${event}`),
  );
  expect(every.filter((one) => !reached.has(one))).toEqual([]);
  expect(every).toHaveLength(10);
  await fc.assert(fc.asyncProperty(fc.commands(commands, { maxCommands: 20, size: "max" }), run), {
    numRuns: runs(60, 8),
    seed: 20251120,
    endOnFailure: true,
  });
});
