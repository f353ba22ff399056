import { parts } from "./bench-parts.ts";
import { finish, lanes, script } from "./steps.ts";

/** npm run bench -- [--small] [parts]: each part alone in a process, so that none warms up or disturbs another. */
const small = process.argv.includes("--small");
const wanted = process.argv.slice(2).filter((one) => one !== "--small");
const unknown = wanted.filter((one) => !parts[one]);
const [alone] = wanted;
if (unknown.length > 0) {
  process.stderr.write(`没有 ${unknown.join("、")} 这部分 · no such part: ${unknown.join(", ")}\n`);
  process.exitCode = 1;
} else if (alone && wanted.length === 1) {
  await parts[alone]!((line = "") => process.stdout.write(`${line}\n`), small);
  process.exit(0);
} else {
  const names = wanted.length > 0 ? wanted : Object.keys(parts);
  const size = small ? ["--small"] : [];
  finish(await lanes(names.map((name) => ({ ...script(name, "tools/bench.ts", name, ...size), speaks: true }))));
}
