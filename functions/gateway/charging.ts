import { areas } from "../../shared/areas/areas.ts";
import { type Batch, batchWith, newBatch, splitReturn } from "../../shared/care/encounter.ts";
import { feeLineOf, type Listed, type PriceLevel } from "../../shared/catalogue/catalogue.ts";
import type { Day } from "../../shared/day.ts";
import { dayOfMoment, type Kept, type Moment } from "../../shared/gateway/field.ts";
import { everyLine } from "../../shared/gateway/wire.ts";
import { singleHerb } from "../../shared/gateway/wire-standing.ts";
import { minus, type Yuan } from "../../shared/money.ts";
import { levelOne } from "../../shared/policy/table.ts";
import { termsOn } from "../../shared/provider/provider.ts";
import { Refusal } from "../../shared/refusal.ts";
import type { Fees } from "../../shared/settlement/claim.ts";
import { type FeeLine, splitLine } from "../../shared/settlement/scope.ts";
import { itemsOn } from "../catalogue/store.ts";
import {
  batchOf,
  changed,
  type Encounter,
  encounterOf,
  feeLine,
  mostBatches,
  mostLines,
  openBatch,
  type StoredLine,
} from "../claims/encounters.ts";
import { lineAt, linesOf, placesUnder, withLines } from "../claims/places.ts";
import type { Step } from "../write.ts";
import type { Call, Effect, Outcome, Transaction } from "./transaction.ts";

/** Lines in one message, as the interface has it. */
const mostInMessage = 100;

/** 医院审批标志: 审批不通过, the hospital charges it to the person. */
const notApproved = "2";

/** One line as either kind of encounter sends it. */
interface Sent {
  readonly lineNo: string;
  readonly encounterNo: string;
  readonly personNo: string;
  readonly chargedAt: Moment;
  readonly itemCode: string;
  readonly total: Yuan;
  readonly quantity: number;
  readonly price: number;
  /** 医疗类别, which each line of a stay says again. */
  readonly careCode?: string;
  readonly approvedFlag: string | null;
  readonly herbUse: string | null;
  readonly kept: Kept;
}

/** A line as a message sends it, and the batch that takes it. */
type Placed = Sent & { readonly batchNo: string; readonly originalLineNo: string | null };

/** A line that was looked up: what the catalogue of its day says of it. */
interface Priced {
  readonly one: Placed;
  readonly on: Day;
  readonly listed: Listed;
  readonly name: string;
  readonly chargeType: string;
  readonly fee: FeeLine;
}

/** 2204 门诊费用明细上传 · prices and splits the lines on the day on which each was charged, and adds them to their batches. */
export const chargeOutpatient: Transaction<"2204"> = async (call, { lines }) => {
  const encounter = await encounterFor(call, lines, false);
  return charge(
    call,
    encounter,
    lines.map((one) => ({ ...one, originalLineNo: null })),
  );
};

/** 2301 住院费用明细上传 · the same for a stay, whose lines may be taken back by lines with a negative quantity. */
export const chargeStay: Transaction<"2301"> = async (call, { lines }) => {
  const encounter = await encounterFor(call, lines, true);
  const batchNo = openBatch(encounter);
  return charge(
    call,
    encounter,
    lines.map((one) => ({ ...one, batchNo })),
  );
};

async function encounterFor(call: Call, lines: readonly Sent[], inpatient: boolean): Promise<Encounter> {
  const [first] = lines;
  if (!first) throw new Refusal("no-lines");
  if (lines.length > mostInMessage) throw new Refusal("too-many-lines");
  if (lines.some((one) => one.encounterNo !== first.encounterNo || one.personNo !== first.personNo)) {
    throw new Refusal("malformed", { detail: "一条报文里的明细应属于同一次就诊" });
  }
  if (new Set(lines.map((one) => one.lineNo)).size < lines.length) throw new Refusal("line-repeated");
  const encounter = await encounterOf(first.encounterNo, first.personNo, call.provider.code);
  const takesLines = encounter.state === "open" || (inpatient && encounter.state === "discharged");
  if (encounter.inpatient !== inpatient || !takesLines) throw new Refusal("encounter-closed");
  if (lines.some(({ careCode }) => careCode !== undefined && careCode !== encounter.careCode))
    throw new Refusal("care-not-served");
  return encounter;
}

