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

/**
 * 凭什么办 · why a transaction may take a person who was neither shown here within the day nor treated here. Whatever names none
 * of these asks `mustBeRelated` before it is run, and one that names nobody is refused.
 */
const exceptions = {
  nobody: "takes no person",
  certificate: "brings the person's certificate itself: this is how a relation begins (`presented`, `identify`)",
  encounter: "names an encounter, which exists for its own provider and person alone (`encounterOf`)",
  claim: "names a settlement, which exists for the provider that settled it alone",
  referral: "names a referral, which only the provider that filed it may withdraw",
  message: "names a message of the sender's own, and takes back what that one did to that person",
} as const;

/** 交易的办法 · how each transaction is done, whether it changes anything (only what does is remembered by its number), and its exception. */
type Registry = {
  readonly [T in TransactionNo]: {
    readonly run: Transaction<T>;
    readonly writes: boolean;
    readonly except?: keyof typeof exceptions;
  };
};

export const registry: Registry = {
  "9001": { run: signIn, writes: true, except: "nobody" },
  "9002": { run: signOut, writes: true, except: "nobody" },
  "1101": { run: identify, writes: false, except: "certificate" },
  "2001": { run: checkBenefits, writes: false },
  "2201": { run: registerOutpatient, writes: true, except: "certificate" },
  "2202": { run: unregisterOutpatient, writes: true, except: "encounter" },
  "2203": { run: seeOutpatient, writes: true, except: "encounter" },
  "2203A": { run: seeOutpatient, writes: true, except: "encounter" },
  "2204": { run: chargeOutpatient, writes: true, except: "encounter" },
  "2205": { run: withdrawBatch, writes: true, except: "encounter" },
  "2206": { run: previewOutpatient, writes: false, except: "encounter" },
  "2207": { run: settleOutpatient, writes: true, except: "encounter" },
  "2208": { run: reverseOutpatient, writes: true, except: "encounter" },
  "2301": { run: chargeStay, writes: true, except: "encounter" },
  "2302": { run: withdrawLines, writes: true, except: "encounter" },
  "2303": { run: previewStay, writes: false, except: "encounter" },
  "2304": { run: settleStay, writes: true, except: "encounter" },
  "2305": { run: reverseStay, writes: true, except: "encounter" },
  "2401": { run: admit, writes: true, except: "certificate" },
  "2402": { run: discharge, writes: true, except: "encounter" },
  "2403": { run: amend, writes: true, except: "encounter" },
  "2404": { run: cancelAdmission, writes: true, except: "encounter" },
  "2405": { run: cancelDischarge, writes: true, except: "encounter" },
  "2501": { run: refer, writes: true },
  "2502": { run: withdrawReferral, writes: true, except: "referral" },
  "2601": { run: reverseMessage, writes: true, except: "message" },
  "5201": { run: findEncounters, writes: false },
  "5202": { run: findDiagnoses, writes: false, except: "encounter" },
  "5203": { run: findClaim, writes: false, except: "claim" },
  "5204": { run: findLines, writes: false, except: "encounter" },
  "5206": { run: findAccumulations, writes: false },
  "5304": { run: findReferrals, writes: false },
};
