import * as z from "zod";
import {
  type Batch,
  type EncounterEvent,
  type EncounterState,
  encounterStateNames,
  encounterStates,
  newBatch,
} from "../../shared/care/encounter.ts";
import { CalendarDay } from "../../shared/edge.ts";
import type { Output } from "../../shared/gateway/wire.ts";
import { after } from "../../shared/machine.ts";
import type { Share } from "../../shared/money.ts";
import { Refusal } from "../../shared/refusal.ts";
import type { FeeLine } from "../../shared/settlement/scope.ts";
import { beginning, key, partition } from "../key.ts";
import { itemAt, itemsAt, itemsUnder } from "../read.ts";
import type { Fen } from "../stored.ts";
import { having, isNew, type Step, toPut, toRemove, unchanged } from "../write.ts";

/** A sum that can be below zero: returned lines are. */
const SignedFen = z.int() as unknown as typeof Fen;
const Sums = { total: SignedFen, outsideCatalogue: SignedFen, overPriceCap: SignedFen, upfront: SignedFen };
/** What a message said that nothing here asks, under the interface's own names: given back as it came. */
const Kept = z.record(z.string(), z.string());

const StoredBatch = z.object({
  generation: z.int().min(0),
  lines: z.int(),
  ...Sums,
  from: CalendarDay.nullable(),
  until: CalendarDay.nullable(),
  claimNo: z.string().nullable(),
}) satisfies z.ZodType<Batch>;

/** 就诊 · one encounter as it is stored: who, where, since when, what its fee lines add up to. */
export const Encounter = z.object({
  encounterNo: z.string(),
  personNo: z.string(),
  providerCode: z.string(),
  /** 参保统筹区 of the person when the encounter was opened. */
  insuredArea: z.string(),
  inpatient: z.boolean(),
  state: z.enum(encounterStateNames),
  /** 院内就诊号. */
  hospitalNo: z.string(),
  /** 医疗类别; out-patients are told apart when they have been seen. */
  careCode: z.string().nullable(),
  admittedOn: CalendarDay,
  admittedAt: z.string(),
  /** The last day that counts: of discharge, or of death in the stay. */
  dischargedOn: CalendarDay.nullable(),
  dischargedAt: z.string().nullable(),
  disease: z.object({ code: z.string(), name: z.string() }),
  /** As they came, in our words. */
  diagnoses: z.array(z.custom<Output<"5202">["diagnoses"][number]>()),
  department: z.string(),
  doctor: z.string(),
  referralNo: z.string().nullable(),
  batches: z.record(z.string(), StoredBatch),
  version: z.int().min(1),
  /** Versions under which lines were written ahead, and which never took them. */
  untaken: z.array(z.int()),
  kept: Kept,
});
export type Encounter = z.output<typeof Encounter>;

/** 费用明细 as it is stored: how it was priced and split on the day it was charged. Price in millionths, quantity in ten-thousandths. */
export const StoredLine = z.object({
  serial: z.string(),
  batchNo: z.string(),
  /** That of its batch in which it came: it stands no longer than that. */
  generation: z.int().min(0),
  /** The message that carried it. */
  messageNo: z.string(),
  code: z.string(),
  name: z.string(),
  class: z.enum(["A", "B", "C"]),
  price: z.int(),
  quantity: z.int(),
  priceCap: z.int().nullable(),
  upfrontShare: z.int() as unknown as z.ZodType<Share, number>,
  ...Sums,
  chargedAt: z.string(),
  chargeType: z.string(),
  limited: z.boolean(),
  /** How much of it was taken back, in ten-thousandths. */
  returned: z.int().min(0),
  /** 医院审批不通过: the person's own, whatever the catalogue says. */
  ownPay: z.boolean(),
  /** The line that this one takes back. */
  originalSerial: z.string().nullable(),
  kept: Kept,
});
export type StoredLine = z.output<typeof StoredLine>;

export const mostBatches = 60;
export const mostLines = 20_000;

