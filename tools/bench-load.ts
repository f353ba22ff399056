import { serveDatabase } from "../local/database.ts";
import { setEnvironment } from "../local/environment.ts";
import type { Request, Used } from "../test/models/capacity.ts";

/** Takes a line of what was measured. */
export type Say = (line?: string) => void;

const clients = 32;

/** The functions' tables in an embedded database of its own, which is stopped whatever happens. */
export async function withDatabase(measure: () => Promise<void>): Promise<void> {
  const database = await serveDatabase();
  try {
    setEnvironment("http://localhost", database.endpoint);
    process.env.POWERTOOLS_LOG_LEVEL = "SILENT";
    await measure();
  } finally {
    database.stop();
  }
}

/** Runs jobs from so many clients at once; how long each took, in ms, in ascending order. The first quarter compiles what the rest run. */
async function underClients(jobs: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const times: number[] = [];
  let done = 0;
  const queue = [...jobs];
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let job = queue.pop(); job; job = queue.pop()) {
        const startedAt = performance.now();
        await job();
        if (++done > jobs.length / 4) times.push(performance.now() - startedAt);
      }
    }),
  );
  return times.sort((a, b) => a - b);
}
const percentile = (times: readonly number[], part: number) =>
  times[Math.min(times.length - 1, Math.floor(times.length * part))]!;

/** Calls of the API under many clients, against the requests that they made, sent to the database alone. */
export async function againstDatabase(
  what: string,
  calls: readonly (() => Promise<unknown>)[],
  say: Say,
): Promise<void> {
  const { db } = await import("../functions/db.ts");
  const { costOf, countCapacity } = await import("../test/models/capacity.ts");
  const capacity = countCapacity(db);
  const used: Used[] = [];
  const throughApi = await underClients(
    calls.map((call) => async () => {
      used.push((await capacity.counted(call)).used);
    }),
  );
  const alone = await underClients(used.map((one, i) => () => replayed(one.requests, `R${what}${i}`)));
  capacity.stop();
  const sum = (of: (one: Used) => number) => used.reduce((all, one) => all + of(one), 0) / used.length;
  const [wru, rru] = [sum((one) => one.wru), sum((one) => one.rru)];
  const [api, own] = [percentile(throughApi, 0.99), percentile(alone, 0.99)];
  say(
    `${what}, ${throughApi.length} under ${clients} clients: p99 ${api.toFixed(0)} ms through the API, ${own.toFixed(0)} ms for the same requests to the database alone: ${(api / own).toFixed(2)}×`,
  );
  say(
    `  median ${percentile(throughApi, 0.5).toFixed(0)} ms against ${percentile(alone, 0.5).toFixed(0)} ms; ${wru.toFixed(1)} WRU, ${rru.toFixed(1)} RRU, ¥${costOf({ wru, rru, calls: 1 }).toFixed(6)} at list prices`,
  );
}

/** Sends requests again under other keys, each after those that were answered before it was asked. */
async function replayed(requests: readonly Request[], mark: string): Promise<void> {
  const { db } = await import("../functions/db.ts");
  const commands = (await import("@aws-sdk/lib-dynamodb")) as unknown as Record<string, new (input: object) => never>;
  const answered: Promise<unknown>[] = [];
  for (const { command, input, from } of requests) {
    const before = answered.filter((_, i) => requests[i]!.until <= from);
    const again = commands[command.replace(/Items?Command$/, "Command")]!;
    const ask = () => db.send(new again(elsewhere(input, mark) as object));
    answered.push(Promise.all(before).then(ask));
  }
  await Promise.all(answered);
}

/** The same request for keys that nobody has; a condition is still looked at, and holds. */
function elsewhere(value: unknown, mark: string): unknown {
  if (Array.isArray(value)) return value.map((one) => elsewhere(one, mark));
  if (value === null || typeof value !== "object" || value instanceof Uint8Array || value instanceof Set) return value;
  const other = Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, name === "pk" ? `${mark}${one}` : elsewhere(one, mark)]),
  );
  return "ConditionExpression" in other ? holding(other) : other;
}

function holding(request: Record<string, unknown>): Record<string, unknown> {
  const other: Record<string, unknown> = {
    ...request,
    ConditionExpression: "attribute_exists(pk) OR attribute_not_exists(pk)",
  };
  const expressions = Object.entries(other).flatMap(([name, one]) => (name.endsWith("Expression") ? [one] : []));
  const words = new Set(expressions.join(" ").match(/[#:][A-Za-z0-9_]+/g));
  for (const name of ["ExpressionAttributeNames", "ExpressionAttributeValues"]) {
    const kept = Object.entries((other[name] as object | undefined) ?? {}).filter(([word]) => words.has(word));
    if (kept.length > 0) other[name] = Object.fromEntries(kept);
    else delete other[name];
  }
  return other;
}
