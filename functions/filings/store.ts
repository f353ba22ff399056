import * as z from "zod";
import { addDays, type Day } from "../../shared/day.ts";
import { CalendarDay } from "../../shared/edge.ts";
import {
  type Brief,
  type FilingState,
  filingEventNames,
  filingStateNames,
  isInForce,
  lastDay,
} from "../../shared/filing/filing.ts";
import type { FiledTo } from "../../shared/outbox.ts";
import { filingKindNames } from "../../shared/policy/remote.ts";
import { now, today } from "../clock.ts";
import { Hand } from "../hand.ts";
import { indexKey } from "../index-key.ts";
import { beginning, key, partition } from "../key.ts";
import { itemAt, itemsIn, itemsUnder, mustBeAt } from "../read.ts";
import { firstWaitingIn } from "../worklist.ts";
import { isNew, type Step, toPut, unchanged } from "../write.ts";

/** 异地就医备案 · one filing as it is stored; never deleted. */
export const Filing = z.object({
  filingNo: z.string(),
  personNo: z.string(),
  filedBy: Hand,
  /** How the person agreed, where somebody else filed; null where he filed himself or a hospital sent it. */
  consent: z.object({ by: z.enum(["family", "code", "paper"]), attachmentNo: z.string().nullable() }).nullable(),
  kind: z.enum(filingKindNames),
  destination: z.string(),
  from: CalendarDay,
  until: CalendarDay.nullable(),
  poolingArea: z.string(),
  /** Where the person lived when he filed: whose officers decide. */
  village: z.string(),
  state: z.enum(filingStateNames),
  filedOn: CalendarDay,
  filedAt: z.int(),
  dueOn: CalendarDay.nullable(),
  commitment: z.object({ version: z.string(), signedName: z.string(), on: CalendarDay }).nullable(),
  proofBy: CalendarDay.nullable(),
  proofGiven: z.boolean(),
  late: z.boolean(),
  attachmentNos: z.array(z.string()),
  mend: z.array(z.string()),
  reason: z.string(),
  replaces: z.string().nullable(),
  replacedBy: z.string().nullable(),
  /** The referral of a hospital that it is. */
  referralNo: z.string().nullable(),
  /** The last day on which a draft, or one that was returned, can still be submitted. */
  lapsesOn: CalendarDay.nullable(),
  history: z.array(
    z.object({ event: z.enum(filingEventNames), on: CalendarDay, at: z.int(), by: Hand, reason: z.string() }),
  ),
  version: z.int().min(1),
});
export type Filing = z.output<typeof Filing>;

const StoredBrief = z.object({
  filingNo: z.string(),
  kind: z.enum(filingKindNames),
  state: z.enum(filingStateNames),
  destination: z.string(),
  from: CalendarDay,
  until: CalendarDay.nullable(),
  proofBy: CalendarDay.nullable(),
  proofGiven: z.boolean(),
  lapsesOn: CalendarDay.nullable(),
});

/** 备案总览 · what care and overlaps ask of a person's filings, in one item; its version holds them together. */
export const Overview = z.object({ briefs: z.array(StoredBrief), version: z.int().min(1) });
export type Overview = z.output<typeof Overview>;
export const noOverview: Overview = { briefs: [], version: 0 };

/** What care asks of a filing. */
export const briefOf = (filing: Filing): Brief => StoredBrief.parse(filing);

/** What a filing begins with; all else comes of what is done with it. */
type Begun = Pick<
  Filing,
  | "filingNo"
  | "personNo"
  | "filedBy"
  | "consent"
  | "kind"
  | "destination"
  | "from"
  | "until"
  | "late"
  | "poolingArea"
  | "village"
  | "reason"
  | "replaces"
  | "referralNo"
  | "lapsesOn"
>;

/** A new filing, to which nothing has happened yet. */
export const draftOf = (begun: Begun): Filing => ({
  ...begun,
  state: "draft",
  filedOn: today(),
  filedAt: now(),
  dueOn: null,
  commitment: null,
  proofBy: null,
  proofGiven: false,
  attachmentNos: [],
  mend: [],
  replacedBy: null,
  history: [],
  version: 1,
});

