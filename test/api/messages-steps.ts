import { DeleteCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { vi } from "vitest";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { key, partition, shards } from "../../functions/key.ts";
import { handler as send } from "../../functions/messages/send.ts";
import { messagesOf } from "../../functions/messages/store.ts";
import { handler as consume } from "../../functions/outbox/consume.ts";
import type { Resident } from "../../local/county/people.ts";
import { streamEvent } from "../../local/outbox.ts";
import { made } from "../world/opening.ts";

/** Noon in Shanghai: nothing is kept from leaving. */
export const noon = Date.parse("2026-11-23T12:00:00+08:00");
export const clock = (at: number) => vi.useFakeTimers({ toFake: ["Date"], now: at });

let numbers = 0;
export const telephoneOf = () => `1350${String(++numbers).padStart(7, "0")}`;
/** Somebody who signed in and proved who they are some time ago: what they were told of that is gone. */
export async function bound(facts: Partial<Resident> = {}) {
  const person = await made.enlist({ telephone: telephoneOf(), ...facts });
  const signedIn = await made.signIn(person);
  await made.prove(signedIn.call, person);
  await longAgo(person);
  return { person, telephone: person.telephone!, ...signedIn };
}

/** Nothing is left of what a person was told until now. */
export async function longAgo({ personNo }: Resident): Promise<void> {
  await heard();
  const TableName = config.mainTable();
  for (const { messageNo } of await messagesOf(personNo, 100))
    await db.send(new DeleteCommand({ TableName, Key: key.message(personNo, messageNo) }));
}
const named = ({ name, identityNumber }: Resident) => ({
  whom: { who: "other" as const, name, identityNumber },
  benefitYear: 2026,
});

/** What waits in the outbox, as it lies there. */
export async function waiting(): Promise<Record<string, unknown>[]> {
  const found = await Promise.all(
    Array.from({ length: shards }, (_, shard) =>
      db.send(
        new QueryCommand({
          TableName: config.mainTable(),
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": partition.outbox(shard) },
        }),
      ),
    ),
  );
  return found.flatMap(({ Items = [] }) => Items);
}
/** Everything that happened is heard of. */
export async function heard(): Promise<void> {
  for (let items = await waiting(); items.length > 0; items = await waiting())
    for (let from = 0; from < items.length; from += 25) await consume(streamEvent(items.slice(from, from + 25)));
}
/** … and everything that may leave the system has left it. */
export async function delivered(): Promise<void> {
  await heard();
  let last = await send();
  while (last.sent > 0) last = await send();
}

/** Pays for somebody; the sum is 400 unless told otherwise. */
export async function pay(payer: Awaited<ReturnType<typeof bound>>, whom: Resident, expected = "400.00") {
  const body = { requestNo: `messages-${++numbers}`, lines: [named(whom)], expected };
  const { orderNo } = await payer.call("contributions.order", { body });
  if (expected !== "0.00") await made.tell(made.notice(orderNo, expected));
  return orderNo;
}
export const textsOf = async ({ call }: Awaited<ReturnType<typeof bound>>) =>
  (await call("messages.inbox")).messages.map((one) => one.text);
