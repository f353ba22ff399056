import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { moveDispute, openDisputes } from "../../functions/claims/dispute-store.ts";
import type { Claim } from "../../functions/claims/store.ts";
import type { Hand } from "../../functions/hand.ts";
import type { Provider } from "../../functions/providers/store.ts";
import type { Call } from "../../shared/api/client.ts";
import { day } from "../../shared/day.ts";
import {
  type DisputeEvent,
  type DisputeKind,
  type DisputeState,
  disputeKindNames,
  disputeStates,
  isOpen,
} from "../../shared/dispute/dispute.ts";
import { after } from "../../shared/machine.ts";
import { Refusal } from "../../shared/refusal.ts";
import { care, hospital } from "../api/claims.ts";
import { made, opens } from "../world/opening.ts";
import { runs } from "../world/size.ts";
import { refusal } from "../world/world.ts";

let provider: Provider;
opens();
beforeAll(async () => {
  provider = await hospital();
});

/** What should be: every dispute of one claim as the table of states says, and who did the last thing to it. */
interface Model {
  readonly disputes: { readonly kind: DisputeKind; state: DisputeState; last: string }[];
}
interface Real {
  readonly call: Call;
  readonly personNo: string;
  readonly claim: Claim;
  readonly numbers: string[];
}

const reached = new Set<string>();
let serial = 0;

async function agrees({ disputes }: Model, { call, personNo, numbers }: Real): Promise<void> {
  const told = await call("claims.disputes");
  const states = numbers.map((no) => told.disputes.find(({ disputeNo }) => disputeNo === no)?.state);
  expect(states).toEqual(disputes.map(({ state }) => state));
  expect(told.disputes).toHaveLength(numbers.length);
  const waiting = (await openDisputes("370600")).filter((one) => one.personNo === personNo);
  const open = numbers.filter((_, i) => isOpen(disputes[i]!.state));
  expect(waiting.map(({ disputeNo }) => disputeNo).sort()).toEqual([...open].sort());
}

class File implements fc.AsyncCommand<Model, Real> {
  readonly kind: DisputeKind;
  constructor(kind: DisputeKind) {
    this.kind = kind;
  }
  check = () => true;
  async run(model: Model, real: Real): Promise<void> {
    const requestNo = `model-file-${++serial}`;
    const body = { requestNo, kind: this.kind, words: "不对" };
    const params = { claimNo: real.claim.claimNo };
    const filed = real.call("claims.dispute", { params, query: {}, body });
    const stands = model.disputes.some(
      ({ kind, state }) => kind === this.kind && (isOpen(state) || state === "upheld"),
    );
    if (stands) expect(await refusal(filed)).toBe("dispute-exists");
    else {
      real.numbers.push((await filed).disputeNo);
      model.disputes.push({ kind: this.kind, state: "filed", last: "" });
    }
    await agrees(model, real);
  }
  toString = () => `file ${this.kind}`;
}

const officers: readonly Hand[] = [
  { hand: "officer", no: "model-chen", name: "陈主任" },
  { hand: "officer", no: "model-liu", name: "刘科长" },
];

class Do implements fc.AsyncCommand<Model, Real> {
  readonly event: DisputeEvent;
  readonly which: number;
  readonly officer: number;
  constructor(event: DisputeEvent, which: number, officer: number) {
    this.event = event;
    this.which = which;
    this.officer = officer;
  }
  check = (model: Readonly<Model>) => model.disputes.length > 0;
  async run(model: Model, real: Real): Promise<void> {
    const index = this.which % model.disputes.length;
    const dispute = model.disputes[index]!;
    const state = after(disputeStates, dispute.state, this.event);
    const by = this.event === "withdraw" ? real.personNo : officers[this.officer]!.no;
    const code = await this.done(real, real.numbers[index]!);
    const again = dispute.last === `${this.event} ${by}`;
    expect(code).toBe(state !== null || again ? "" : "dispute-decided");
    if (state !== null && !again) {
      reached.add(`${dispute.state} ${this.event}`);
      dispute.state = state;
      dispute.last = `${this.event} ${by}`;
    }
    await agrees(model, real);
  }
  async done({ call }: Real, disputeNo: string): Promise<string> {
    if (this.event === "withdraw") return refusal(call("claims.withdraw", { params: { disputeNo }, query: {} }));
    const by = officers[this.officer]!;
    const outcome = { on: day("2025-11-20"), reason: "核实过了", remedy: null, by };
    const ends = this.event === "uphold" || this.event === "reject";
    try {
      await moveDispute(disputeNo, { event: this.event, by, change: ends ? { outcome } : { owner: by } });
      return "";
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
  }
  toString = () => `${this.event} #${this.which} by ${this.officer}`;
}

const events: readonly DisputeEvent[] = ["take", "take", "hand-back", "uphold", "reject", "withdraw"];
const commands = [
  fc.constantFrom(...disputeKindNames).map((kind) => new File(kind)),
  ...[1, 2].map(() =>
    fc
      .tuple(fc.constantFrom(...events), fc.nat(3), fc.nat(1))
      .map(([event, which, officer]) => new Do(event, which, officer)),
  ),
];

test("whatever happens in whatever order, a dispute is where its table of states says, and every transition was reached", async () => {
  const run = async (some: Iterable<fc.AsyncCommand<Model, Real>>) => {
    const { person, call } = await made.proven();
    const claim = await care(person, { provider, lines: [["床位费", "A", 800]] });
    const real: Real = { call, personNo: person.personNo, claim, numbers: [] };
    await fc.asyncModelRun(() => ({ model: { disputes: [] }, real }), some);
  };
  // A person files at most 20 in a day.
  await fc.assert(fc.asyncProperty(fc.commands(commands, { maxCommands: 18, size: "max" }), run), {
    numRuns: runs(40, 10),
    seed: 20251120,
    endOnFailure: true,
  });
  const every = (Object.keys(disputeStates) as DisputeState[]).flatMap((state) =>
    Object.keys(disputeStates[state].on).map((event) => `${state} ${event}`),
  );
  expect(every.filter((one) => !reached.has(one))).toEqual([]);
  expect(every).toHaveLength(6);
});
