import type { Day } from "../shared/day.ts";
import { unitPath } from "../shared/org.ts";
import { type OpenKind, partition, shardOf } from "./key.ts";

/** Index keys: worklists, by village and by payer. */
export const indexKey = {
  village: (unit: string, what: `PERSON#${string}` | `ENROLMENT#${string}` | `VISIT#${string}`) => ({
    gsi1pk: partition.village(unit),
    gsi1sk: what,
  }),
  /** The register of a city, county by county. */
  provider: (county: string, code: string) => ({
    gsi1pk: partition.providers(unitPath(county).at(-1)!),
    gsi1sk: `${county}#${code}`,
  }),
  payersOrder: (payerNo: string, createdAt: number) => ({
    gsi1pk: partition.orders(payerNo),
    gsi1sk: String(createdAt).padStart(15, "0"),
  }),
  /** What waits for an officer, by city and village, the soonest day first within a village. */
  open: (what: OpenKind, village: string, on: Day, no: string) => ({
    gsi1pk: partition.open(what, unitPath(village).at(-1)!),
    gsi1sk: `${village}#${on}#${no}`,
  }),
  /** Filings that end by themselves, by the last day on which they are good. */
  endingFiling: (filingNo: string, last: Day) => ({
    gsi1pk: partition.endingFilings(shardOf(filingNo)),
    gsi1sk: `${last}#${filingNo}`,
  }),
  /** Changes of telephone that wait, by the wall-clock time at which they take effect. */
  telephoneChange: (personNo: string, effectiveAt: number) => ({
    gsi1pk: partition.telephoneChanges(shardOf(personNo)),
    gsi1sk: String(effectiveAt).padStart(15, "0"),
  }),
  todo: (id: string, due: number) => ({ gsi1pk: partition.todos(shardOf(id)), gsi1sk: String(due).padStart(15, "0") }),
  /** Payments by the day that the channel took them, as its bill lists them. */
  payment: (day: Day, transactionNo: string) => ({
    gsi1pk: partition.payments(day, shardOf(transactionNo)),
    gsi1sk: transactionNo,
  }),
  /** Messages that still have to leave the system, by the wall-clock time at which they may. */
  sending: (messageNo: string, due: number) => ({
    gsi1pk: partition.sending(shardOf(messageNo)),
    gsi1sk: String(due).padStart(15, "0"),
  }),
  /** Attachments that no case has used, by the wall-clock time at which they are cleared away. */
  attachment: (attachmentNo: string, due: number) => ({
    gsi1pk: partition.attachments(shardOf(attachmentNo)),
    gsi1sk: String(due).padStart(15, "0"),
  }),
  /** People whose cover starts on a business day. */
  notice: (personNo: string, on: Day) => ({ gsi1pk: partition.notices(shardOf(personNo)), gsi1sk: on }),
  /** Money in suspense, by the area that holds it, the oldest first. */
  suspense: (poolingArea: string, since: number, suspenseNo: string) => ({
    gsi1pk: partition.suspense(poolingArea),
    gsi1sk: `${String(since).padStart(15, "0")}#${suspenseNo}`,
  }),
};
