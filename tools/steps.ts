import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Report, reportFile } from "./report.ts";

const root = join(import.meta.dirname, "..");

/** One program of a run, under its name. */
interface Step {
  readonly name: string;
  readonly args: readonly string[];
  /** It says at once what it has to say; otherwise it is heard where it fails. */
  readonly speaks?: boolean;
  /** What stands in its environment beside ours. */
  readonly env?: Readonly<Record<string, string>>;
  /** It runs tests, and reports them one by one; otherwise the step itself is what passes or fails. */
  readonly tests?: boolean;
}

const bin = (path: string) => join("node_modules", path);
export const lint: Step = {
  name: "格式与规范 lint",
  args: [bin("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "."],
};
export const types: Step = { name: "类型 types", args: [bin("typescript-native/bin/tsc"), "-p", "."] };
export const vitest = (name: string, ...args: string[]): Step => ({
  name,
  args: [
    bin("vitest/vitest.mjs"),
    "run",
    "--reporter=dot",
    "--silent=passed-only",
    `--reporter=${join(root, "tools/report.ts")}`,
    ...args,
  ],
  tests: true,
});
export const script = (name: string, path: string, ...args: string[]): Step => ({
  name,
  args: ["--import", "tsx", path, ...args],
});

/** Runs a step to its end, says how long it took, shows what it said where it failed. Nothing that it started is left running. */
async function step({ name, args, env = {}, speaks = false, tests = false }: Step): Promise<Report> {
  const startedAt = Date.now();
  const folder = mkdtempSync(join(tmpdir(), "resident-insurance-step-"));
  const file = join(folder, "report.json");
  try {
    const { code, said } = await run(args, speaks, { ...process.env, ...env, [reportFile]: file });
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
    process.stdout.write(`${code === 0 ? "✓" : "✗"} ${name}  ${seconds} s\n`);
    if (code !== 0 && !speaks) process.stdout.write(`${said}\n`);
    const alone: Report = { passed: Number(code === 0), failed: Number(code !== 0), files: [], notRun: [] };
    if (!tests || !existsSync(file)) return alone;
    const report = JSON.parse(readFileSync(file, "utf8")) as Report;
    // What fails beside the tests, a fault that nobody caught for instance, fails the run too.
    return { ...report, failed: Math.max(report.failed, alone.failed) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Programs that run now, each with a process group of its own, so that what it starts can be stopped with it. */
const running = new Set<ChildProcess>();
const hasGroups = process.platform !== "win32";

function run(
  args: readonly string[],
  speaks: boolean,
  env: NodeJS.ProcessEnv,
): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: speaks ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
      env: { ...env, ...(process.stdout.isTTY && { FORCE_COLOR: "1" }) },
      detached: hasGroups,
    });
    running.add(child);
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => said.push(chunk));
    child.on("exit", () => stop(child, "SIGKILL"));
    child.on("close", (code) => {
      running.delete(child);
      resolve({ code, said: Buffer.concat(said).toString("utf8") });
    });
  });
}

/** Stops a program with everything that it started and that is still there. */
function stop(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (hasGroups) process.kill(-child.pid!, signal);
    else child.kill(signal);
  } catch {
    // Nobody is left.
  }
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => {
    for (const child of running) stop(child, signal);
    // A while to put away what they made; then they end with this process.
    const wait = setInterval(() => running.size === 0 && process.exit(1), 50);
    setTimeout(() => process.exit(1), 3_000).unref();
    wait.ref();
  });
}
process.on("exit", () => {
  for (const child of running) stop(child, "SIGKILL");
});

/** Runs lanes side by side, each lane's steps in order; every step is run, so that one run shows every fault. */
export async function lanes(...some: (readonly Step[])[]): Promise<Report[]> {
  const reports = await Promise.all(
    some.map(async (lane) => {
      const own: Report[] = [];
      for (const one of lane) own.push(await step(one));
      return own;
    }),
  );
  return reports.flat();
}

/** Ends a run: the slowest files, what was not run, and as the last line how many passed and failed; one failure fails the run. */
export function finish(reports: readonly Report[]): void {
  const slowest = reports.flatMap(({ files }) => files).sort((a, b) => b.ms - a.ms);
  for (const { file, ms } of slowest.slice(0, 10)) {
    process.stdout.write(`${(ms / 1000).toFixed(1).padStart(7)} s  ${file}\n`);
  }
  for (const one of reports.flatMap(({ notRun }) => notRun)) process.stdout.write(`没有运行 not run: ${one}\n`);
  const sum = (of: (one: Report) => number) => reports.reduce((all, one) => all + of(one), 0);
  const failed = sum((one) => one.failed);
  process.stdout.write(`${sum((one) => one.passed)} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}