/** The lines in their batches, each split and standing alone under its serial, and what is told of each. */
async function charge(
  call: Call,
  encounter: Encounter,
  sent: readonly Placed[],
): Promise<Outcome<"2204"> & Outcome<"2301">> {
  const serials = sent.flatMap(({ lineNo, originalLineNo }) => [
    lineNo,
    ...(originalLineNo === null ? [] : [originalLineNo]),
  ]);
  const [priced, places] = await Promise.all([pricedAll(call, encounter, sent), placesUnder(encounter, serials)]);
  const batches: Record<string, Batch> = { ...encounter.batches };
  const lines = new Map<string, StoredLine>();
  const lineNow = (serial: string) => lines.get(serial) ?? lineAt(encounter, places.get(serial));
  // A message may bring a line and what is given back of it, in any order.
  for (const { one, on, ...found } of [...priced].sort((a, b) => Number(isReturn(a)) - Number(isReturn(b)))) {
    const { lineNo: serial, originalLineNo: originalSerial, price, quantity, chargedAt, kept } = one;
    if (lineNow(serial)) throw new Refusal("line-repeated", { detail: `明细${serial}` });
    const ownPay = one.approvedFlag === notApproved;
    if (one.herbUse === singleHerb.code && !ownPay) {
      throw new Refusal("value-not-served", { detail: `明细${serial}，${singleHerb.refused}` });
    }
    const original = originalSerial === null ? null : returnable(encounter, one, lineNow(originalSerial));
    const split = original
      ? splitReturn(feeLine(original), original.returned, -quantity)
      : splitLine(ownPay ? { ...found.fee, class: "C" } : found.fee);
    if (split.total !== one.total) throw new Refusal("line-sum", { detail: `明细${serial}` });
    const batchNo = original?.batchNo ?? one.batchNo;
    const batch = batches[batchNo] ?? newBatch(0);
    if (batch.claimNo !== null) throw new Refusal("settled-already", { detail: `收费批次${batchNo}` });
    batches[batchNo] = batchWith(batch, [{ split, on }]);
    const { code, class: kind, priceCap, upfrontShare } = original ?? found.fee;
    const { total, outsideCatalogue, overPriceCap, upfront } = split;
    lines.set(serial, {
      serial,
      batchNo,
      generation: batch.generation,
      messageNo: call.messageNo,
      code,
      name: found.name,
      class: kind,
      price,
      quantity,
      priceCap,
      upfrontShare,
      total,
      outsideCatalogue,
      overPriceCap,
      upfront,
      chargedAt,
      chargeType: found.chargeType,
      limited: found.listed.flags.includes("limited"),
      returned: 0,
      ownPay: original?.ownPay ?? ownPay,
      originalSerial,
      kept,
    });
    if (original) lines.set(original.serial, { ...original, returned: original.returned - quantity });
  }
  const count = Object.values(batches).reduce((sum, batch) => sum + batch.lines, 0);
  if (count > mostLines || Object.keys(batches).length > mostBatches) throw new Refusal("too-many-lines");
  const { personNo, encounterNo } = encounter;
  const effect: Effect = { kind: "charged", personNo, encounterNo, serials: sent.map((one) => one.lineNo) };
  const spelt = priced.map(({ one, listed }) => lineSpelt(lines.get(one.lineNo)!, listed));
  return { output: { lines: spelt }, ...withLines(encounter, places, lines, { batches }), effect };
}

const isReturn = ({ one }: Priced) => one.originalLineNo !== null;

