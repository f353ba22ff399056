import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { frontEnds } from "../local/build.ts";
import { serveDatabase } from "../local/database.ts";
import { setEnvironment } from "../local/environment.ts";
import { credentials } from "./bench-credential.ts";
import { settlements } from "./bench-gateway.ts";
import { settles } from "./bench-settle.ts";

const say = (line = "") => process.stdout.write(`${line}\n`);
const root = join(import.meta.dirname, "..");
const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
const percentile = (numbers: readonly number[], part: number) =>
  [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))]!;

/** How many lines a second a command's law answers, text in and text out, on one core; the median of some rounds. */
function linesPerSecond(answer: (line: string) => unknown, lines: readonly string[], rounds = 7): number {
  return median(
    Array.from({ length: rounds }, () => {
      const startedAt = performance.now();
      for (const line of lines) answer(line);
      return lines.length / ((performance.now() - startedAt) / 1000);
    }),
  );
}

async function quotes(): Promise<void> {
  const { quoteLine } = await import("../shared/contribution/lines.ts");
  const rows = JSON.parse(readFileSync(join(root, "test/vectors/quote.json"), "utf8")) as { case: object }[];
  const lines = Array.from({ length: 5_000 }, (_, i) => JSON.stringify(rows[i % rows.length]!.case));
  say(`quote, text in and text out with trace: ${linesPerSecond(quoteLine, lines).toFixed(0)} cases/s on one core`);
}

/** Runs jobs from so many clients at once; how long each took, in ms. */
async function underClients(clients: number, jobs: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const times: number[] = [];
  const queue = [...jobs];
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let job = queue.pop(); job; job = queue.pop()) {
        const startedAt = performance.now();
        await job();
        times.push(performance.now() - startedAt);
      }
    }),
  );
  return times;
}

/** A payment through the API against the database's own time for the same transaction, and what it writes. */
async function bookings(): Promise<void> {
  const database = await serveDatabase();
  setEnvironment("http://localhost", database.endpoint);
  process.env.POWERTOOLS_LOG_LEVEL = "SILENT";
  const { TransactWriteCommand } = await import("@aws-sdk/lib-dynamodb");
  const { db } = await import("../functions/db.ts");
  const { openOrder } = await import("../functions/contributions/store.ts");
  const { world, someone } = await import("../test/world/world.ts");
  const { plus } = await import("../shared/money.ts");
  const { day } = await import("../shared/day.ts");
  const { yuan } = await import("../shared/money.ts");
  const made = await world();

  const count = 640;
  const orders = await Promise.all(
    Array.from({ length: count }, (_, i) => {
      const { personNo, name, village, poolingArea } = someone();
      const amount = yuan("400");
      return openOrder(`BENCH${i}`, `bench-${i}`, {}, [
        {
          personNo,
          name,
          village,
          poolingArea,
          self: true,
          benefitYear: 2026,
          tier: 1,
          channel: "window",
          standard: amount,
          subsidised: plus(),
          payer: null,
          due: amount,
          repairYears: 0,
          repairCost: plus(),
          amount,
          coverFrom: day("2026-01-01"),
          waitingMonths: 0,
        },
      ]);
    }),
  );
  const captured: { TransactItems?: object[] }[] = [];
  db.middlewareStack.add(
    (next, context) => (args) => {
      if (context.commandName === "TransactWriteItemsCommand" || context.commandName === "TransactWriteCommand")
        captured.push(args.input as object);
      return next(args);
    },
    { step: "initialize", name: "capture", priority: "high" },
  );
  const throughApi = await underClients(
    32,
    orders.map((order) => () => made.tell(made.notice(order.orderNo, "400.00"))),
  );
  db.middlewareStack.remove("capture");

  // The same items under other keys, straight to the database.
  const replay = captured.slice(0, count).map((input, i) =>
    JSON.parse(
      JSON.stringify(input)
        .replace(/"(pk)":"/g, `"$1":"R${i}`)
        .replace(/"#state = :before"/g, '"attribute_not_exists(pk)"')
        .replace(/,":before":"[^"]*"/, ""),
    ),
  );
  let units = 0;
  const straight = await underClients(
    32,
    replay.map((input) => async () => {
      const { ConsumedCapacity = [] } = await db.send(
        new TransactWriteCommand({ ...input, ReturnConsumedCapacity: "INDEXES" }),
      );
      units += ConsumedCapacity.reduce((sum, one) => sum + (one.CapacityUnits ?? one.WriteCapacityUnits ?? 0), 0);
    }),
  );
  const [api, own] = [percentile(throughApi, 0.99), percentile(straight, 0.99)];
  say(
    `booking a payment, ${count} under 32 clients: p99 ${api.toFixed(0)} ms through the API, ${own.toFixed(0)} ms for the same transaction alone: ${(api / own).toFixed(2)}×`,
  );
  say(
    `  median ${median(throughApi).toFixed(0)} ms against ${median(straight).toFixed(0)} ms; one booking writes ${(units / count).toFixed(1)} WRU`,
  );
  database.stop();
}

async function coldStart(): Promise<void> {
  const { budget, coldStarts } = await import("../infra/measure.ts");
  const starts = await coldStarts();
  say(`cold start: module load against an empty middy handler with the same SDK (budget ${budget}×)`);
  for (const { name, kB, ms, emptyMs } of starts.sort((a, b) => b.ms / b.emptyMs - a.ms / a.emptyMs)) {
    say(
      `  ${name.padEnd(44)} ${kB.toFixed(0).padStart(5)} kB ${ms.toFixed(0).padStart(4)} ms  ${(ms / emptyMs).toFixed(2)}×`,
    );
  }
}

function sizes(): void {
  const bytes = (folder: string, of: (path: string) => number): number =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile())
      .reduce((sum, path) => sum + of(path), 0);
  for (const { what, made } of Object.values(frontEnds)) {
    const folder = join(root, made);
    if (!existsSync(folder)) {
      say(`${what}: not built`);
      continue;
    }
    const whole = bytes(folder, (path) => statSync(path).size);
    const zipped = bytes(folder, (path) => gzipSync(readFileSync(path)).length);
    say(`${what}: ${(whole / 1024).toFixed(0)} kB in all, ${(zipped / 1024).toFixed(0)} kB over the wire`);
  }
}

const parts: Record<string, () => unknown> = {
  quotes,
  settles,
  bookings,
  settlements: () => settlements(say),
  credential: () => credentials(say),
  coldStart,
  sizes,
};
const wanted = process.argv.slice(2);
for (const [name, part] of Object.entries(parts)) {
  if (wanted.length === 0 || wanted.includes(name)) await part();
}
process.exit(0);
