import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Plays so many histories of payments in this process, each by its number, from a first one on. Stops at the first that
 * leaves a fen where it must not be, and tells it whole; one seed alone is always told. The digest at the end is of all that happened and all that was written.
 */
const [many = 1_000, first = 1] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), "resident-insurance-simulation-"));
Object.assign(process.env, {
  DATA_FOLDER: folder,
  MAIN_TABLE: "simulated-main",
  LEDGER_TABLE: "simulated-ledger",
  AUDIT_TABLE: "simulated-audit",
  POWERTOOLS_LOG_LEVEL: "SILENT",
});
const { setEnvironment } = await import("../../local/environment.ts");
setEnvironment("http://localhost", "http://127.0.0.1:9");
const { simulate, toldOf } = await import("./simulation.ts");

/** A value as text, the same for the same value: names in order, sets as lists. */
const plain = (value: unknown): unknown => {
  if (value instanceof Set) return [...value].sort();
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, plain(one)]),
  );
};
const digest = createHash("sha256");

const began = performance.now();
const reached = new Set<string>();
let played = 0;
for (let seed = first; seed < first + many; seed++) {
  const one = await simulate(seed);
  played += 1;
  // The wrapped data key alone is new in each process.
  const items = one.items.filter(({ pk }) => pk !== "DATA-KEY");
  digest.update([...one.log, ...items.map((item) => JSON.stringify(plain(item))).sort()].join("\n"));
  for (const step of one.reached) reached.add(step);
  if (one.faults.length > 0 || many === 1) process.stdout.write(`${toldOf(one)}\n`);
  if (one.faults.length > 0) {
    process.exitCode = 1;
    break;
  }
}
const took = (performance.now() - began) / 1_000;
process.stdout.write(
  `${played} seeds from ${first}, ${took.toFixed(1)} s, ${((took * 1_000) / played).toFixed(1)} ms each, ${reached.size} transitions reached\ndigest ${digest.digest("hex")}\n`,
);
rmSync(folder, { recursive: true });
process.exit();
