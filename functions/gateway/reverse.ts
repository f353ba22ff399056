import { isTransaction } from "../../shared/gateway/wire.ts";
import { Refusal } from "../../shared/refusal.ts";
import { encounterOf, outOfBed } from "../claims/encounters.ts";
import { reversed } from "../claims/settling.ts";
import { type Named, standingOf } from "../claims/standing.ts";
import { settledText } from "../claims/store.ts";
import { referralOver } from "../filings/referral.ts";
import { key } from "../key.ts";
import type { Step } from "../write.ts";
import { having, toUpdate } from "../write.ts";
import { taken } from "./charging.ts";
import { cancelled } from "./outpatient.ts";
import { keepRecord, recordOf } from "./records.ts";
import { withdrawn } from "./referral.ts";
import { paymentsSpelt, reversalSpelt } from "./spelt.ts";
import { readmitted } from "./stay.ts";
import type { Call, Effect, Outcome, Transaction } from "./transaction.ts";

/** 2208 门诊结算撤销 · the last settlement of its chain, negative in the answer. */
export const reverseOutpatient: Transaction<"2208"> = async (call, { request }) => reversal(call, request, false);

/** 2305 住院结算撤销 · the same of a stay, which is then only discharged again. */
export const reverseStay: Transaction<"2305"> = async (call, { request }) => reversal(call, request, true);

async function reversal(call: Call, named: Named, inpatient: boolean) {
  const standing = await standingOf(named, call.provider.code);
  if (standing.encounter.inpatient !== inpatient) throw new Refusal("not-found");
  return {
    output: {
      settlement: reversalSpelt(standing.claim, call),
      payments: paymentsSpelt(settledText(standing.claim), standing.claim.poolingArea, -1),
    },
    steps: reversed(standing, call.messageNo, "医药机构撤销", call.on, call.at),
  };
}

/**
 * 2601 冲正 · takes back what a message did whose answer never came; where the message itself never came, it is not done when it
 * comes late. Asked twice, the second time finds nothing to do and says so by succeeding.
 */
export const reverseMessage: Transaction<"2601"> = async (call, { request }) => {
  const { originalMessageNo, originalTransaction, personNo } = request;
  if (!originalMessageNo.startsWith(call.provider.code)) throw new Refusal("sender-differs");
  if (!isTransaction(originalTransaction)) throw new Refusal("unknown-transaction", { detail: originalTransaction });
  const record = await recordOf(originalMessageNo);
  if (!record) {
    const gone = {
      messageNo: originalMessageNo,
      transaction: originalTransaction,
      hash: "",
      output: "",
      effect: { kind: "none" } as const,
    };
    return { output: {}, steps: [keepRecord(gone, call.at, call.messageNo)] };
  }
  if (record.transaction !== originalTransaction) throw new Refusal("not-found");
  if (record.undoneBy !== null) return { output: {} };
  if (record.effect.kind === "none" || record.effect.personNo !== personNo) throw new Refusal("cannot-be-undone");
  const { ahead, steps } = await undo(record.effect, originalMessageNo, call);
  return { output: {}, ahead, steps: [undone(originalMessageNo, call.messageNo), ...steps] };
};

const undone = (messageNo: string, by: string): Step =>
  toUpdate(key.gatewayMessage(messageNo), { set: { undoneBy: by } }, having({ undoneBy: null }));

/** What is written to take an effect back. */
async function undo(
  effect: Exclude<Effect, { kind: "none" }>,
  originalMessageNo: string,
  call: Call,
): Promise<Pick<Outcome<"2601">, "ahead"> & { steps: readonly Step[] }> {
  const { provider, messageNo, on, at } = call;
  if (effect.kind === "settled") {
    return { steps: reversed(await standingOf(effect, provider.code), messageNo, "冲正", on, at) };
  }
  if (effect.kind === "referred") {
    const { personNo, referralNo } = effect;
    const over = await referralOver(personNo, referralNo, provider, "revoke");
    return { steps: [withdrawn(personNo, referralNo, provider.code, on, true), ...over] };
  }
  const encounter = await encounterOf(effect.encounterNo, effect.personNo, provider.code);
  switch (effect.kind) {
    case "opened":
      return { steps: [...cancelled(encounter), ...(encounter.inpatient ? [outOfBed(encounter)] : [])] };
    case "discharged":
      return { steps: readmitted(encounter) };
    case "charged":
      return taken(encounter, effect.serials, originalMessageNo);
  }
}