/** What the catalogue says of each line on the day on which it was charged. */
async function pricedAll(call: Call, encounter: Encounter, sent: readonly Placed[]): Promise<Priced[]> {
  const { provider } = call;
  const byDay = new Map<Day, Set<string>>();
  for (const { chargedAt, itemCode } of sent) {
    const on = dayOfMoment(chargedAt);
    byDay.set(on, (byDay.get(on) ?? new Set()).add(itemCode));
  }
  // 就医地目录; where this system keeps none of the place of care, that of the insured area.
  const area = areas.has(provider.poolingArea) ? provider.poolingArea : encounter.insuredArea;
  const days = await Promise.all(
    [...byDay].map(async ([on, codes]) => [on, await itemsOn(area, [...codes], on)] as const),
  );
  const catalogue = new Map(days);
  return sent.map((one): Priced => {
    const where = `明细${one.lineNo}`;
    const on = dayOfMoment(one.chargedAt);
    const last = encounter.dischargedOn ?? call.on;
    if (on < encounter.admittedOn || on > call.on) throw new Refusal("day-out-of-order", { detail: where });
    if (on > last) throw new Refusal("after-discharge", { detail: where });
    const found = catalogue.get(on)?.get(one.itemCode);
    if (!found || found.version.class === null) {
      throw new Refusal("item-not-in-catalogue", { detail: `${where}，${one.itemCode}，${on}` });
    }
    if (one.quantity === 0 || one.quantity < 0 !== (one.originalLineNo !== null)) {
      throw new Refusal("malformed", { detail: `${where}：退费时数量为负，并写明原流水号` });
    }
    const { item, version } = found;
    const fee = feeLineOf(item, version, priceLevelOn(call, on), one.price, Math.abs(one.quantity));
    return { one, on, listed: version, name: item.name, chargeType: item.chargeType, fee };
  });
}

/** 限价等级 on a day; whatever counts as level 1 has the caps of level 1. */
function priceLevelOn({ provider }: Call, on: Day): PriceLevel {
  const level = termsOn(provider, on)?.price;
  if (!level) throw new Refusal("agreement-not-in-force");
  return (levelOne as readonly string[]).includes(level) ? "primary" : (level as PriceLevel);
}

/** The line that is taken back: not settled, of the same item and price, with as much left of it. */
function returnable(encounter: Encounter, one: Placed, original: StoredLine | null): StoredLine {
  if (!original) throw new Refusal("line-unknown", { detail: `明细${one.originalLineNo}` });
  if (batchOf(encounter, original.batchNo).claimNo !== null)
    throw new Refusal("settled-already", { detail: `明细${original.serial}` });
  const left = original.quantity - original.returned;
  if (original.code !== one.itemCode || original.price !== one.price || -one.quantity > left) {
    throw new Refusal("return-too-much", { detail: `明细${one.lineNo}` });
  }
  return original;
}

/** 收费项目等级: 01 甲, 02 乙, 03 丙. */
const classCodes = { A: "01", B: "02", C: "03" } as const;

/** A line as it is answered; no cap is 0, as the interface demands a number. */
export const lineSpelt = (line: StoredLine, listed?: Listed) => ({
  lineNo: line.serial,
  total: line.total,
  quantity: line.quantity,
  price: line.price,
  priceCap: line.priceCap ?? 0,
  upfrontShare: line.upfrontShare,
  outsideCatalogue: line.outsideCatalogue,
  overPriceCap: line.overPriceCap,
  upfront: line.upfront,
  inScope: inScope(line),
  classCode: classCodes[line.class],
  chargeType: line.chargeType,
  limitedFlag: line.limited ? "1" : "0",
  ...(listed && {
    negotiatedFlag: listed.flags.includes("negotiated") ? "1" : "0",
    childFlag: listed.flags.includes("child") ? "1" : "0",
  }),
});

/** 符合政策范围金额 of sums. */
export const inScope = ({ total, outsideCatalogue, overPriceCap, upfront }: Fees): Yuan =>
  minus(total, outsideCatalogue, overPriceCap, upfront);

