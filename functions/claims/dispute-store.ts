import * as z from "zod";
import type { Day } from "../../shared/day.ts";
import {
  type DisputeEvent,
  type DisputeState,
  disputeEventNames,
  disputeKindNames,
  disputeStateNames,
  disputeStates,
  dueOn,
  isOpen,
  remedyNames,
} from "../../shared/dispute/dispute.ts";
import { CalendarDay } from "../../shared/edge.ts";
import { after } from "../../shared/machine.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now, today } from "../clock.ts";
import { Hand } from "../hand.ts";
import { indexKey } from "../index-key.ts";
import { beginning, key, partition } from "../key.ts";
import { newNo } from "../numbers.ts";
import { toOutbox } from "../outbox.ts";
import { isAt, itemsUnder, mustBeAt } from "../read.ts";
import { answeredBefore, answeredOnce, type NumberedRequest, residentsOwn } from "../request.ts";
import { waitingIn } from "../worklist.ts";
import { decideAndWrite, inState, isNew, type Step, toCheck, toPut, toRemove, unchanged } from "../write.ts";
import { type Claim, claimOf } from "./store.ts";

/** 争议 · one dispute as it is stored; never deleted. */
export const Dispute = z.object({
  disputeNo: z.string(),
  claimNo: z.string(),
  personNo: z.string(),
  /** Who filed it: the person himself, or a guardian for him. */
  filedBy: z.object({ personNo: z.string(), accountNo: z.string() }),
  kind: z.enum(disputeKindNames),
  words: z.string(),
  poolingArea: z.string(),
  /** Where the person lived when the claim was settled: whose officers answer. */
  village: z.string(),
  state: z.enum(disputeStateNames),
  filedOn: CalendarDay,
  filedAt: z.int(),
  dueOn: CalendarDay,
  /** The officer who has taken it. */
  owner: Hand.nullable(),
  outcome: z
    .object({
      on: CalendarDay,
      reason: z.string(),
      remedy: z.enum(remedyNames).nullable(),
      by: Hand,
      /** 复核人 · who agreed, where a claim was taken back. */
      agreedBy: Hand.optional(),
    })
    .nullable(),
  history: z.array(z.object({ event: z.enum(disputeEventNames), on: CalendarDay, at: z.int(), by: Hand })),
  version: z.int().min(1),
});
export type Dispute = z.output<typeof Dispute>;

/** A dispute by its number, or a refusal. */
export const disputeOf = (disputeNo: string): Promise<Dispute> => mustBeAt(key.dispute(disputeNo), Dispute);

/** The disputes of a person's claims, the newest first. */
export async function disputesOf(personNo: string): Promise<Dispute[]> {
  const Pointer = z.object({ disputeNo: z.string() });
  const pointers = await itemsUnder(partition.person(personNo), beginning.dispute, Pointer);
  const found = await Promise.all(pointers.map(({ disputeNo }) => disputeOf(disputeNo)));
  return found.sort((a, b) => b.filedAt - a.filedAt);
}

