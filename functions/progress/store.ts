import { GetCommand, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { CalendarDay } from "../../shared/edge.ts";
import type { Yuan } from "../../shared/money.ts";
import { noFigures } from "../../shared/outbox.ts";
import { config } from "../config.ts";
import { db, index } from "../db.ts";
import { indexKey } from "../index-key.ts";
import { key, partition } from "../key.ts";
import { Enrolment } from "../people/enrolments.ts";
import { Profile } from "../people/profile.ts";

const Fen = z.int() as unknown as z.ZodType<Yuan, number>;
const Figures = z.object({
  should: z.int().default(0),
  enrolled: z.int().default(0),
  paid: z.int().default(0),
  amount: Fen,
});

/** 走访 · what somebody found at a person's door. */
export const Visit = z.object({
  personNo: z.string(),
  benefitYear: z.int(),
  on: CalendarDay,
  outcome: z.enum(["will-pay", "paid-elsewhere", "away", "unwilling", "not-found"]),
  note: z.string(),
  by: z.string(),
});
export type Visit = z.output<typeof Visit>;

/** The figures of a unit in a benefit year; nothing folded yet is zero. */
export async function figuresOf(benefitYear: number, unit: string) {
  const { Item } = await db.send(
    new GetCommand({ TableName: config.mainTable(), Key: key.progress(benefitYear, unit) }),
  );
  return Item ? Figures.parse(Item) : noFigures;
}

/** The figures of every unit directly below, by code. */
export async function figuresBelow(benefitYear: number, unit: string) {
  const items = await all(partition.progress(benefitYear, unit));
  return new Map(items.map((item) => [String(item.sk), Figures.parse(item)]));
}

/** What each business day brought a unit, in order. */
export async function daysOf(benefitYear: number, unit: string) {
  const items = await all(partition.progressDays(benefitYear, unit));
  return items.map((item) => ({ on: CalendarDay.parse(item.sk), ...Figures.parse(item) }));
}

/** A village's people with what stands of the benefit year: enrolment and last visit. */
export async function villagers(village: string, benefitYear: number) {
  const items = await all(partition.village(village), index);
  const enrolments = new Map<string, Enrolment[]>();
  const visits = new Map<string, Visit>();
  for (const item of items) {
    if (String(item.sk).startsWith("ENROLMENT#")) {
      const one = Enrolment.parse(item);
      enrolments.set(one.personNo, [...(enrolments.get(one.personNo) ?? []), one]);
    } else if (item.sk === `VISIT#${benefitYear}`) {
      const one = Visit.parse(item);
      visits.set(one.personNo, one);
    }
  }
  return items
    .filter((item) => item.sk === "PROFILE")
    .map((item) => {
      const profile = Profile.parse(item);
      return {
        profile,
        enrolments: enrolments.get(profile.personNo) ?? [],
        visit: visits.get(profile.personNo) ?? null,
      };
    });
}

/** 登记走访 · keeps the last visit of a benefit year; a later one replaces it, the audit keeps them all. */
export async function recordVisit(visit: Visit, village: string): Promise<void> {
  await db.send(
    new PutCommand({
      TableName: config.mainTable(),
      Item: {
        ...key.visit(visit.personNo, visit.benefitYear),
        ...indexKey.village(village, `VISIT#${visit.benefitYear}#${visit.personNo}`),
        ...visit,
      },
      ConditionExpression: "attribute_not_exists(pk) OR #on <= :on",
      ExpressionAttributeNames: { "#on": "on" },
      ExpressionAttributeValues: { ":on": visit.on },
    }),
  );
}

async function all(pk: string, of?: string): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await db.send(
      new QueryCommand({
        TableName: config.mainTable(),
        IndexName: of,
        KeyConditionExpression: "#pk = :pk",
        ExpressionAttributeNames: { "#pk": of ? "gsi1pk" : "pk" },
        ExpressionAttributeValues: { ":pk": pk },
        ExclusiveStartKey: start,
      }),
    );
    items.push(...Items);
    start = LastEvaluatedKey;
  } while (start);
  return items;
}
