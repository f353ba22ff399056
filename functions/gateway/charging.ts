import { areas } from "../../shared/areas/areas.ts";
import { type Batch, batchWith, newBatch, splitReturn } from "../../shared/care/encounter.ts";
import { feeLineOf, type Listed, type PriceLevel } from "../../shared/catalogue/catalogue.ts";
import type { Day } from "../../shared/day.ts";
import { dayOfMoment, type Kept, type Moment } from "../../shared/gateway/field.ts";
import { everyLine } from "../../shared/gateway/wire.ts";
import { minus, type Yuan } from "../../shared/money.ts";
import { levelOne } from "../../shared/policy/table.ts";
import { termsOn } from "../../shared/provider/provider.ts";
import { Refusal } from "../../shared/refusal.ts";
import type { Fees } from "../../shared/settlement/claim.ts";
import { splitLine } from "../../shared/settlement/scope.ts";
import { itemsOn } from "../catalogue/store.ts";
import {
  batchOf,
  changed,
  type Encounter,
  encounterOf,
  feeLine,
  lineOf,
  linesOf,
  mostBatches,
  mostLines,
  openBatch,
  type StoredLine,
} from "../claims/encounters.ts";
import { key } from "../key.ts";
import { having, isNew, type Step, toPut, toRemove, toUpdate } from "../write.ts";
import type { Call, Effect, Outcome, Transaction } from "./transaction.ts";

/** Lines in one message: with the encounter and the message itself they must stay under the 100 writes of a transaction. */
const mostInMessage = 90;

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
  readonly kept: Kept;
}

/** A line on its way into a batch. */
interface Priced {
  readonly line: StoredLine;
  readonly listed: Listed;
  readonly on: Day;
  /** The line that it takes back, as it was read. */
  readonly original: StoredLine | null;
}

/** 2204 门诊费用明细上传 · prices and splits the lines on the day on which each was charged, and adds them to their batches. */
export const chargeOutpatient: Transaction<"2204"> = async (call, { lines }) => {
  const encounter = await encounterFor(call, lines, false);
  const priced = await pricedAll(
    call,
    encounter,
    lines.map((one) => ({ ...one, batchNo: one.batchNo, originalLineNo: null })),
  );
  return charged(encounter, priced);
};

/** 2301 住院费用明细上传 · the same for a stay, whose lines may be taken back by lines with a negative quantity. */
export const chargeStay: Transaction<"2301"> = async (call, { lines }) => {
  const encounter = await encounterFor(call, lines, true);
  const batchNo = openBatch(encounter);
  const priced = await pricedAll(
    call,
    encounter,
    lines.map((one) => ({ ...one, batchNo })),
  );
  return charged(encounter, priced);
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
  return encounter;
}

async function pricedAll(
  call: Call,
  encounter: Encounter,
  sent: readonly (Sent & { batchNo: string; originalLineNo: string | null })[],
): Promise<Priced[]> {
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
  return Promise.all(
    sent.map(async (one): Promise<Priced> => {
      const where = `明细${one.lineNo}`;
      const on = dayOfMoment(one.chargedAt);
      const last = encounter.dischargedOn ?? call.on;
      if (on < encounter.admittedOn || on > call.on) throw new Refusal("day-out-of-order", { detail: where });
      if (on > last) throw new Refusal("after-discharge", { detail: where });
      const found = catalogue.get(on)?.get(one.itemCode);
      if (!found || found.version.class === null) {
        throw new Refusal("item-not-in-catalogue", { detail: `${where}，${one.itemCode}，${on}` });
      }
      const { item, version } = found;
      const fee = feeLineOf(item, version, priceLevelOn(call, on), one.price, Math.abs(one.quantity));
      const isReturn = one.quantity < 0;
      if (one.quantity === 0 || isReturn !== (one.originalLineNo !== null)) {
        throw new Refusal("malformed", { detail: `${where}：退费时数量为负，并写明原流水号` });
      }
      const original = one.originalLineNo === null ? null : await returnedLine(encounter, one, one.originalLineNo);
      const split = original ? splitReturn(feeLine(original), original.returned, -one.quantity) : splitLine(fee);
      const { total, outsideCatalogue, overPriceCap, upfront } = split;
      if (total !== one.total) throw new Refusal("line-sum", { detail: where });
      const line: StoredLine = {
        serial: one.lineNo,
        batchNo: one.batchNo,
        code: item.code,
        name: item.name,
        class: original?.class ?? fee.class,
        price: one.price,
        quantity: one.quantity,
        priceCap: original ? original.priceCap : fee.priceCap,
        upfrontShare: original?.upfrontShare ?? fee.upfrontShare,
        total,
        outsideCatalogue,
        overPriceCap,
        upfront,
        chargedAt: one.chargedAt,
        chargeType: item.chargeType,
        limited: version.flags.includes("limited"),
        returned: 0,
        originalSerial: one.originalLineNo,
        kept: one.kept,
      };
      return { line, listed: version, on, original };
    }),
  );
}

/** 限价等级 on a day; whatever counts as level 1 has the caps of level 1. */
function priceLevelOn({ provider }: Call, on: Day): PriceLevel {
  const level = termsOn(provider, on)?.price;
  if (!level) throw new Refusal("agreement-not-in-force");
  return (levelOne as readonly string[]).includes(level) ? "primary" : (level as PriceLevel);
}

