import { disputeStates, type Remedy } from "../../shared/dispute/dispute.ts";
import { text, zero } from "../../shared/money.ts";
import { Refusal, type RefusalCode } from "../../shared/refusal.ts";
import { recordAccess } from "../audit.ts";
import type { Officer } from "../callers/officers.ts";
import { type Dispute, disputeMoved, disputeOf, moveDispute } from "../claims/dispute-store.ts";
import { reversed } from "../claims/settling.ts";
import { standingOf } from "../claims/standing.ts";
import { claimOf } from "../claims/store.ts";
import { now, today } from "../clock.ts";
import { byOfficer, type Hand } from "../hand.ts";
import type { Planner } from "../proposal.ts";
import { mustServe } from "../served.ts";
import { decideAndWrite, type Step } from "../write.ts";

/** A dispute of the officer's area that they are about to look at or to touch; that they did is kept with the person. */
export async function disputeFor(officer: Officer, disputeNo: string, call: string, reason?: string): Promise<Dispute> {
  const dispute = await disputeOf(disputeNo);
  mustServe(officer, [dispute.village]);
  const why = `争议${disputeNo}${reason ? `：${reason}` : ""}`;
  await recordAccess(officer, { personNo: dispute.personNo }, { call, reason: why });
  return dispute;
}

/** 接手 · the officer has it from now on; of two at once the second is told that somebody has. */
export function take(disputeNo: string, officer: Officer): Promise<Dispute> {
  const by = byOfficer(officer);
  return moveDispute(disputeNo, {
    event: "take",
    by,
    change: { owner: by },
    allowed: ({ state, owner }) => {
      if (state === "taken" && owner?.no !== by.no) throw new Refusal("dispute-taken");
    },
  });
}

/** 放回 · nobody has it any more; by its owner, and by anybody once its day has passed. */
export function handBack(disputeNo: string, officer: Officer): Promise<Dispute> {
  const by = byOfficer(officer);
  return moveDispute(disputeNo, {
    event: "hand-back",
    by,
    change: { owner: null },
    allowed: ({ state, owner, dueOn }) => {
      if (state === "taken" && owner?.no !== by.no && today() <= dueOn) throw new Refusal("dispute-not-yours");
    },
  });
}

/** Throws unless a dispute that waits is the officer's own to decide. */
const mustOwn =
  (by: Hand) =>
  ({ state, owner }: Dispute): void => {
    if (state === "filed") throw new Refusal("dispute-not-taken");
    if (state === "taken" && owner?.no !== by.no) throw new Refusal("dispute-not-yours");
  };

/** 不成立 · with the sentence that the person reads; the claim stays as it is. */
export function reject(disputeNo: string, officer: Officer, reason: string): Promise<Dispute> {
  const by = byOfficer(officer);
  const outcome = { on: today(), reason, remedy: null, by };
  return moveDispute(disputeNo, { event: "reject", by, change: { outcome }, allowed: mustOwn(by) });
}

/**
 * 成立 · what the dispute says is right, and is put right outside of it. Where the claim would be taken back, no officer
 * does that alone (`planTakingBack`).
 */
export const uphold = (disputeNo: string, officer: Officer, reason: string): Promise<Dispute> =>
  decideAndWrite(async () => {
    const by = byOfficer(officer);
    const dispute = await disputeOf(disputeNo);
    const { remedy, steps } = await remedyOf(dispute, by.no);
    // Settled on or taken back between two readings: the officer was told something else.
    if (steps.length > 0) throw new Refusal("try-again");
    return disputeMoved(dispute, upholding(by, { on: today(), reason, remedy, by }));
  });

const upholding = (by: Hand, outcome: NonNullable<Dispute["outcome"]>) => ({
  event: "uphold" as const,
  by,
  change: { outcome },
  allowed: mustOwn(by),
});

/** 撤销结算 · the dispute upheld by the officer who has it and the claim taken back, in one transaction and by two hands. */
export const planTakingBack: Planner<"claims-agency.decide"> = async ({ params, body }, officer, proposer) => {
  const { disputeNo } = params;
  const { reason } = body;
  const dispute = await disputeOf(disputeNo);
  const { village, personNo, claimNo, version } = dispute;
  mustServe(officer, [village]);
  const by = byOfficer(proposer);
  const { remedy, steps } = await remedyOf(dispute, by.no);
  if (steps.length === 0) throw new Refusal("proposal-moved");
  const { amounts } = await claimOf(personNo, claimNo);
  const outcome = { on: today(), reason, remedy, by, agreedBy: byOfficer(officer) };
  return {
    unit: village,
    personNo,
    what: `争议 ${disputeNo}`,
    changes: [
      { name: "争议", before: disputeStates[dispute.state].name, after: disputeStates.upheld.name },
      { name: `结算 ${claimNo}`, before: "已结算", after: "撤销" },
      { name: "基金支付", before: `¥${text(amounts.fundsTotal)}`, after: `¥${text(zero)}` },
    ],
    reason,
    seen: [disputeNo, version, claimNo],
    steps: [...disputeMoved(dispute, upholding(by, outcome)).steps, ...steps],
  };
};

/** Why a claim cannot be taken back, and what is done instead. */
const instead: Partial<Record<RefusalCode, Remedy>> = { "cleared-already": "recovery", "reversal-order": "correction" };

/** Would upholding a dispute take its claim back? */
export const takesBack = async (dispute: Dispute, { officerNo }: Officer): Promise<boolean> =>
  (await remedyOf(dispute, officerNo)).steps.length > 0;

/** What becomes of the claim of an upheld dispute, and what is written for it; wrong amounts are put right by the provider. */
export async function remedyOf(
  { kind, personNo, claimNo }: Dispute,
  officerNo: string,
): Promise<{ remedy: Remedy | null; steps: readonly Step[] }> {
  if (kind !== "not-mine") return { remedy: null, steps: [] };
  const { encounterNo } = await claimOf(personNo, claimNo);
  const standing = await standingOf({ personNo, encounterNo, claimNo }, null);
  if (standing.claim.state === "reversed") return { remedy: "reversed", steps: [] };
  try {
    return { remedy: "reversed", steps: reversed(standing, officerNo, "争议成立，不是本人的费用", today(), now()) };
  } catch (error) {
    const remedy = error instanceof Refusal ? instead[error.code] : undefined;
    if (!remedy) throw error;
    return { remedy, steps: [] };
  }
}