/** What waits in a unit for an answer, the soonest due first. */
export async function openDisputes(unit: string): Promise<Dispute[]> {
  const order = (one: Dispute) => `${one.dueOn}#${one.disputeNo}`;
  return (await waitingIn("DISPUTES", unit, Dispute)).sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** Who asks for what against which claim; the request is answered once. */
interface DisputeRequest extends Pick<Dispute, "claimNo" | "personNo" | "filedBy" | "kind" | "words"> {
  readonly requestNo: string;
}

const asRequest = ({ requestNo, filedBy, claimNo, personNo, kind, words }: DisputeRequest): NumberedRequest => ({
  of: "DISPUTE",
  askedBy: residentsOwn(filedBy),
  requestNo,
  body: [claimNo, personNo, kind, words],
});

/** The dispute that a request made before, or null; the same request number with another body is refused. */
export const requestedDispute = (asked: DisputeRequest): Promise<Dispute | null> =>
  answeredBefore(asRequest(asked), disputeOf);

/**
 * 提出争议 · opens a dispute of a claim that stands, once for a request, and one of a kind at a time: the dispute, the pointers
 * and the mark in one transaction, which also holds the claim to be still settled.
 */
export const openDispute = (asked: DisputeRequest): Promise<Dispute> =>
  answeredOnce(asRequest(asked), {
    found: disputeOf,
    make: async () => {
      const claim = await claimOf(asked.personNo, asked.claimNo);
      if (claim.state === "reversed") throw new Refusal("claim-reversed");
      // Of two at once the mark's condition lets one through.
      if (await isAt(key.disputing(asked.personNo, asked.claimNo, asked.kind))) throw new Refusal("dispute-exists");
      const dispute = newDispute(asked, claim);
      return { no: dispute.disputeNo, answer: dispute, steps: opening(dispute) };
    },
  });

function newDispute({ requestNo: _, ...asked }: DisputeRequest, { poolingArea, village }: Claim): Dispute {
  const on = today();
  return {
    disputeNo: newNo(on),
    ...asked,
    poolingArea,
    village,
    state: "filed",
    filedOn: on,
    filedAt: now(),
    dueOn: dueOn(asked.kind, on),
    owner: null,
    outcome: null,
    history: [],
    version: 1,
  };
}

const opening = (dispute: Dispute): Step[] => {
  const { disputeNo, claimNo, personNo, kind } = dispute;
  return [
    toCheck(key.claim(personNo, claimNo), inState("settled")),
    toPut({ ...key.disputing(personNo, claimNo, kind), disputeNo }, isNew),
    toPut({ ...key.disputeOf(personNo, disputeNo), disputeNo, claimNo }, isNew),
    toPut(disputeItem(dispute), isNew),
  ];
};

/** The stored dispute; one that waits for an answer lies in the indexKey of its village. */
const disputeItem = (dispute: Dispute) => ({
  ...key.dispute(dispute.disputeNo),
  ...(isOpen(dispute.state) && indexKey.open("DISPUTES", dispute.village, dispute.dueOn, dispute.disputeNo)),
  ...dispute,
});

/** What happens to a dispute, and by whom. */
interface Move {
  readonly event: DisputeEvent;
  readonly by: Hand;
  /** What else it changes: who has it, how it ended. */
  readonly change?: Partial<Pick<Dispute, "owner" | "outcome">>;
  /** Refuses whoever may not; asked of the dispute as it was read. */
  readonly allowed?: (dispute: Dispute) => void;
}

const resultOf: Record<DisputeEvent, DisputeState> = {
  take: "taken",
  "hand-back": "filed",
  uphold: "upheld",
  reject: "rejected",
  withdraw: "withdrawn",
};

/**
 * 变更 · moves a dispute along its machine. The same by the same hand again is answered and changes nothing; anything else
 * that its state does not allow is refused. How it ended is told, in words that say nothing of the care.
 */
export const moveDispute = (disputeNo: string, move: Move): Promise<Dispute> =>
  decideAndWrite(async () => disputeMoved(await disputeOf(disputeNo), move));

/** What becomes of a dispute as it was read, and the writes of it, for whoever has more to write with them. */
export function disputeMoved(
  dispute: Dispute,
  { event, by, change, allowed }: Move,
): { answer: Dispute; steps: readonly Step[] } {
  allowed?.(dispute);
  const last = dispute.history.at(-1);
  if (last?.event === event && last.by.no === by.no && dispute.state === resultOf[event])
    return { answer: dispute, steps: [] };
  const state = after(disputeStates, dispute.state, event);
  if (state === null) throw new Refusal("dispute-decided", { detail: `现在是${disputeStates[dispute.state].name}` });
  const moved: Dispute = {
    ...dispute,
    ...change,
    state,
    history: [...dispute.history, { event, on: today(), at: now(), by }],
    version: dispute.version + 1,
  };
  return { answer: moved, steps: moving(dispute, moved, today()) };
}

function moving(before: Dispute, moved: Dispute, on: Day): Step[] {
  const { disputeNo, personNo, claimNo, kind, state } = moved;
  const put: Step = toPut(disputeItem(moved), unchanged(before.version));
  // Upheld, the mark stays: nothing is left to be said against the claim.
  const free: Step = toRemove(key.disputing(personNo, claimNo, kind));
  const told: Step = toOutbox([{ kind: "told", personNo, on, fact: { about: "dispute-decided", disputeNo } }]);
  return [
    put,
    ...(state === "rejected" || state === "withdrawn" ? [free] : []),
    ...(state === "rejected" || state === "upheld" ? [told] : []),
  ];
}
