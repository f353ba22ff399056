import { policyOf } from "../../shared/areas/areas.ts";
import { type Day, yearOf } from "../../shared/day.ts";
import { filingFor } from "../../shared/filing/care.ts";
import { codesOf } from "../../shared/gateway/codes.ts";
import type { Input } from "../../shared/gateway/wire.ts";
import type { Yuan } from "../../shared/money.ts";
import { remoteOn } from "../../shared/policy/remote.ts";
import { inForceOn, offersOn, termsOn } from "../../shared/provider/provider.ts";
import { Refusal } from "../../shared/refusal.ts";
import { claimText } from "../../shared/settlement/lines.ts";
import type { Settlement } from "../../shared/settlement/settle.ts";
import type { SettledText } from "../../shared/settlement/text.ts";
import { batchOf, type Encounter, openBatch, ownEncounter } from "../claims/encounters.ts";
import { type Case, preview, settled } from "../claims/settling.ts";
import { referralsOf } from "../filings/referrals.ts";
import { noOverview, Overview } from "../filings/store.ts";
import { key } from "../key.ts";
import { type Facts, factsOf, keysOf, readFacts } from "../people/facts.ts";
import { itemsAt } from "../read.ts";
import { inScope } from "./charging.ts";
import { serviceOf } from "./outpatient.ts";
import { mustBe } from "./person.ts";
import { paymentsSpelt, settlementSpelt } from "./spelt.ts";
import type { Call, Transaction } from "./transaction.ts";

/** 2206 门诊预结算 · what a batch would settle as; nothing is written. */
export const previewOutpatient: Transaction<"2206"> = async (call, { request }) =>
  previewed(call, await outpatient(call, request), request.credentialKind);

/** 2207 门诊结算 · settles a batch. */
export const settleOutpatient: Transaction<"2207"> = async (call, { request }) =>
  settle(call, await outpatient(call, request), request.credentialKind);

/** 2303 住院预结算 · what a stay would settle as today, or on the day that is named; nothing is written. */
export const previewStay: Transaction<"2303"> = async (call, { request }) =>
  previewed(call, await stay(call, request, true), request.credentialKind);

/** 2304 住院结算 · settles a stay after its discharge, or what was charged so far in the middle of it. */
export const settleStay: Transaction<"2304"> = async (call, { request }) =>
  settle(call, await stay(call, request, false), request.credentialKind);

async function previewed(call: Call, one: Case, credentialKind: string) {
  const { settlement } = preview(one);
  const text = claimText({ id: "", splits: [], settlement });
  return { output: await told(call, one, settlement, text, credentialKind) };
}

async function settle(call: Call, one: Case, credentialKind: string) {
  const { claim, steps, settlement, text } = settled(one, call.messageNo, call.on, call.at);
  const { claimNo, personNo, encounterNo } = claim;
  const { settlement: sums, payments } = await told(call, one, settlement, text, credentialKind);
  return {
    output: { settlement: { claimNo, ...sums }, payments },
    steps,
    effect: { kind: "settled" as const, personNo, encounterNo, claimNo },
  };
}

async function told(call: Call, one: Case, settlement: Settlement, text: string, credentialKind: string) {
  return {
    settlement: await settlementSpelt(call, one, settlement, credentialKind),
    payments: paymentsSpelt(JSON.parse(text) as SettledText, one.facts.profile.poolingArea),
  };
}

type Asked = Input<"2206" | "2207" | "2303" | "2304">["request"];

type Read = Awaited<ReturnType<typeof encounterAndFacts>>;

/** The encounter and the facts of this year, which is nearly always the one that is asked for. */
const readFor = ({ provider, on }: Call, request: Asked): Promise<Read> =>
  encounterAndFacts(request, provider.code, yearOf(on));

