import { createHash } from "node:crypto";
import * as z from "zod";
import type { Day } from "../../shared/day.ts";
import { CalendarDay } from "../../shared/edge.ts";
import { type Fact, isSent, subjectOf } from "../../shared/messages.ts";
import type { Happening } from "../../shared/outbox.ts";
import { now } from "../clock.ts";
import { indexKey } from "../index-key.ts";
import { beginning, expired, key, partition, shards } from "../key.ts";
import { firstUnder, itemAt } from "../read.ts";
import { exists, has, having, isNew, toPut, toRemove, toUpdate, write } from "../write.ts";

/** 消息 · one thing that one person is told of; while it has to leave the system it lies in the list of what is due. */
export const Message = z.object({
  messageNo: z.string(),
  personNo: z.string(),
  on: CalendarDay,
  /** Wall-clock milliseconds. */
  at: z.int(),
  fact: z.custom<Fact>(),
  /** The accounts that have opened it. */
  readBy: z.set(z.string()).optional(),
  /** When it may be sent, or be tried again; absent where nothing is left to be sent. */
  due: z.int().optional(),
  tries: z.int().optional(),
  /** 原来的联系方式 · the telephone on record before, sealed; null where there was none. Absent where it goes the usual way. */
  oldWay: z.string().nullable().optional(),
  expiresAt: z.int(),
});
export type Message = z.output<typeof Message>;

/** How long a message is kept: a year and a month, so that last year's payment is still there when this year's is due. */
const keptSeconds = 395 * 24 * 3600;

/** The number of a message: its day, and what it is about; the same thing told twice on one day is one message. */
const messageNoOf = (personNo: string, fact: Fact, on: Day): string =>
  on.replaceAll("-", "") +
  createHash("sha256")
    .update([personNo, fact.about, subjectOf(fact)].join("#"))
    .digest("hex")
    .slice(0, 24)
    .toUpperCase();

/**
 * 告知 · puts a message into a person's inbox, once, and has it sent where it is one that leaves the system.
 * A newborn who was merged meanwhile reads it under the number that stays.
 */
export async function tell(personNo: string, fact: Fact, on: Day, oldWay?: string | null): Promise<void> {
  const standingNo = await standing(personNo);
  const messageNo = messageNoOf(personNo, fact, on);
  const at = now();
  const leaves = isSent(fact) || oldWay !== undefined;
  const message: Message = {
    messageNo,
    personNo: standingNo,
    on,
    at,
    fact,
    ...(leaves && { due: at, tries: 0 }),
    ...(oldWay !== undefined && { oldWay }),
    expiresAt: Math.floor(at / 1000) + keptSeconds,
  };
  const place = leaves ? indexKey.sending(messageNo, at) : {};
  await write(toPut({ ...key.message(standingNo, messageNo), ...place, ...message }, isNew));
}

/** The number under which a person is now. */
async function standing(personNo: string): Promise<string> {
  const profile = await itemAt(key.person(personNo), z.object({ mergedInto: z.string().optional() }), {
    consistent: false,
  });
  return profile?.mergedInto ? standing(profile.mergedInto) : personNo;
}

/** 预告 · cover of a person that starts on a later day, to be told of then; looked at again before it is. */
const Notice = z.object({ personNo: z.string(), benefitYear: z.int(), orderNo: z.string(), from: CalendarDay });
export type Notice = z.output<typeof Notice>;

/** What the outbox says that people are to be told of; each of it may come any number of times. */
export async function tellAll(happenings: readonly Happening[]): Promise<void> {
  for (const happening of happenings) {
    if (happening.kind !== "told") continue;
    const { personNo, fact, on, oldWay } = happening;
    await tell(personNo, fact, on, oldWay);
    if (fact.about !== "enrolled" || fact.coverFrom <= on) continue;
    const { benefitYear, orderNo, coverFrom: from } = fact;
    const notice: Notice = { personNo, benefitYear, orderNo, from };
    // Enrolled anew after a refund: the later notice is the one that counts.
    await write(toPut({ ...key.notice(personNo, benefitYear), ...indexKey.notice(personNo, from), ...notice }));
  }
}

/** Notices whose day has come, at most so many. */
export const noticesUntil = (on: Day, most: number): Promise<Notice[]> => listed(partition.notices, on, Notice, most);

/** A notice that was told of, or is no longer true. */
export async function forget({ personNo, benefitYear, orderNo }: Notice): Promise<void> {
  await write(toRemove(key.notice(personNo, benefitYear), having({ orderNo })));
}

/** Messages that may leave the system by now, the longest due first. */
export async function dueUntil(at: number, most: number): Promise<Message[]> {
  const messages = await listed(partition.sending, indexKey.sending("", at).gsi1sk, Message, most);
  return messages.sort((a, b) => (a.due ?? 0) - (b.due ?? 0)).slice(0, most);
}

async function listed<S extends z.ZodType>(
  of: (shard: number) => string,
  until: string,
  Schema: S,
  most: number,
): Promise<z.output<S>[]> {
  const found = await Promise.all(
    Array.from({ length: shards }, (_, shard) =>
      firstUnder({ of: "index", partition: of(shard), until }, Schema, most),
    ),
  );
  return found.flatMap(({ items }) => items);
}

/** Takes a message to send it, until a time; false where somebody else has it, or it is sent. */
export const takeUntil = ({ personNo, messageNo, due = 0, tries = 0 }: Message, until: number): Promise<boolean> => {
  const { gsi1sk } = indexKey.sending(messageNo, until);
  const taken = { set: { due: until, gsi1sk, tries: tries + 1 } };
  return write(toUpdate(key.message(personNo, messageNo), taken, having({ due, tries })));
};

/** Nothing of a message is left to be sent. */
export const sent = ({ personNo, messageNo }: Message): Promise<boolean> =>
  write(toUpdate(key.message(personNo, messageNo), { remove: ["due", "tries", "gsi1pk", "gsi1sk"] }, has("due")));

/** An account has opened a message of one of these people; false where none of them has it. */
export async function markRead(people: readonly string[], messageNo: string, accountNo: string): Promise<boolean> {
  const read = { add: { readBy: new Set([accountNo]) } };
  for (const personNo of people) if (await write(toUpdate(key.message(personNo, messageNo), read, exists))) return true;
  return false;
}

/** A person's messages, the newest first, at most so many. */
export async function messagesOf(personNo: string, most: number): Promise<Message[]> {
  const newest = { partition: partition.person(personNo), beginning: beginning.message, newestFirst: true };
  const { items } = await firstUnder(newest, Message, most);
  return items.filter((item) => !expired(item, now()));
}
