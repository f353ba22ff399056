import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { beforeAll, expect, inject, test } from "vitest";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { createTables } from "../../local/database.ts";
import type { Item } from "../world/expressions.ts";
import { itemsOfBase, simulate } from "./simulation.ts";
import { bundled, played, playedTogether } from "./simulation-bundle.ts";

let bundle: string;
beforeAll(async () => {
  bundle = await bundled(null);
});
const digestOf = (said: string) => /^digest (\w{64})$/m.exec(said)?.[1];

test("500 seeded histories of payments: every fen is where it must be", async () => {
  for (const { passed, said } of await playedTogether(bundle, 500, 1)) expect(passed, said).toBe(true);
});

test("the same seeds again are the same histories, to the last item", async () => {
  const [one, two] = await Promise.all([played(bundle, 20, 151), played(bundle, 20, 151)]);
  expect(digestOf(one.said)).toBeDefined();
  expect(digestOf(two.said)).toBe(digestOf(one.said));
});

const commands = { GetCommand, QueryCommand, PutCommand, UpdateCommand, DeleteCommand, TransactWriteCommand };
const tables = { main: config.mainTable(), ledger: config.ledgerTable(), audit: config.auditTable() };

/** What a call came to: what was found, or which condition failed. */
function outcome(said: object): unknown {
  const { name, CancellationReasons } = said as Error & { CancellationReasons?: { Code?: string }[] };
  if (said instanceof Error) return [name, CancellationReasons?.map(({ Code }) => Code)];
  const { Item, Items } = said as { Item?: Item; Items?: Item[] };
  return { Item, Items };
}

test("the tables in memory answer every call of a history as the embedded database does", async () => {
  await createTables(inject("databaseEndpoint"), tables);
  let calls = 0;
  for (const seed of [3, 263]) {
    const heard: [keyof typeof commands, object, unknown][] = [];
    const base = await itemsOfBase();
    await simulate(seed, (command, input, said) => {
      heard.push([command as keyof typeof commands, structuredClone(input), structuredClone(outcome(said))]);
    });
    for (const name of Object.values(tables)) await emptied(name);
    for (const Item of base) await db.send(new PutCommand({ TableName: tables.main, Item }));
    for (const [command, input, said] of heard) {
      const answer: object = await db
        .send(new commands[command](input as never) as never)
        .catch((error: Error) => error);
      expect([command, outcome(answer)]).toEqual([command, said]);
      calls += 1;
    }
  }
  expect(calls).toBeGreaterThan(500);
});

async function emptied(TableName: string): Promise<void> {
  const { Items = [] } = await db.send(new ScanCommand({ TableName }));
  for (const { pk, sk } of Items) await db.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
}