/** An encounter of a provider and a person; to anybody else it does not exist. */
export async function encounterOf(encounterNo: string, personNo: string, providerCode: string): Promise<Encounter> {
  return ownEncounter(await itemAt(key.encounter(encounterNo), z.unknown()), personNo, providerCode);
}

export function ownEncounter(item: unknown, personNo: string, providerCode: string): Encounter {
  const read = item ? Encounter.parse(item) : null;
  if (!read || read.personNo !== personNo || read.providerCode !== providerCode) throw new Refusal("not-found");
  return read;
}

/** The state after an event, or a refusal. */
export function stateAfter({ state }: Encounter, event: EncounterEvent): EncounterState {
  const next = after(encounterStates, state, event);
  if (next === null) throw new Refusal("encounter-closed", { detail: `现在是${encounterStates[state].name}` });
  return next;
}

/** The write that opens an encounter and the pointer from its person. */
export const opened = (encounter: Encounter): Step[] => [
  toPut({ ...key.encounter(encounter.encounterNo), ...encounter }, isNew),
  toPut(
    {
      ...key.encounterOf(encounter.personNo, encounter.admittedOn, encounter.encounterNo),
      encounterNo: encounter.encounterNo,
    },
    isNew,
  ),
  {
    ...toPut(
      {
        ...key.hospitalNo(encounter.providerCode, encounter.hospitalNo),
        encounterNo: encounter.encounterNo,
      },
      isNew,
    ),
    refusal: () => new Refusal("encounter-exists"),
  },
];

/** The write that gives a hospital's own number free again: an encounter that was taken back is registered anew under it. */
export const freed = ({ encounterNo, hospitalNo, providerCode }: Encounter): Step =>
  toRemove(key.hospitalNo(providerCode, hospitalNo), having({ encounterNo }));

/** The write that changes an encounter that nobody else changed since it was read. */
export const changed = (encounter: Encounter, change: Partial<Encounter>): Step =>
  toPut(
    { ...key.encounter(encounter.encounterNo), ...encounter, ...change, version: encounter.version + 1 },
    unchanged(encounter.version),
  );

/** The write that puts a person into a bed, once at a time; and the one that lets them leave it. */
export const intoBed = ({ personNo, encounterNo, providerCode }: Encounter): Step => ({
  ...toPut({ ...key.bed(personNo), encounterNo, providerCode }, isNew),
  refusal: () => new Refusal("already-admitted"),
});
export const outOfBed = ({ personNo, encounterNo }: Encounter): Step =>
  toRemove(key.bed(personNo), having({ encounterNo }));

/** The batch of a stay that takes lines now: the one that no claim has settled. */
export const openBatch = ({ batches }: Encounter): string =>
  Object.keys(batches).find((one) => batches[one]!.claimNo === null) ?? String(Object.keys(batches).length + 1);

export const batchOf = ({ batches }: Encounter, batchNo: string): Batch => batches[batchNo] ?? newBatch(0);

/** What the splitting law asks of a stored line; what is the person's own splits as what no catalogue pays. */
export const feeLine = ({
  code,
  class: kind,
  price,
  quantity,
  priceCap,
  upfrontShare,
  ownPay,
}: StoredLine): FeeLine => ({
  code,
  class: ownPay ? "C" : kind,
  price,
  quantity,
  priceCap,
  upfrontShare,
});

/** The encounters of a person, the newest first. */
export async function encountersOf(personNo: string): Promise<Encounter[]> {
  const Pointer = z.object({ encounterNo: z.string() });
  const pointers = await itemsUnder(partition.person(personNo), beginning.encounter, Pointer, { newestFirst: true });
  const items = await itemsAt(pointers.map(({ encounterNo }) => key.encounter(encounterNo)));
  const found = new Map(items.map((item) => Encounter.parse(item)).map((one) => [one.encounterNo, one]));
  return pointers.map(({ encounterNo }) => found.get(encounterNo)!);
}