/** 2205 门诊费用明细撤销 · all lines of a batch at once, or of every batch that is not settled (0000). */
export const withdrawBatch: Transaction<"2205"> = async ({ provider }, { request }) => {
  const encounter = await encounterOf(request.encounterNo, request.personNo, provider.code);
  const { batchNo } = request;
  const named = batchNo === everyLine ? Object.keys(encounter.batches) : [batchNo];
  return { output: {}, steps: [emptied(encounter, named, batchNo !== everyLine)] };
};

/** The write that ends the generation of some batches: their lines are not part of anything any more. */
function emptied(encounter: Encounter, named: readonly string[], demanded: boolean): Step {
  const batches: Record<string, Batch> = { ...encounter.batches };
  for (const batchNo of named) {
    const batch = batches[batchNo];
    if (!batch) throw new Refusal("line-unknown", { detail: `收费批次${batchNo}` });
    if (batch.claimNo === null) batches[batchNo] = newBatch(batch.generation + 1);
    else if (demanded) throw new Refusal("settled-already");
  }
  return changed(encounter, { batches });
}

/** 2302 住院费用明细撤销 · single lines of a stay, or all that are not settled (0000). */
export const withdrawLines: Transaction<"2302"> = async ({ provider }, { requests }) => {
  const [first] = requests;
  if (!first || requests.length > mostInMessage) throw new Refusal("too-many-lines");
  const encounter = await encounterOf(first.encounterNo, first.personNo, provider.code);
  if (requests.some((one) => one.encounterNo !== first.encounterNo || one.personNo !== first.personNo)) {
    throw new Refusal("malformed", { detail: "一条报文里的明细应属于同一次就诊" });
  }
  if (requests.some((one) => one.lineNo === everyLine)) {
    return { output: {}, steps: [emptied(encounter, Object.keys(encounter.batches), false)] };
  }
  const serials = requests.map((one) => one.lineNo);
  return { output: {}, ...(await taken(encounter, serials)) };
};

/**
 * The writes that take single lines back: a line that was returned in part, or that is a return, goes with its partner only. With
 * a message's number, only what that one carried: its serials may have come again since.
 */
export async function taken(
  encounter: Encounter,
  serials: readonly string[],
  messageNo?: string,
): Promise<ReturnType<typeof withLines>> {
  const places = await placesUnder(encounter, serials);
  const lines = [...new Set(serials)].map((serial) => {
    const line = lineAt(encounter, places.get(serial));
    if (!line || (messageNo !== undefined && line.messageNo !== messageNo))
      throw new Refusal("line-unknown", { detail: `明细${serial}` });
    if (batchOf(encounter, line.batchNo).claimNo !== null) throw new Refusal("settled-already");
    if (line.originalSerial !== null || line.returned > 0) {
      throw new Refusal("return-too-much", { detail: `明细${serial}有退费，请撤销全部明细` });
    }
    return line;
  });
  const batches: Record<string, Batch> = { ...encounter.batches };
  for (const line of lines)
    batches[line.batchNo] = batchWith(batches[line.batchNo]!, [{ split: line, on: dayOf(line) }], -1);
  const days = await daysWithout(encounter, new Set(serials));
  for (const { batchNo } of lines) batches[batchNo] = { ...batches[batchNo]!, ...(days.get(batchNo) ?? noDays) };
  return withLines(encounter, places, new Map(lines.map(({ serial }) => [serial, null])), { batches });
}

const dayOf = ({ chargedAt }: StoredLine): Day => dayOfMoment(chargedAt as Moment);

type Days = Pick<Batch, "from" | "until">;
const noDays: Days = { from: null, until: null };

/** The first and the last day of each batch without some of the lines. */
async function daysWithout(encounter: Encounter, gone: ReadonlySet<string>): Promise<ReadonlyMap<string, Days>> {
  const days = new Map<string, Days>();
  for await (const line of linesOf(encounter, { consistent: true })) {
    if (gone.has(line.serial)) continue;
    const on = dayOf(line);
    const { from, until } = days.get(line.batchNo) ?? noDays;
    days.set(line.batchNo, {
      from: from === null || on < from ? on : from,
      until: until === null || on > until ? on : until,
    });
  }
  return days;
}
