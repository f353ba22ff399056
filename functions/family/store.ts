import type { Day } from "../../shared/day.ts";
import {
  isLive,
  isOpen,
  mostDependants,
  mostParents,
  stateOn,
  type TieEvent,
  tieStates,
} from "../../shared/family/family.ts";
import { after } from "../../shared/machine.ts";
import { Refusal } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { indexKey } from "../index-key.ts";
import { beginning, key, partition } from "../key.ts";
import { randomText } from "../numbers.ts";
import { itemAt, itemsUnder, type Key, mustBeAt } from "../read.ts";
import { answeredBefore, answeredOnce, type NumberedRequest, residentsOwn } from "../request.ts";
import { seal } from "../sealing.ts";
import {
  type Action,
  compared,
  decideAndWrite,
  either,
  having,
  isNew,
  type Step,
  toPut,
  toUpdate,
  unchanged,
} from "../write.ts";
import { birthCertificatePlace, Pointer, Tie } from "./tie.ts";
import { answeredTold, askedTold } from "./told.ts";

const newTieNo = () => randomText(20);

/** A tie by its number, or a refusal. */
export const tieOf = (tieNo: string): Promise<Tie> => mustBeAt(key.tie(tieNo), Tie);

/** A tie that this person is a side of; for anybody else it does not exist. */
export async function ownTie(tieNo: string, personNo: string): Promise<Tie> {
  const tie = await tieOf(tieNo);
  if (tie.guardianNo !== personNo && tie.dependantNo !== personNo) throw new Refusal("not-found");
  return tie;
}

/** A tie that this person opened. */
export async function ownDependant(tieNo: string, personNo: string): Promise<Tie> {
  const tie = await tieOf(tieNo);
  if (tie.guardianNo !== personNo) throw new Refusal("not-found");
  return tie;
}

/** The dependant of a tie that holds today, for the guardian. */
export async function agreedDependant(tieNo: string, guardianNo: string): Promise<string> {
  const tie = await ownDependant(tieNo, guardianNo);
  if (stateOn(tie, today()) !== "agreed") throw new Refusal("member-not-agreed");
  return tie.dependantNo;
}

/** The ties of a person on one side of them, over or not. */
export async function tiesOf(personNo: string, side: "member" | "guardian"): Promise<Tie[]> {
  const pointers = await itemsUnder(partition.person(personNo), beginning[side], Pointer);
  return Promise.all(pointers.map(({ tieNo }) => tieOf(tieNo)));
}

/** The last tie between two people, or null. */
async function tieBetween(guardianNo: string, dependantNo: string): Promise<Tie | null> {
  const pointer = await itemAt(key.member(guardianNo, dependantNo), Pointer);
  return pointer && tieOf(pointer.tieNo);
}

/** The tie between two people where it counts today, or null. */
export async function liveTie(guardianNo: string, dependantNo: string): Promise<Tie | null> {
  const tie = await tieBetween(guardianNo, dependantNo);
  return tie && isLive(stateOn(tie, today())) ? tie : null;
}

/** Asks for a tie in a guardian's name; it is answered once. */
export const tieRequest = (
  guardian: Parameters<typeof residentsOwn>[0],
  body: { readonly requestNo: string },
): NumberedRequest => ({
  of: "TIE",
  askedBy: residentsOwn(guardian),
  requestNo: body.requestNo,
  body,
});

/** The tie that a request made before, or null; the same request number with another body is refused. */
export const requestedTie = (request: NumberedRequest): Promise<Tie | null> => answeredBefore(request, tieOf);

export type Opening = Pick<
  Tie,
  "guardianNo" | "dependantNo" | "relationship" | "state" | "minor" | "proof" | "village" | "until" | "decidedBy"
> & { readonly birthCertificate: string | null };

/**
 * 添加成员 · opens a tie, once for a request: the tie, both pointers and both counts in one transaction, so that two
 * requests at the same moment never make a sixth. `also` is written with it or not at all.
 */
export async function openTie(
  request: NumberedRequest,
  opening: Opening,
  temporary: boolean,
  also: readonly Step[],
): Promise<Tie> {
  await writeLapsed(opening.guardianNo);
  return answeredOnce(request, {
    found: tieOf,
    make: async () => {
      const tie = await newTie(opening);
      const steps = [...openingSteps(tie, temporary), ...also, ...(await askedTold(tie))];
      return { no: tie.tieNo, answer: tie, steps };
    },
  });
}

async function newTie({ birthCertificate, ...opening }: Opening): Promise<Tie> {
  const on = today();
  const tieNo = newTieNo();
  const birthCertificateSealed = birthCertificate && (await seal(birthCertificate, birthCertificatePlace(tieNo)));
  const beginning = { askedOn: on, changedOn: on, officerNo: null, reason: "", version: 1 };
  return { tieNo, ...opening, birthCertificateSealed, ...beginning };
}

