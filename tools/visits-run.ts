import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { shareSerials } from "../hospital/client.ts";
import { failed, timesOf } from "../hospital/play.ts";
import { serveDatabase } from "../local/database.ts";
import { endWithThisProcess } from "../local/ending.ts";
import { setEnvironment } from "../local/environment.ts";
import type { Found } from "../test/gateway/visits.ts";

/** npm run visits -- [how many] [seed]: seeded visits of the demonstration county on every core, recomputed by an independent program. */
const [many = 20_000, seed = 1] = process.argv.slice(2, 4).map(Number);
const say = (line: string) => process.stderr.write(`${line}\n`);
const startedAt = performance.now();
const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(0).padStart(5);
process.env.POWERTOOLS_LOG_LEVEL = "SILENT";

interface Part {
  readonly no: number;
  readonly of: number;
}
interface Done extends Found {
  readonly visits: number;
  readonly failed: number;
  readonly times: ReturnType<typeof timesOf>;
}

/** Plays a part of the visits with a part of the people, in the tables that the parent made; tells what was found. */
async function playPart({ no, of }: Part): Promise<void> {
  const { turn } = await import("../functions/clock.ts");
  const { differencesOf, played, runDay, treatable } = await import("../test/gateway/visits.ts");
  turn(() => runDay);
  shareSerials(no, of);
  const residents = treatable(peopleFor(many)).filter((_, i) => i % of === no);
  const report = await played(residents, { visits: Math.round(many / of), seed: seed * 1_000 + no }, (done) => {
    if (done % 50 === 0) process.send!({ done: 50 });
  });
  const found = await differencesOf(report, residents);
  process.send!({ ...found, visits: report.visits.length, failed: failed(report).length, times: timesOf(report) });
}

const peopleFor = (visits: number) => Math.max(50, Math.ceil(visits / 4));

async function playAll(): Promise<void> {
  const of = availableParallelism();
  const database = await serveDatabase();
  setEnvironment("http://localhost", database.endpoint);
  const { world } = await import("../test/world/world.ts");
  const { bookDifferences, prepared, runDay, treatable } = await import("../test/gateway/visits.ts");
  say(
    `${many} 次就诊，${peopleFor(many)} 人，${of} 个进程 · visits of ${peopleFor(many)} people in ${of} processes, seed ${seed}`,
  );
  await prepared(await world(runDay), treatable(peopleFor(many)));
  const begun = performance.now();
  let [played, told] = [0, 0];
  const parts = await Promise.all(
    Array.from({ length: of }, (_, no) => {
      const child = fork(import.meta.filename, [String(many), String(seed)], {
        env: { ...process.env, VISITS_PART: JSON.stringify({ no, of }) },
      });
      endWithThisProcess(child);
      return new Promise<Done>((resolve, reject) => {
        child.on("message", (message: Done | { done: number }) => {
          if (!("done" in message)) return resolve(message);
          played += message.done;
          if (played - told < many / 20) return;
          told = played;
          say(`${seconds()} s  ${played} / ${many}`);
        });
        child.on("exit", (code) => reject(new Error(`a part ended with ${code}`)));
      });
    }),
  );
  const took = (performance.now() - begun) / 1000;
  for (const [no, part] of parts.entries()) {
    for (const { transaction, count, p50, p99 } of no === 0 ? part.times : []) {
      say(
        `  ${transaction.padEnd(6)} ${String(count).padStart(7)}  p50 ${p50.toFixed(1)} ms  p99 ${p99.toFixed(1)} ms`,
      );
    }
  }
  const sum = (of: (part: Done) => number) => parts.reduce((all, part) => all + of(part), 0);
  const spent: Record<string, number> = {};
  for (const part of parts) {
    for (const [name, amount] of Object.entries(part.spent)) spent[name] = (spent[name] ?? 0) + amount;
  }
  const wrong = [...parts.flatMap((part) => part.wrong), ...(await bookDifferences(spent, runDay))];
  for (const line of wrong.slice(0, 20)) say(line);
  say(
    `${seconds()} s: ${sum((part) => part.visits)} visits (${(many / took).toFixed(0)}/s), ${sum((part) => part.failed)} not clean; ${sum((part) => part.claims)} claims stand, ${sum((part) => part.checked)} people recomputed, ${wrong.length} differences`,
  );
  database.stop();
  process.exit(wrong.length > 0 ? 1 : 0);
}

const part = process.env.VISITS_PART;
if (part) await playPart(JSON.parse(part)).then(() => process.exit(0));
else await playAll();
