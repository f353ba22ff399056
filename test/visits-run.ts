import { timesOf } from "../hospital/play.ts";
import { serveDatabase } from "../local/database.ts";
import { setEnvironment } from "../local/environment.ts";

/** npm run visits -- [how many] [seed]: seeded visits of the demonstration county, recomputed by an independent program. */
const [many = 20_000, seed = 1] = process.argv.slice(2).map(Number);
const say = (line: string) => process.stderr.write(`${line}\n`);
const startedAt = performance.now();
const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(0);

const database = await serveDatabase();
setEnvironment("http://localhost", database.endpoint);
process.env.POWERTOOLS_LOG_LEVEL = "SILENT";
const { world } = await import("./world.ts");
const { differencesOf, played, runDay } = await import("./visits.ts");
const people = Math.max(50, Math.ceil(many / 4));
say(`${many} 次就诊，${people} 人 · visits of ${people} people, seed ${seed}`);
const { report, residents } = await played(await world(runDay), { visits: many, people, seed }, (done, of) => {
  if (done % Math.max(1, Math.floor(of / 20)) === 0) say(`${seconds().padStart(5)} s  ${done} / ${of}`);
});
for (const { transaction, count, p50, p99 } of timesOf(report)) {
  say(`  ${transaction.padEnd(6)} ${String(count).padStart(7)}  p50 ${p50.toFixed(1)} ms  p99 ${p99.toFixed(1)} ms`);
}
say(`${report.seconds.toFixed(0)} s，${(many / report.seconds).toFixed(0)} visits/s; recomputing …`);
const { checked, claims, wrong } = await differencesOf(report, residents, runDay);
for (const line of wrong.slice(0, 20)) say(line);
say(
  `${seconds()} s: ${report.visits.length} visits, ${claims} claims stand, ${checked} people recomputed, ${wrong.length} differences`,
);
database.stop();
process.exit(wrong.length > 0 ? 1 : 0);
