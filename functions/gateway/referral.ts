import { addDays, yearOf } from "../../shared/day.ts";
import { dayOfMoment } from "../../shared/gateway/field.ts";
import { inForceOn, readProviderCode, termsOn } from "../../shared/provider/provider.ts";
import { Refusal } from "../../shared/refusal.ts";
import { recordProviderAccess } from "../audit.ts";
import { encountersOf } from "../claims/encounters.ts";
import { referralFiled, referralOver } from "../filings/referral.ts";
import { type Referral, referralsOf } from "../filings/referrals.ts";
import { key } from "../key.ts";
import { newNo } from "../numbers.ts";
import { factsOf } from "../people/facts.ts";
import { having, isNew, type Step, toPut, toUpdate } from "../write.ts";
import type { Transaction } from "./transaction.ts";

/** 转院备案的有效期 · where the message gives no last day; no document in hand says how long: assumed. */
const goodForDays = 30;

/** 2501 转院备案 · a provider sends somebody on; the stay there knows of the stay here, and it is filed for. */
export const refer: Transaction<"2501"> = async ({ provider, on }, { referral }) => {
  const { personNo, toProviderCode, referredOn } = referral;
  if (provider.kind !== "hospital") throw new Refusal("service-not-opened");
  if (!inForceOn(provider, on)) throw new Refusal("agreement-not-in-force");
  const facts = await factsOf(personNo, [yearOf(on)]);
  if (!readProviderCode(toProviderCode) || toProviderCode === provider.code) throw new Refusal("provider-unknown");
  const from = referral.from ?? referredOn;
  const until = referral.until ?? addDays(from, goodForDays);
  if (referredOn > on || until < from) throw new Refusal("day-out-of-order");
  const stays = await encountersOf(personNo);
  // The stay that they are sent on from: one that holds on the day of the referral.
  const here = stays.find(
    (one) =>
      one.providerCode === provider.code &&
      one.inpatient &&
      one.state !== "cancelled" &&
      one.admittedOn <= referredOn &&
      (one.dischargedOn === null || one.dischargedOn >= referredOn),
  );
  const filed: Referral = {
    referralNo: newNo(on),
    personNo,
    fromCode: provider.code,
    fromLevel: termsOn(provider, referredOn)?.deductible ?? null,
    fromEncounterNo: here?.encounterNo ?? null,
    toCode: toProviderCode,
    toName: referral.toProviderName,
    toArea: referral.careArea,
    disease: { code: referral.diagnosisCode, name: referral.diagnosisName },
    kind: referral.referralKind,
    reason: referral.reason,
    referredOn,
    from,
    until,
    withdrawnOn: null,
    undone: false,
    kept: referral.kept,
  };
  return {
    output: { filing: { filingNo: filed.referralNo } },
    steps: [
      toPut({ ...key.referral(personNo, filed.referralNo), ...filed }, isNew),
      ...(await referralFiled(filed, facts, provider)),
    ],
    effect: { kind: "referred", personNo, referralNo: filed.referralNo },
  };
};

/** 2502 转院备案撤销 · only by whom it was filed; a stay that began under it keeps it. */
export const withdrawReferral: Transaction<"2502"> = async ({ provider, on }, { request }) => ({
  output: {},
  steps: [
    withdrawn(request.personNo, request.filingNo, provider.code, on),
    ...(await referralOver(request.personNo, request.filingNo, provider, "end")),
  ],
});

/** The write that withdraws a referral, once. */
export const withdrawn = (
  personNo: string,
  referralNo: string,
  fromCode: string,
  on: string,
  undone = false,
): Step => ({
  ...toUpdate(
    key.referral(personNo, referralNo),
    { set: { withdrawnOn: on, undone } },
    having({ fromCode, withdrawnOn: null }),
  ),
  refusal: () => new Refusal("not-found"),
});

/** 5304 转院信息查询 · to whom the asking provider has sent somebody, and who has been sent to it. */
export const findReferrals: Transaction<"5304"> = async ({ provider, transaction }, { request }) => {
  const { beganAt, endedAt } = request;
  // The registry let nobody through who names nobody.
  const personNo = request.personNo!;
  const [all] = await Promise.all([referralsOf(personNo), recordProviderAccess(provider.code, personNo, transaction)]);
  const referrals = all.filter(
    (one) =>
      (one.fromCode === provider.code || one.toCode === provider.code) &&
      !one.withdrawnOn &&
      (!beganAt || one.referredOn >= dayOfMoment(beganAt)) &&
      (!endedAt || one.referredOn <= dayOfMoment(endedAt)),
  );
  return {
    output: {
      referrals: referrals.map((one) => ({
        filingNo: one.referralNo,
        personNo,
        diagnosisCode: one.disease.code,
        diagnosisName: one.disease.name,
        toProviderCode: one.toCode,
        toProviderName: one.toName,
        careArea: one.toArea,
        referralKind: one.kind,
        referredOn: one.referredOn,
        reason: one.reason,
        from: one.from,
        until: one.until,
      })),
    },
  };
};
