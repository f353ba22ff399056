import * as z from "zod";
import { type CaseKind, caseDueOn, caseKindNames, caseStateNames, caseStates } from "../../shared/credential/case.ts";
import { CalendarDay } from "../../shared/edge.ts";
import { after } from "../../shared/machine.ts";
import { Refusal } from "../../shared/refusal.ts";
import type { Officer } from "../callers/officers.ts";
import { now, today } from "../clock.ts";
import { indexKey } from "../index-key.ts";
import { beginning, key, partition } from "../key.ts";
import { newNo } from "../numbers.ts";
import { toOutbox } from "../outbox.ts";
import type { Profile } from "../people/profile.ts";
import { itemsUnder, mustBeAt } from "../read.ts";
import { waitingIn } from "../worklist.ts";
import { decideAndWrite, isNew, type Step, toPut, unchanged } from "../write.ts";

/** 用码疑点 · one doubt about one use, or about two of one showing; never deleted. */
export const Case = z.object({
  caseNo: z.string(),
  personNo: z.string(),
  kind: z.enum(caseKindNames),
  useNos: z.array(z.string()).min(1),
  words: z.string(),
  /** Who says so: a person's number, or null where the system does. */
  filedBy: z.string().nullable(),
  village: z.string(),
  state: z.enum(caseStateNames),
  filedOn: CalendarDay,
  filedAt: z.int(),
  dueOn: CalendarDay,
  outcome: z.object({ on: CalendarDay, reason: z.string(), officerNo: z.string(), by: z.string() }).nullable(),
  version: z.int().min(1),
});
export type Case = z.output<typeof Case>;

/** A case by its number, or a refusal. */
export const caseOf = (caseNo: string): Promise<Case> => mustBeAt(key.credentialCase(caseNo), Case);

/** The cases of a person, the newest first. */
export async function casesOf(personNo: string): Promise<Case[]> {
  const Pointer = z.object({ caseNo: z.string() });
  const pointers = await itemsUnder(partition.person(personNo), beginning.credentialCase, Pointer);
  const found = await Promise.all(pointers.map(({ caseNo }) => caseOf(caseNo)));
  return found.sort((a, b) => b.filedAt - a.filedAt);
}

/** What waits in a unit for an officer, the soonest due first. */
export async function openCases(unit: string): Promise<Case[]> {
  const order = ({ dueOn, caseNo }: Case) => `${dueOn}#${caseNo}`;
  return (await waitingIn("CREDENTIAL-CASES", unit, Case)).sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

const caseItem = (one: Case) => ({
  ...key.credentialCase(one.caseNo),
  ...(one.state === "filed" && indexKey.open("CREDENTIAL-CASES", one.village, one.dueOn, one.caseNo)),
  ...one,
});

/** A new case. */
export function newCase(
  { personNo, village }: Pick<Profile, "personNo" | "village">,
  said: { kind: CaseKind; useNos: string[]; words?: string; filedBy?: string },
): Case {
  const on = today();
  return {
    caseNo: newNo(on),
    personNo,
    kind: said.kind,
    useNos: said.useNos,
    words: said.words ?? "",
    filedBy: said.filedBy ?? null,
    village,
    state: "filed",
    filedOn: on,
    filedAt: now(),
    dueOn: caseDueOn(on),
    outcome: null,
    version: 1,
  };
}

/** The writes that open a case, and that tell the person of it. */
export function openingCase(one: Case): Step[] {
  const { personNo, caseNo } = one;
  const put = (Item: Record<string, unknown>): Step => toPut(Item, isNew);
  return [
    put(caseItem(one)),
    put({ ...key.credentialCaseOf(personNo, caseNo), caseNo }),
    toOutbox([{ kind: "told", personNo, on: one.filedOn, fact: { about: "credential-case", caseNo, decided: false } }]),
  ];
}

/** 核查结果 · by one officer, once; the same by the same hand again is answered and changes nothing. */
export const decideCase = (caseNo: string, { officerNo, name }: Officer, uphold: boolean, reason: string) =>
  decideAndWrite(async (): Promise<{ answer: Case; steps: Step[] }> => {
    const before = await caseOf(caseNo);
    const result = uphold ? "upheld" : "rejected";
    if (before.state === result && before.outcome?.officerNo === officerNo) return { answer: before, steps: [] };
    const state = after(caseStates, before.state, uphold ? "uphold" : "reject");
    if (state === null) throw new Refusal("case-decided", { detail: `现在是${caseStates[before.state].name}` });
    const on = today();
    const decided: Case = {
      ...before,
      state,
      outcome: { on, reason, officerNo, by: name },
      version: before.version + 1,
    };
    const { personNo } = before;
    const put: Step = toPut(caseItem(decided), unchanged(before.version));
    const told = toOutbox([{ kind: "told", personNo, on, fact: { about: "credential-case", caseNo, decided: true } }]);
    return { answer: decided, steps: [put, told] };
  });
