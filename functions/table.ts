import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Day } from "../shared/day.ts";
import { parentUnit } from "../shared/org.ts";
import { config } from "./config.ts";
import { tables } from "./tables.ts";

/** One client a process; a Lambda keeps it between calls. */
export const db = DynamoDBDocumentClient.from(
  new DynamoDBClient({
    ...(config.dynamodbEndpoint() && { endpoint: config.dynamodbEndpoint() }),
    maxAttempts: 5,
  }),
  { marshallOptions: { removeUndefinedValues: true } },
);

export const index = tables.main.index.name;

/**
 * 键 · the whole key grammar. `main` has pk, sk and one overloaded index (gsi1pk, gsi1sk); `ledger` and `audit` have pk, sk.
 * What concerns a person lies in one partition, so that a resident's page is one Query.
 */
export const key = {
  // main: people
  person: (personNo: string) => ({ pk: partition.person(personNo), sk: "PROFILE" }),
  enrolment: (personNo: string, benefitYear: number) => ({
    pk: partition.person(personNo),
    sk: `ENROLMENT#${benefitYear}`,
  }),
  visit: (personNo: string, benefitYear: number) => ({
    pk: partition.person(personNo),
    sk: `VISIT#${benefitYear}`,
  }),
  identityNumber: (hash: string) => ({ pk: `IDENTITY#${hash}`, sk: "PERSON" }),

  // main: accounts and sessions
  account: (accountNo: string) => ({ pk: `ACCOUNT#${accountNo}`, sk: "ACCOUNT" }),
  weChat: (hash: string) => ({ pk: `WECHAT#${hash}`, sk: "ACCOUNT" }),
  telephone: (hash: string) => ({ pk: `TELEPHONE#${hash}`, sk: "ACCOUNT" }),
  code: (purpose: string, hash: string) => ({ pk: `CODE#${purpose}#${hash}`, sk: "CODE" }),
  session: (sessionNo: string) => ({ pk: `SESSION#${sessionNo}`, sk: "SESSION" }),
  limit: (action: string, principal: string) => ({ pk: `LIMIT#${action}#${principal}`, sk: "LIMIT" }),

  // main: orders and payments
  order: (orderNo: string) => ({ pk: `ORDER#${orderNo}`, sk: "ORDER" }),
  orderRequest: (accountNo: string, requestNo: string) => ({
    pk: `ACCOUNT#${accountNo}`,
    sk: `REQUEST#${requestNo}`,
  }),
  payment: (transactionNo: string) => ({ pk: `PAYMENT#${transactionNo}`, sk: "PAYMENT" }),

  // main: the agency
  officer: (subject: string) => ({ pk: `OFFICER#${subject}`, sk: "OFFICER" }),
  unit: (code: string) => ({ pk: partition.units(parentUnit(code) ?? "CN"), sk: `UNIT#${code}` }),

  // main: what the outbox folds
  outbox: (id: string) => ({ pk: partition.outbox(shardOf(id)), sk: id }),
  folded: (id: string) => ({ pk: `FOLDED#${id}`, sk: "FOLDED" }),
  progress: (benefitYear: number, unit: string) => ({
    pk: partition.progress(benefitYear, parentUnit(unit) ?? "CN"),
    sk: unit,
  }),
  progressDay: (benefitYear: number, unit: string, on: Day) => ({
    pk: partition.progressDays(benefitYear, unit),
    sk: on,
  }),
  balance: (poolingArea: string, account: string, on: Day) => ({ pk: partition.balance(poolingArea, account), sk: on }),
  dataKey: (version: number) => ({ pk: "DATA-KEY", sk: `V${version}` }),

  // ledger, audit
  entry: (poolingArea: string, on: Day, entryNo: string) => ({
    pk: partition.entries(poolingArea, on, shardOf(entryNo)),
    sk: entryNo,
  }),
  access: (subject: string, at: string) => ({ pk: subject, sk: `ACCESS#${at}` }),
};

/** Partitions that are read whole. */
export const partition = {
  person: (personNo: string) => `PERSON#${personNo}`,
  units: (above: string) => `UNIT#${above}`,
  outbox: (shard: number) => `OUTBOX#${shard}`,
  progress: (benefitYear: number, above: string) => `PROGRESS#${benefitYear}#${above}`,
  progressDays: (benefitYear: number, unit: string) => `PROGRESS#${benefitYear}#${unit}#DAYS`,
  balance: (poolingArea: string, account: string) => `BALANCE#${poolingArea}#${account}`,
  entries: (poolingArea: string, on: Day, shard: number) => `ENTRY#${poolingArea}#${on}#${shard}`,
  village: (unit: string) => `VILLAGE#${unit}`,
  orders: (accountNo: string) => `ORDERS#${accountNo}`,
};

/** Index keys: worklists, by village and by account. */
export const worklist = {
  village: (unit: string, what: `PERSON#${string}` | `ENROLMENT#${string}` | `VISIT#${string}`) => ({
    gsi1pk: partition.village(unit),
    gsi1sk: what,
  }),
  accountOrders: (accountNo: string, createdAt: number) => ({
    gsi1pk: partition.orders(accountNo),
    gsi1sk: String(createdAt).padStart(15, "0"),
  }),
};

/** Writes of one day and items of the outbox are spread over so many partitions. */
export const shards = 16;

/** The shard of an id: the same id is always in the same one. */
export function shardOf(id: string): number {
  let hash = 2166136261;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 16777619);
  return (hash >>> 0) % shards;
}

/** Has an item outlived its `expiresAt` (seconds)? DynamoDB deletes late, so every reader asks. */
export const expired = (item: { expiresAt?: unknown }, milliseconds: number): boolean =>
  typeof item.expiresAt === "number" && item.expiresAt * 1000 <= milliseconds;