/** A filing of a person, or a refusal; to anybody else it does not exist. */
export const filingOf = (personNo: string, filingNo: string): Promise<Filing> =>
  mustBeAt(key.filing(personNo, filingNo), Filing);

/** The filings of a person, the newest first. */
export async function filingsOf(personNo: string): Promise<Filing[]> {
  return (await itemsUnder(partition.person(personNo), beginning.filing, Filing)).sort((a, b) => b.filedAt - a.filedAt);
}

/** All of a person's filings that count or wait, as one item. */
export const overviewOf = async (personNo: string): Promise<Overview> =>
  (await itemAt(key.filings(personNo), Overview)) ?? noOverview;

/** 待办 · the filings that wait for an officer in a unit, the soonest due first, and whether there are more. */
export async function openFilings(unit: string, most = 500): Promise<{ filings: Filing[]; more: boolean }> {
  const { items, more } = await firstWaitingIn("FILINGS", unit, Filing, most);
  const order = ({ dueOn, filingNo }: Filing) => `${dueOn}#${filingNo}`;
  return { filings: items.sort((a, b) => (order(a) < order(b) ? -1 : 1)), more };
}

const FiledToItem = z.object({
  sk: z.string(),
  longTerm: z.int().default(0),
  referral: z.int().default(0),
  temporary: z.int().default(0),
});

/** 去哪里看病 · how many filings of a unit took effect, by destination. */
export async function filedTo(unit: string): Promise<(FiledTo & { destination: string })[]> {
  const counted = await itemsIn(partition.filedTo(unit), FiledToItem, { consistent: false });
  return counted.map(({ sk, ...counts }) => ({ destination: sk, ...counts }));
}

/** What of a filing waits for an officer. */
export const waitsFor = ({ state, proofGiven }: Pick<Filing, "state" | "proofGiven">) => {
  if (state === "submitted") return "application" as const;
  return state === "awaiting-proof" && proofGiven ? ("proof" as const) : null;
};

/** The last day of a filing that ends by itself, null where it does not. */
export function endsAfter(filing: Filing): Day | null {
  if (filing.state === "draft" || filing.state === "returned") return filing.lapsesOn;
  return isInForce(filing.state) ? lastDay(filing) : null;
}

/** Where it waits: in an officer's indexKey, or for the day on which it ends by itself, or nowhere. */
function placed(filing: Filing) {
  const { village, filingNo, dueOn } = filing;
  if (dueOn && waitsFor(filing)) return indexKey.open("FILINGS", village, dueOn, filingNo);
  const last = endsAfter(filing);
  return last ? indexKey.endingFiling(filingNo, last) : {};
}

const itemOf = (filing: Filing) => ({
  ...key.filing(filing.personNo, filing.filingNo),
  ...placed(filing),
  ...filing,
});

/** The write of a new filing. */
export const newFiling = (filing: Filing): Step => toPut(itemOf(filing), isNew);

/** The write that makes a filing what it is now, if nobody changed it since it was read. */
export const changedFiling = (before: Filing, filing: Filing): Step => toPut(itemOf(filing), unchanged(before.version));

/** A stay that began under a filing keeps it, so what ended is remembered for longer than a year. */
const rememberedDays = 400;

/** The write of the overview with some filings as they are now, if nobody changed another one since it was read. */
export function changedOverview(personNo: string, before: Overview, now: readonly Filing[], on: Day): Step {
  const changed = new Set(now.map(({ filingNo }) => filingNo));
  const kept = before.briefs.filter(({ filingNo }) => !changed.has(filingNo));
  const briefs = [...kept, ...now.filter(counts).map(briefOf)].filter((one) => {
    const last = lastDay(one);
    return last === null || last >= addDays(on, -rememberedDays);
  });
  return toPut({ ...key.filings(personNo), briefs, version: before.version + 1 }, unchanged(before.version));
}

const never: readonly FilingState[] = ["draft", "refused"];
const begins: readonly string[] = ["take-effect", "take-effect-on-commitment", "approve"];

/** Does a filing stand in the overview: it waits, it is in force, or it was and was not taken back as false? */
function counts({ state, history }: Filing): boolean {
  if (never.includes(state) || history.at(-1)?.event === "revoke") return false;
  return state === "submitted" || state === "returned" || history.some(({ event }) => begins.includes(event));
}
