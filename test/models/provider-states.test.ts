import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { providerOf } from "../../functions/providers/store.ts";
import type { Call } from "../../shared/api/client.ts";
import { addDays, type Day, day } from "../../shared/day.ts";
import { after } from "../../shared/machine.ts";
import {
  type AgreementEvent,
  type AgreementState,
  agreementStateNames,
  agreementStates,
} from "../../shared/provider/agreement.ts";
import { type Agreement, agreementAfter, agreementOn, stateNow } from "../../shared/provider/provider.ts";
import { agreedBy } from "../world/hands.ts";
import { made, opens } from "../world/opening.ts";
import { refusal } from "../world/world.ts";

let [recorder, evaluator, decider]: Call[] = [];
opens({ "370600": "烟台市", "370611": "福山区" });
beforeAll(async () => {
  [recorder, evaluator, decider] = await Promise.all(
    (["recorder", "evaluator", "decider"] as const).map((name) => made.officer(name, "370611", ["providers"])),
  );
});

const facts = {
  name: "演示诊所",
  ownership: "private" as const,
  reformed: false,
  levels: { real: "11", price: "primary", deductible: "primary" } as const,
  services: ["outpatient" as const],
  address: "演示路1号",
  telephone: "0535-1234567",
  reason: "申请定点",
};
type Move = Exclude<AgreementEvent, "expire">;

/** How an officer makes each event happen. */
function move(code: string, version: number, event: Move): Promise<unknown> {
  const at = { params: { code } };
  const said = { reason: "按表办理", version };
  switch (event) {
    case "apply":
      return recorder!("providers.apply", { body: { code, ...facts } });
    case "evaluate":
      return evaluator!("providers.evaluate", { ...at, body: { pass: true, ...said } });
    case "refuse":
      return evaluator!("providers.evaluate", { ...at, body: { pass: false, ...said } });
    case "approve": {
      const body = { approve: true as const, from: day("2025-11-20"), until: day("2025-11-30"), ...said };
      return decider!("providers.decide", { ...at, body });
    }
    case "resume":
      return decider!("providers.resume", { ...at, body: said }).then(agreedBy(evaluator!));
    default:
      return decider!(`providers.${event}`, { ...at, body: said });
  }
}

/** The shortest way to each state from an application. */
const ways: Readonly<Record<AgreementState, readonly Move[]>> = {
  applied: [],
  reviewed: ["evaluate"],
  "in-force": ["evaluate", "approve"],
  suspended: ["evaluate", "approve", "suspend"],
  expired: ["evaluate", "approve"],
  ended: ["evaluate", "approve", "end"],
  refused: ["refuse"],
  withdrawn: ["withdraw"],
};
const moves: readonly Move[] = ["apply", "evaluate", "approve", "refuse", "withdraw", "suspend", "resume", "end"];

test.each(agreementStateNames)("what the table says of %s is what the calls do, event by event", async (state) => {
  for (const [i, event] of moves.entries()) {
    made.turn("2025-11-20");
    const code = `H370611${agreementStateNames.indexOf(state)}${String(i).padStart(4, "0")}`;
    await move(code, 0, "apply");
    for (const [version, step] of ways[state].entries()) await move(code, version + 1, step);
    if (state === "expired") made.turn("2025-12-01");
    const before = await providerOf(code);
    expect(stateNow(before.agreement, day(state === "expired" ? "2025-12-01" : "2025-11-20"))).toBe(state);
    const next = after(agreementStates, state, event);
    // An evaluator who refuses what they have evaluated themselves is another matter: that is tried by another hand.
    const tried =
      state === "reviewed" && event === "refuse"
        ? decider!("providers.decide", {
            params: { code },
            body: { approve: false, reason: "不符合条件", version: before.version },
          })
        : move(code, before.version, event);
    const no = await refusal(tried);
    const { agreement } = await providerOf(code);
    if (next === null) {
      // The same application again, while nothing else has happened, is answered and not repeated.
      const answered = event === "apply" && state === "applied";
      expect([event, answered || ["agreement-state", "provider-exists", "agreement-period"].includes(no)]).toEqual([
        event,
        true,
      ]);
      expect(agreement).toEqual(before.agreement);
    } else {
      expect([event, no, agreement.state]).toEqual([event, "", next]);
    }
  }
});

/** What an agreement is on each day, day by day and by the table alone: what it should be. */
class Diary {
  state: AgreementState = "withdrawn";
  readonly days = new Map<Day, AgreementState>();
  private from: Day | null = null;
  private until: Day | null = null;
  /** In force from a day that has not come: until then it is what it was. */
  private meanwhile: AgreementState = "withdrawn";

  tell(event: AgreementEvent, today: Day, period: { from: Day; until: Day }): boolean {
    const next = after(agreementStates, this.state, event);
    if (next === null) return false;
    if (event === "approve") [this.from, this.until] = [period.from, period.until];
    if (next === "in-force" && this.from! > today) this.meanwhile = this.state;
    this.state = next;
    return true;
  }
  note(today: Day): void {
    const waits = this.state === "in-force" && this.from !== null && today < this.from;
    this.days.set(today, waits ? this.meanwhile : this.state);
  }
  wake(today: Day): void {
    if ((this.state === "in-force" || this.state === "suspended") && this.until !== null && today > this.until)
      this.state = "expired";
  }
}

test("whatever is decided and whenever, what an agreement was on each day can be told afterwards, and only the table's moves happen", () => {
  const step = fc.record({
    event: fc.constantFrom<AgreementEvent>(
      "apply",
      "evaluate",
      "approve",
      "refuse",
      "withdraw",
      "suspend",
      "resume",
      "end",
    ),
    wait: fc.integer({ min: 0, max: 4 }),
    delay: fc.integer({ min: 0, max: 4 }),
    length: fc.integer({ min: 0, max: 8 }),
  });
  const reached = new Set<string>();
  // Most events at random cannot happen; every second one is one that can, so that the walk goes far.
  const walk = fc.array(fc.tuple(step, fc.nat()), { minLength: 8, maxLength: 30 });
  fc.assert(
    fc.property(walk, (steps) => {
      const diary = new Diary();
      let agreement: Agreement = { state: "withdrawn", from: null, until: null, history: [] };
      let today = day("2025-11-20");
      const first = today;
      for (const [i, [{ event: random, wait, delay, length }, pick]] of steps.entries()) {
        const possible = Object.keys(agreementStates[stateNow(agreement, today)].on).filter((one) => one !== "expire");
        const event = i % 2 === 0 ? (possible[pick % possible.length] as AgreementEvent) : random;
        const from = addDays(today, delay);
        const period = { from, until: addDays(from, length) };
        expect(stateNow(agreement, today)).toBe(diary.state);
        const before = diary.state;
        const next = agreementAfter(agreement, event, { today, ...(event === "approve" && { period }) });
        expect(next !== null).toBe(diary.tell(event, today, period));
        if (next) {
          agreement = next;
          reached.add(`${before} ${event}`);
        }
        for (let n = 0; n < wait; n++) {
          diary.note(today);
          today = addDays(today, 1);
          diary.wake(today);
        }
      }
      for (const [on, state] of diary.days) {
        const told = agreementOn({ agreement }, on);
        if (on > first || told !== null) expect([on, told ?? "withdrawn"]).toEqual([on, state]);
      }
    }),
    { numRuns: 2000 },
  );
  const every = Object.entries(agreementStates).flatMap(([state, { on }]) =>
    Object.keys(on)
      .filter((event) => event !== "expire")
      .map((event) => `${state} ${event}`),
  );
  expect([...reached].sort()).toEqual(every.sort());
});
