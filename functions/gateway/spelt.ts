import type { Day } from "../../shared/day.ts";
import { codesOf, type Fund } from "../../shared/gateway/codes.ts";
import { momentOn } from "../../shared/gateway/moment.ts";
import { least, minus, most, plus, type Share, shareOf, type Yuan, yuan, zero } from "../../shared/money.ts";
import { clauses } from "../../shared/settlement/clauses.ts";
import { fen, layerWord } from "../../shared/settlement/reading.ts";
import type { Settlement } from "../../shared/settlement/settle.ts";
import type { SettledText, StepText } from "../../shared/settlement/text.ts";
import type { Case } from "../claims/settling.ts";
import type { Claim } from "../claims/store.ts";
import type { Profile } from "../people/profile.ts";
import { personSpelt, personType } from "./person.ts";
import type { Call } from "./transaction.ts";

type Amounts = Claim["amounts"];

/** 出参里的金额 · the sums of a settlement as the interface divides them: 特药 counts as 大病, 再救助 as 救助, the rest as 其他. */
function sums(amounts: Amounts, messageNo: string) {
  const { total, outsideCatalogue, overPriceCap, upfront, inScope, deductiblePaid, fundsTotal, patientTotal } = amounts;
  const pooled = plus(amounts.pooled, amounts.fixedBenefit);
  const aboveDeductible = minus(inScope, deductiblePaid);
  return {
    total,
    outsideCatalogue,
    overPriceCap,
    upfront,
    inScope,
    deductiblePaid,
    pooled,
    pooledShare: (aboveDeductible > 0 ? shareOf(least(pooled, aboveDeductible), aboveDeductible) : 0) as Share,
    civilServant: zero,
    employer: zero,
    criticalIllness: plus(amounts.criticalIllness, amounts.specialDrug),
    largeExpense: amounts.largeExpense,
    medicalAid: plus(amounts.medicalAid, amounts.furtherAid),
    otherPaid: plus(amounts.guarantee, ...amounts.otherLayers.map((one) => one.amount)),
    fundsTotal,
    patientTotal,
    account: zero,
    // Residents have no account: what the person bears is paid in cash.
    cash: patientTotal,
    providerPaid: zero,
    balance: zero,
    familyAccount: zero,
    messageNo,
  };
}

/** 清算类别: 11 门诊, 21 住院, 41 药店; 清算方式 1 按项目. */
const clearingOf = (inpatient: boolean, careCode: string, poolingArea: string) => ({
  clearingAgency: poolingArea,
  clearingWay: "1",
  clearingType: inpatient ? "21" : careCode === "41" ? "41" : "11",
});

/** 结算信息 · what a provider is told of a preview or a settlement. */
export async function settlementSpelt(call: Call, one: Case, settlement: Settlement, credentialKind: string) {
  const { encounter, facts, careCode } = one;
  return spelt(facts.profile, call.on, {
    credentialKind,
    encounterNo: encounter.encounterNo,
    settledAt: momentOn(call.on, call.at),
    careCode,
    ...sums({ ...settlement, otherLayers: [...settlement.otherLayers] }, call.messageNo),
    ...clearingOf(encounter.inpatient, careCode, facts.profile.poolingArea),
  });
}

/** The same of a claim that was settled before. */
export const claimSpelt = async (claim: Claim, profile: Profile, inpatient: boolean) => ({
  claimNo: claim.claimNo,
  ...(await spelt(profile, claim.settledOn, {
    encounterNo: claim.encounterNo,
    settledAt: momentOn(claim.settledOn, claim.settledAt),
    careCode: claim.careCode,
    ...sums(claim.amounts, claim.messageNo),
    ...clearingOf(inpatient, claim.careCode, claim.poolingArea),
  })),
});

async function spelt<T extends object>(profile: Profile, on: Day, rest: T) {
  return {
    ...(await personSpelt(profile, on)),
    schemeCode: codesOf(profile.poolingArea).scheme,
    personType: personType(profile.bornOn, on),
    civilServantFlag: "0",
    ...rest,
  };
}

/** Which layers each fund pays for. */
const layersOf: Readonly<Record<Fund, readonly string[]>> = {
  pooled: ["pooled", "fixedBenefit"],
  criticalIllness: ["criticalIllness", "specialDrug"],
  supplementary: [],
  medicalAid: ["medicalAid"],
  furtherAid: ["furtherAid"],
  guarantee: ["guarantee"],
};

const longestProcess = 4000;

/**
 * 结算明细 · each fund that paid, with what it might have paid at most and how it came to it: read from the trace alone. A
 * reversal tells the same with the signs turned.
 */
export function paymentsSpelt(settled: SettledText, poolingArea: string, sign: 1 | -1 = 1) {
  const codes = codesOf(poolingArea);
  const step = (name: string) => settled.trace.find((one): one is StepText => "name" in one && one.name === name);
  const paid = (layer: string) => fen(step(layer)?.result ?? "0.00") as Yuan;
  const rows = clauses(settled);
  const others = settled.otherLayers.map((one) => one.name);
  return (Object.keys(layersOf) as Fund[]).flatMap((fund) => {
    const layers = fund === "supplementary" ? others : layersOf[fund];
    const amount = plus(zero, ...layers.map(paid));
    if (amount === 0 && fund !== "pooled") return [];
    const [fundCode, fundName] = codes.fund[fund];
    const words = new Set(layers.map((layer) => layerWord(layer)));
    const process = rows
      .filter((row) => words.has(row.layer) && row.formula)
      .map(({ item, formula, result, cite, standing }) => {
        const why = [standing === "假定" ? "假定" : "", cite].filter(Boolean).join("，");
        return `${item}：${formula} = ${result}${why ? `（${why}）` : ""}`;
      });
    return [
      {
        fundCode,
        fundName,
        inScope: turned(yuan(step("inScope")?.result ?? "0.00"), sign),
        payableLimit: plus(zero, ...layers.map((layer) => limitOf(step(layer)))),
        paid: turned(amount, sign),
        process: [...process.join("；")].slice(0, longestProcess).join(""),
      },
    ];
  });
}

const turned = (amount: Yuan, sign: 1 | -1): Yuan => (amount === 0 ? zero : ((amount * sign) as Yuan));

/** 本次可支付限额 · what was left of the limit that a layer stands under; without a limit what it paid. */
function limitOf(step: StepText | undefined): Yuan {
  if (!step) return zero;
  const [rule] = step.rules;
  const [, used] = Object.values(step.inputs);
  if (step.op !== "within" || typeof rule?.value !== "string" || !/^\d/.test(rule.value)) return yuan(step.result);
  return most(zero, minus(yuan(rule.value), yuan(used ?? "0.00")));
}

/** 撤销出参 · the settlement that was taken back, every amount with its sign turned. */
export function reversalSpelt(claim: Claim, call: Call) {
  const { encounterNo, claimNo, amounts, messageNo, poolingArea } = claim;
  const { pooledShare, messageNo: _, ...positive } = sums(amounts, messageNo);
  const negative = Object.fromEntries(
    Object.entries(positive).map(([name, amount]) => [name, turned(amount, -1)]),
  ) as typeof positive;
  return {
    encounterNo,
    claimNo,
    clearingAgency: poolingArea,
    settledAt: momentOn(call.on, call.at),
    ...negative,
    pooledShare,
    messageNo: call.messageNo,
  };
}