/** The line that is taken back: of the same batch, item and price, with as much left of it. */
async function returnedLine(
  encounter: Encounter,
  { batchNo, itemCode, price, quantity, lineNo }: Sent & { batchNo: string },
  serial: string,
): Promise<StoredLine> {
  const original = await lineOf(encounter, batchNo, serial);
  if (!original) throw new Refusal("line-unknown", { detail: `明细${serial}` });
  const left = original.quantity - original.returned;
  if (original.code !== itemCode || original.price !== price || -quantity > left) {
    throw new Refusal("return-too-much", { detail: `明细${lineNo}` });
  }
  return original;
}

/** The batches with the lines in them, the lines themselves, and what is told of each. */
function charged(encounter: Encounter, priced: readonly Priced[]): Outcome<"2204"> & Outcome<"2301"> {
  const batches: Record<string, Batch> = { ...encounter.batches };
  for (const { line, on } of priced) {
    const batch = batches[line.batchNo] ?? newBatch(0);
    if (batch.claimNo !== null) throw new Refusal("settled-already", { detail: `收费批次${line.batchNo}` });
    batches[line.batchNo] = batchWith(batch, [{ split: line, on }]);
  }
  const lines = Object.values(batches).reduce((sum, batch) => sum + batch.lines, 0);
  if (lines > mostLines || Object.keys(batches).length > mostBatches) throw new Refusal("too-many-lines");
  const placeOf = ({ batchNo, serial }: Pick<StoredLine, "batchNo" | "serial">) =>
    key.line(encounter.encounterNo, batchNo, batches[batchNo]!.generation, serial);
  const returns = priced.filter((one) => one.original !== null);
  if (new Set(returns.map((one) => one.line.originalSerial)).size < returns.length) {
    throw new Refusal("malformed", { detail: "一条报文里同一明细只能退一次" });
  }
  const steps: Step[] = [
    changed(encounter, { batches }),
    ...priced.map(({ line }) => ({
      ...toPut({ ...placeOf(line), ...line }, isNew),
      refusal: () => new Refusal("line-repeated", { detail: `明细${line.serial}` }),
    })),
    ...returns.map(({ original, line }) => {
      const { returned } = original!;
      return toUpdate(placeOf(original!), { set: { returned: returned - line.quantity } }, having({ returned }));
    }),
  ];
  if (steps.length > 98) throw new Refusal("too-many-lines");
  const effect: Effect = {
    kind: "charged",
    personNo: encounter.personNo,
    encounterNo: encounter.encounterNo,
    lines: priced.map(({ line }) => ({
      batchNo: line.batchNo,
      generation: batches[line.batchNo]!.generation,
      serial: line.serial,
    })),
  };
  return { output: { lines: priced.map(({ line, listed }) => lineSpelt(line, listed)) }, steps, effect };
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
  const batchNo = openBatch(encounter);
  return {
    output: {},
    steps: await taken(
      encounter,
      requests.map(({ lineNo }) => ({ batchNo, serial: lineNo })),
    ),
  };
};

/** The writes that take single lines back: a line that was returned in part, or that is a return, goes with its partner only. */
export async function taken(
  encounter: Encounter,
  named: readonly { readonly batchNo: string; readonly serial: string }[],
): Promise<Step[]> {
  const lines = await Promise.all(
    named.map(async ({ batchNo, serial }) => {
      const line = await lineOf(encounter, batchNo, serial);
      if (!line) throw new Refusal("line-unknown", { detail: `明细${serial}` });
      if (batchOf(encounter, batchNo).claimNo !== null) throw new Refusal("settled-already");
      if (line.originalSerial !== null || line.returned > 0) {
        throw new Refusal("return-too-much", { detail: `明细${serial}有退费，请撤销全部明细` });
      }
      return line;
    }),
  );
  const batches: Record<string, Batch> = { ...encounter.batches };
  for (const line of lines)
    batches[line.batchNo] = batchWith(batches[line.batchNo]!, [{ split: line, on: dayOf(line) }], -1);
  for (const batchNo of new Set(lines.map((line) => line.batchNo))) {
    const gone = new Set(lines.filter((line) => line.batchNo === batchNo).map((line) => line.serial));
    batches[batchNo] = { ...batches[batchNo]!, ...(await daysWithout(encounter, batchNo, gone)) };
  }
  const Key = ({ batchNo, serial }: StoredLine) =>
    key.line(encounter.encounterNo, batchNo, batchOf(encounter, batchNo).generation, serial);
  return [changed(encounter, { batches }), ...lines.map((line) => toRemove(Key(line), having({ returned: 0 })))];
}

const dayOf = ({ chargedAt }: StoredLine): Day => dayOfMoment(chargedAt as Moment);

/** The first and the last day of a batch without some of its lines. */
async function daysWithout(
  encounter: Encounter,
  batchNo: string,
  gone: ReadonlySet<string>,
): Promise<Pick<Batch, "from" | "until">> {
  let days: Pick<Batch, "from" | "until"> = { from: null, until: null };
  for await (const line of linesOf(encounter.encounterNo, batchNo, batchOf(encounter, batchNo).generation)) {
    if (gone.has(line.serial)) continue;
    const on = dayOf(line);
    days = {
      from: days.from === null || on < days.from ? on : days.from,
      until: days.until === null || on > days.until ? on : days.until,
    };
  }
  return days;
}
