// Runs one command of package.json: installs what it needs and is missing, then starts it. Uses nothing but Node and npm.
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { core, everything, install, installDatabase, stop } from "./install.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
process.chdir(root);

/** What each command needs installed, and the script that is the command. */
const commands = {
  start: { needs: [...core, "console"], script: "local/start.ts" },
  test: { needs: everything, script: "tools/test.ts" },
  check: { needs: everything, script: "tools/check.ts" },
  prove: { needs: everything, script: "tools/prove.ts" },
  bench: { needs: everything, script: "tools/bench.ts" },
  mutants: { needs: everything, script: "tools/mutation.ts" },
  simulate: { needs: everything, script: "tools/simulate.ts" },
  visits: { needs: everything, script: "tools/visits-run.ts" },
  states: { needs: core, script: "tools/states.ts" },
  fields: { needs: core, script: "tools/wire-fields.ts" },
  hospital: { needs: core, script: "local/hospital/run.ts" },
  conformance: { needs: core, script: "local/hospital/conformance.ts" },
  errors: { needs: core, script: "hospital/errors.ts" },
  unmask: { needs: core, script: "tools/unmask.ts" },
  synth: { needs: [...core, "infra"], script: "infra/synth.ts" },
  quote: { needs: core, script: "commands/quote.ts" },
  settle: { needs: core, script: "commands/settle.ts" },
  explain: { needs: core, script: "commands/explain.ts" },
  "verify-code": { needs: core, script: "commands/verify-code.ts" },
  policy: { needs: core, script: "commands/policy.ts" },
};

const [name, ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) stop(`没有这个命令：${name} · No such command: ${name}`);

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  stop(
    `需要 Node 20.19 以上，现在是 ${process.versions.node} · Node ≥ 20.19 is needed, this is ${process.versions.node}`,
  );
}

await install(command.needs);
await installDatabase();
const child = spawn(process.execPath, ["--import", "tsx", command.script, ...args], {
  stdio: "inherit",
  env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