/** Remembers for a request the tie that stood already, so that its repeat is answered alike. */
export const rememberRequest = (request: NumberedRequest, tie: Tie): Promise<Tie> =>
  answeredOnce(request, { found: tieOf, make: async () => ({ no: tie.tieNo, answer: tie, steps: [] }) });

function openingSteps(tie: Tie, temporary: boolean): Step[] {
  const { tieNo, guardianNo, dependantNo } = tie;
  const isHeld = () => new Refusal("already-held");
  return [
    toPut(tieItem(tie), isNew),
    { ...pointAt(key.member(guardianNo, dependantNo), tieNo), refusal: isHeld },
    { ...pointAt(key.guardian(dependantNo, guardianNo), tieNo), refusal: isHeld },
    { ...counted(guardianNo, "held", 1, mostDependants), refusal: () => new Refusal("family-full") },
    {
      ...counted(dependantNo, "holders", 1, temporary ? mostParents : null),
      refusal: () => new Refusal("newborn-has-parents"),
    },
  ];
}

/** The stored tie; one that waits for a yes lies in the indexKey of its village. */
export const tieItem = (tie: Tie) => ({
  ...key.tie(tie.tieNo),
  ...(isOpen(tie.state) && indexKey.open("TIES", tie.village, tie.askedOn, tie.tieNo)),
  ...tie,
});

/** Points one side at a tie that counts from now on, where none counts. */
export const pointAt = (at: Key, tieNo: string): Action =>
  toPut({ ...at, tieNo, live: true }, either(isNew, having({ live: false })));

/** The tie that one side points at no longer counts. */
export const pointAway = (at: Key, tieNo: string): Action => toUpdate(at, { set: { live: false } }, having({ tieNo }));

/** Counts live ties: whom a person holds, and by how many they are held; the bound is the condition, so it holds in a race. */
export function counted(personNo: string, what: "held" | "holders", by: 1 | -1, most: number | null): Action {
  const below = most === null ? undefined : either(having({ [what]: undefined }), compared(what, "<", most));
  return toUpdate(key.family(personNo), { add: { [what]: by } }, by < 0 ? compared(what, ">", 0) : below);
}

/** Who decided, and why. */
interface Decision {
  readonly by: Tie["decidedBy"];
  readonly officerNo?: string;
  readonly reason?: string;
  /** The last day of the state that this makes, where it has one. */
  readonly until?: Day | null;
}

/**
 * 变更 · moves a tie along its machine; the same decision again changes nothing, any other on a closed tie is refused.
 * `also` is written with it or not at all.
 */
export const moveTie = (tieNo: string, event: TieEvent, decision: Decision, also: readonly Step[] = []): Promise<Tie> =>
  decideAndWrite(async () => {
    const tie = await tieOf(tieNo);
    const again = event === "end" || (tie.decidedBy === decision.by && also.length === 0);
    if (again && stateOn(tie, today()) === resultOf[event]) return { answer: tie, steps: [] };
    const state = after(tieStates, event === "lapse" ? tie.state : stateOn(tie, today()), event);
    if (state === null && event === "lapse") return { answer: tie, steps: [] };
    if (state === null) throw new Refusal("family-request-closed");
    const moved: Tie = {
      ...tie,
      state,
      changedOn: today(),
      until: decision.until ?? null,
      decidedBy: decision.by,
      officerNo: decision.officerNo ?? null,
      reason: decision.reason ?? "",
      version: tie.version + 1,
    };
    return { answer: moved, steps: [...movingSteps(tie, moved), ...also, ...(await answeredTold(moved))] };
  });

const resultOf = { agree: "agreed", refuse: "refused", lapse: "lapsed", end: "ended" } as const;

/** The tie itself, and where it stops counting the pointers and counts of both sides. */
function movingSteps(before: Tie, moved: Tie): Step[] {
  const { tieNo, guardianNo, dependantNo } = before;
  const put = toPut(tieItem(moved), unchanged(before.version));
  if (isLive(moved.state)) return [put];
  return [
    put,
    pointAway(key.member(guardianNo, dependantNo), tieNo),
    pointAway(key.guardian(dependantNo, guardianNo), tieNo),
    counted(guardianNo, "held", -1, null),
    counted(dependantNo, "holders", -1, null),
  ];
}

/** Writes down what has lapsed among a guardian's ties, so that the count of five is of living ones. */
async function writeLapsed(guardianNo: string): Promise<void> {
  const ties = await tiesOf(guardianNo, "member");
  const due = ties.filter((tie) => isLive(tie.state) && stateOn(tie, today()) === "lapsed");
  for (const tie of due) await moveTie(tie.tieNo, "lapse", { by: "law", until: tie.until });
}
