import type { Answer } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import { plus, zero } from "../../shared/money.ts";
import { layerWord } from "../../shared/settlement/reading.ts";
import type { Dispute } from "./dispute-store.ts";
import type { StoredLine } from "./encounters.ts";
import type { Amounts, Claim } from "./store.ts";

type Summary = Answer<Endpoints["claims.mine"]>["claims"][number];
type Pay = Summary["pays"][number];

const layers = [
  "fixedBenefit",
  "pooled",
  "largeExpense",
  "criticalIllness",
  "specialDrug",
  "otherLayers",
  "medicalAid",
  "furtherAid",
  "guarantee",
] as const;

/** 谁付了多少 · what each layer paid of some claims, in statutory order; what paid nothing is left out. */
export function paysOf(all: readonly Amounts[]): Pay[] {
  const sums = new Map<string, Pay>();
  const add = (layer: string, amount: Pay["amount"]) => {
    const before = sums.get(layer)?.amount ?? zero;
    sums.set(layer, { layer, name: layerWord(layer), amount: plus(before, amount) });
  };
  for (const layer of layers)
    for (const amounts of all) {
      if (layer !== "otherLayers") add(layer, amounts[layer]);
      else for (const { name, amount } of amounts.otherLayers) add(name, amount);
    }
  return [...sums.values()].filter(({ amount }) => amount > 0);
}

/** A claim as it stands in a list; `disputed`: the claims with a dispute that waits. */
export const summaryReply = (claim: Claim, disputed: ReadonlySet<string>): Summary => ({
  claimNo: claim.claimNo,
  on: claim.dischargedOn,
  provider: claim.provider.name,
  careType: claim.careType,
  total: claim.amounts.total,
  fundsTotal: claim.amounts.fundsTotal,
  patientTotal: claim.amounts.patientTotal,
  pays: paysOf([claim.amounts]),
  state: claim.state,
  assumed: claim.assumed,
  disputed: disputed.has(claim.claimNo),
});

/** A dispute as its person, or who holds them, sees it; no officer is named. */
export const disputeReply = (
  dispute: Dispute,
  { name, tieNo }: { name: string; tieNo: string | null },
): Answer<Endpoints["claims.dispute"]> => ({
  disputeNo: dispute.disputeNo,
  claimNo: dispute.claimNo,
  name,
  tieNo,
  byGuardian: dispute.filedBy.personNo !== dispute.personNo,
  kind: dispute.kind,
  words: dispute.words,
  state: dispute.state,
  filedOn: dispute.filedOn,
  dueOn: dispute.dueOn,
  history: dispute.history.map(({ event, on }) => ({ event, on })),
  outcome: dispute.outcome && {
    on: dispute.outcome.on,
    reason: dispute.outcome.reason,
    remedy: dispute.outcome.remedy,
  },
});

/** A page of fee lines, and where the next one begins. */
export const linesReply = (lines: readonly StoredLine[], more: boolean): Answer<Endpoints["claims.lines"]> => ({
  lines: lines.map(({ serial, name, class: kind, price, quantity, chargedAt, ownPay, ...parts }) => ({
    serial,
    name,
    class: kind,
    ownPay,
    price: decimalText(price, 6),
    quantity: decimalText(quantity, 4),
    total: parts.total,
    outsideCatalogue: parts.outsideCatalogue,
    overPriceCap: parts.overPriceCap,
    upfront: parts.upfront,
    chargedAt,
  })),
  after: more ? (lines.at(-1)?.serial ?? null) : null,
});

/** A whole number of a last place as decimal text, without trailing zeros. */
function decimalText(value: number, decimals: number): string {
  const digits = String(Math.abs(value)).padStart(decimals + 1, "0");
  const part = digits.slice(-decimals).replace(/0+$/, "");
  return `${value < 0 ? "-" : ""}${digits.slice(0, -decimals)}${part && `.${part}`}`;
}
