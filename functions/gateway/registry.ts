import type { TransactionNo } from "../../shared/gateway/wire.ts";
import { chargeOutpatient, chargeStay, withdrawBatch, withdrawLines } from "./charging.ts";
import { registerOutpatient, seeOutpatient, unregisterOutpatient } from "./outpatient.ts";
import { checkBenefits, identify } from "./person.ts";
import { findAccumulations, findClaim, findDiagnoses, findEncounters, findLines } from "./queries.ts";
import { findReferrals, refer, withdrawReferral } from "./referral.ts";
import { reverseMessage, reverseOutpatient, reverseStay } from "./reverse.ts";
import { previewOutpatient, previewStay, settleOutpatient, settleStay } from "./settle.ts";
import { signIn, signOut } from "./sign-in.ts";
import { admit, amend, cancelAdmission, cancelDischarge, discharge } from "./stay.ts";
import type { Transaction } from "./transaction.ts";

/** 交易的办法 · how each transaction is done, and whether it changes anything: only what does is remembered by its number. */
type Registry = { readonly [T in TransactionNo]: { readonly run: Transaction<T>; readonly writes: boolean } };

export const registry: Registry = {
  "9001": { run: signIn, writes: true },
  "9002": { run: signOut, writes: true },
  "1101": { run: identify, writes: false },
  "2001": { run: checkBenefits, writes: false },
  "2201": { run: registerOutpatient, writes: true },
  "2202": { run: unregisterOutpatient, writes: true },
  "2203": { run: seeOutpatient, writes: true },
  "2203A": { run: seeOutpatient, writes: true },
  "2204": { run: chargeOutpatient, writes: true },
  "2205": { run: withdrawBatch, writes: true },
  "2206": { run: previewOutpatient, writes: false },
  "2207": { run: settleOutpatient, writes: true },
  "2208": { run: reverseOutpatient, writes: true },
  "2301": { run: chargeStay, writes: true },
  "2302": { run: withdrawLines, writes: true },
  "2303": { run: previewStay, writes: false },
  "2304": { run: settleStay, writes: true },
  "2305": { run: reverseStay, writes: true },
  "2401": { run: admit, writes: true },
  "2402": { run: discharge, writes: true },
  "2403": { run: amend, writes: true },
  "2404": { run: cancelAdmission, writes: true },
  "2405": { run: cancelDischarge, writes: true },
  "2501": { run: refer, writes: true },
  "2502": { run: withdrawReferral, writes: true },
  "2601": { run: reverseMessage, writes: true },
  "5201": { run: findEncounters, writes: false },
  "5202": { run: findDiagnoses, writes: false },
  "5203": { run: findClaim, writes: false },
  "5204": { run: findLines, writes: false },
  "5206": { run: findAccumulations, writes: false },
  "5304": { run: findReferrals, writes: false },
};