/** What every way of settling asks: whose it is, that the sums are those of the lines, that the service was opened. */
async function caseOf(
  call: Call,
  request: Asked,
  { encounter, facts: known, overview }: Read,
  batchNo: string,
  careCode: string,
  leftOn: Day,
): Promise<Case> {
  const { provider } = call;
  const years = [yearOf(encounter.admittedOn), yearOf(leftOn)];
  const [facts, referrals] = await Promise.all([
    years.every((year) => year === yearOf(call.on)) ? known : factsOf(encounter.personNo, years),
    encounter.referralNo ? referralsOf(encounter.personNo) : [],
  ]);
  await mustBe(facts.profile, request, call);
  // Whoever died in the stay, as the register knows, left it on that day.
  const { diedOn } = facts.profile;
  const dischargedOn = diedOn && diedOn < leftOn ? diedOn : leftOn;
  const care = codesOf(provider.poolingArea).care[careCode];
  if (!care || care.inpatient !== encounter.inpatient) throw new Refusal("care-not-served");
  const { admittedOn } = encounter;
  if (!inForceOn(provider, admittedOn)) throw new Refusal("agreement-not-in-force");
  if (!offersOn(provider, serviceOf(careCode, care.careType), admittedOn)) throw new Refusal("service-not-opened");
  const level = termsOn(provider, dischargedOn)?.deductible;
  if (!level) throw new Refusal("agreement-not-in-force");
  const batch = batchOf(encounter, batchNo);
  mustAgree(request, { ...batch, inScope: inScope(batch) });
  const referral = referrals.find((one) => one.referralNo === encounter.referralNo);
  const policy = policyOf(facts.profile.poolingArea);
  const away = {
    homeCounty: facts.profile.village.slice(0, 6),
    county: provider.county,
    from: admittedOn,
    until: dischargedOn,
    emergency: care.emergency,
  };
  // What is filed by now counts, also where it was filed while the stay went on.
  const { filing, filingNo } = filingFor(overview.briefs, away, remoteOn(policy, dischargedOn));
  return {
    encounter,
    batchNo,
    batch,
    provider,
    level,
    facts,
    careType: care.careType,
    careCode,
    dischargedOn,
    filing,
    filingNo,
    transferred: referral !== undefined && !referral.undone && referral.fromEncounterNo !== null,
  };
}

/** Throws unless what a message says of the sums is what its lines add up to. */
function mustAgree(
  request: Asked,
  sums: Record<"total" | "outsideCatalogue" | "overPriceCap" | "upfront" | "inScope", Yuan>,
): void {
  const said: Partial<Record<keyof typeof sums, Yuan | null>> = request;
  const wrong = (Object.keys(words) as (keyof typeof sums)[]).filter(
    (name) => said[name] !== undefined && said[name] !== null && said[name] !== sums[name],
  );
  if (wrong.length > 0) throw new Refusal("sums-differ", { detail: wrong.map((name) => words[name]).join("、") });
}

const words = {
  total: "医疗费总额",
  outsideCatalogue: "全自费金额",
  overPriceCap: "超限价金额",
  upfront: "先行自付金额",
  inScope: "符合政策范围金额",
} as const;

async function outpatient(call: Call, request: Input<"2206">["request"]): Promise<Case> {
  const read = await readFor(call, request);
  const { encounter } = read;
  const { careCode, batchNo } = request;
  if (encounter.inpatient || encounter.state !== "open") throw new Refusal("encounter-closed");
  if (encounter.careCode !== null && encounter.careCode !== careCode) throw new Refusal("care-not-served");
  // Care of one day is over on the last day of its lines.
  const last = batchOf(encounter, batchNo).until ?? encounter.admittedOn;
  return caseOf(call, request, read, batchNo, careCode, last > encounter.admittedOn ? last : encounter.admittedOn);
}

async function stay(
  call: Call,
  request: Input<"2303">["request"] | Input<"2304">["request"],
  trying: boolean,
): Promise<Case> {
  const read = await readFor(call, request);
  const { encounter } = read;
  if (!encounter.inpatient || encounter.careCode === null) throw new Refusal("encounter-closed");
  if (encounter.state === "settled") throw new Refusal("settled-already");
  if (encounter.state === "cancelled") throw new Refusal("encounter-closed");
  const inTheMiddle = request.interimFlag === "1";
  if (encounter.state === "open" && !inTheMiddle && !trying) throw new Refusal("not-discharged");
  const until = inTheMiddle ? request.dischargedOn : (encounter.dischargedOn ?? request.dischargedOn);
  const dischargedOn = until ?? call.on;
  if (dischargedOn < encounter.admittedOn || dischargedOn > call.on) throw new Refusal("day-out-of-order");
  return caseOf(call, request, read, openBatch(encounter), encounter.careCode, dischargedOn);
}

/** An encounter of a provider and a person with the person's facts of one year and their filings, read at once. */
async function encounterAndFacts(
  { encounterNo, personNo }: { encounterNo: string; personNo: string },
  providerCode: string,
  year: number,
): Promise<{ encounter: Encounter; facts: Facts; overview: Overview }> {
  const own = key.encounter(encounterNo);
  const filings = key.filings(personNo);
  const items = await itemsAt([own, filings, ...keysOf(personNo, [year])]);
  const encounter = ownEncounter(
    items.find((item) => item.pk === own.pk),
    personNo,
    providerCode,
  );
  const filed = items.find((item) => item.sk === filings.sk);
  const overview = filed ? Overview.parse(filed) : noOverview;
  return { encounter, facts: readFacts(items.filter((item) => item.pk !== own.pk && item !== filed)), overview };
}
