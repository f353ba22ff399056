import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { testsOf } from "../../tools/changed.ts";

const root = join(import.meta.dirname, "../..");
const folders: string[] = [];
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), "resident-insurance-steps-"));
  folders.push(made);
  return made;
};
afterEach(() => {
  for (const one of folders.splice(0)) rmSync(one, { recursive: true, force: true });
});

/** A script with the runner's own parts at hand. */
function script(source: string, env = process.env): ChildProcess {
  const path = join(folder(), "script.mjs");
  const parts = `import { finish, lanes, vitest } from ${JSON.stringify(join(root, "tools/steps.ts"))};
    import { serveDatabase } from ${JSON.stringify(join(root, "local/database.ts"))};
    import { writeFileSync } from "node:fs";
    const inline = (name, source) => ({ name, args: ["--input-type=module", "-e", source] });`;
  writeFileSync(path, `${parts}\n${source}`);
  return spawn(process.execPath, ["--import", "tsx", path], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
}

/** What a process said, and its status, once it has ended. */
function ended(child: ChildProcess): Promise<{ said: string; lines: string[]; status: number | null }> {
  let said = "";
  for (const stream of [child.stdout!, child.stderr!]) stream.on("data", (chunk) => (said += chunk));
  return new Promise((resolve) =>
    child.on("close", (status) => resolve({ said, lines: said.trimEnd().split("\n"), status })),
  );
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50));
}
const answers = (endpoint: string) =>
  fetch(endpoint).then(
    () => true,
    () => false,
  );
const lives = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe("a run of steps", () => {
  test("one step that fails fails the run, is heard, and does not keep the others from running", async () => {
    const { said, lines, status } = await ended(
      script(`finish(await lanes(
        [inline("first", "console.log('what the first says'); process.exitCode = 3"), inline("second", "console.log('what the second says')")],
        [inline("third", "")]));`),
    );
    expect(status).toBe(1);
    expect(lines.at(-1)).toBe("2 passed, 1 failed");
    expect(said).toContain("✗ first");
    expect(said).toContain("what the first says");
    expect(said).toContain("✓ second");
    expect(said).not.toContain("what the second says");
  });

  test("steps that all pass pass the run", async () => {
    const { lines, status } = await ended(script(`finish(await lanes([inline("one", "")], [inline("two", "")]));`));
    expect(lines.at(-1)).toBe("2 passed, 0 failed");
    expect(status).toBe(0);
  });

  test("tests are counted one by one; what was not run is told with its reason, the slowest files with their times", async () => {
    const here = folder();
    const tests = {
      "good.test.js": `test("a", () => {}); test("b", () => {}); test("c", ({ skip }) => skip("no such program here"));`,
      "bad.test.js": `test("d", () => { throw new Error("why d fails"); });`,
      "unreadable.test.js": `throw new Error("cannot be loaded");`,
    };
    for (const [name, source] of Object.entries(tests)) writeFileSync(join(here, name), source);
    const config = join(here, "config.mjs");
    writeFileSync(
      config,
      `export default { root: ${JSON.stringify(here)}, test: { globals: true, include: ["*.test.js"] } };`,
    );
    const { said, lines, status } = await ended(
      script(`finish(await lanes([vitest("tests", "--config", ${JSON.stringify(config)})]));`),
    );
    expect(lines.at(-1)).toBe("2 passed, 2 failed");
    expect(status).toBe(1);
    expect(said).toContain("why d fails");
    expect(said).toMatch(/not run: .*good\.test\.js: c: no such program here/);
    expect(lines.filter((line) => /^ +\d+\.\d s {2}.*\.test\.js$/.test(line))).toHaveLength(3);
  });

  test("the independent oracle's tests are not run where python3 is absent, and say so; where CI is true they fail", async () => {
    const oracle = `finish(await lanes([vitest("oracle", "--config", "tools/pure.config.ts", "test/law/oracle.test.ts")]));`;
    const without = { ...process.env, PATH: folder() };
    const here = await ended(script(oracle, { ...without, CI: "" }));
    expect(here.said.match(/not run: .*: python3 is absent/g)).toHaveLength(2);
    expect(here.lines.at(-1)).toBe("0 passed, 0 failed");
    expect(here.status).toBe(0);
    const inCi = await ended(script(oracle, { ...without, CI: "true" }));
    expect(inCi.said).toContain("python3 is absent");
    expect(inCi.lines.at(-1)).toBe("0 passed, 2 failed");
    expect(inCi.status).toBe(1);
  });

  test("what a step leaves running is stopped when the step ends", async () => {
    const file = join(folder(), "pid");
    const left = `const { spawn } = await import("node:child_process");
      const child = spawn("sleep", ["300"], { stdio: "ignore" });
      child.unref();
      (await import("node:fs")).writeFileSync(${JSON.stringify(file)}, String(child.pid));
      process.exit(1);`;
    const { status } = await ended(script(`finish(await lanes([inline("leaves", ${JSON.stringify(left)})]));`));
    expect(status).toBe(1);
    const pid = Number(readFileSync(file, "utf8"));
    await until(() => !lives(pid));
  });

  test.each(["SIGINT", "SIGTERM"] as const)("%s stops the steps with what they started", async (signal) => {
    const file = join(folder(), "endpoint");
    const serving = `const { serveDatabase } = await import(${JSON.stringify(join(root, "local/database.ts"))});
      (await import("node:fs")).writeFileSync(${JSON.stringify(file)}, (await serveDatabase()).endpoint);`;
    const runner = script(
      `finish(await lanes([{ name: "serves", args: ["--import", "tsx", "--input-type=module", "-e", ${JSON.stringify(serving)}] }]));`,
    );
    const end = ended(runner);
    await until(() => existsSync(file) && readFileSync(file, "utf8") !== "");
    const endpoint = readFileSync(file, "utf8");
    expect(await answers(endpoint)).toBe(true);
    runner.kill(signal);
    expect((await end).status).toBe(1);
    await until(async () => !(await answers(endpoint)));
  });
});

describe("an embedded database ends with whoever started it", () => {
  const serving = (file: string, then: string) =>
    script(`const { endpoint } = await serveDatabase();
      writeFileSync(${JSON.stringify(file)}, endpoint);
      ${then}`);
  test("where that fails", async () => {
    const file = join(folder(), "endpoint");
    const { status } = await ended(serving(file, `throw new Error("a fault");`));
    expect(status).toBe(1);
    await until(async () => !(await answers(readFileSync(file, "utf8"))));
  });
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("where that is sent %s", async (signal) => {
    const file = join(folder(), "endpoint");
    const child = spawn(
      process.execPath,
      [
        "--import",
        "tsx",
        "--input-type=module",
        "-e",
        `const { serveDatabase } = await import(${JSON.stringify(join(root, "local/database.ts"))});
         (await import("node:fs")).writeFileSync(${JSON.stringify(file)}, (await serveDatabase()).endpoint);`,
      ],
      { cwd: root, stdio: ["ignore", "pipe", "pipe"] },
    );
    const end = ended(child);
    await until(() => existsSync(file) && readFileSync(file, "utf8") !== "");
    const endpoint = readFileSync(file, "utf8");
    expect(await answers(endpoint)).toBe(true);
    child.kill(signal);
    await end;
    expect(child.signalCode).toBe(signal);
    await until(async () => !(await answers(endpoint)));
  });
});

describe("the tests of what was changed", () => {
  test("are those that import it, however far away", () => {
    expect(testsOf(["shared/settlement/claim.ts"])).toContain("test/law/settlement.test.ts");
    expect(testsOf(["test/world/world.ts"])).toContain("test/money/payments.test.ts");
    expect(testsOf(["test/world/world.ts"])).not.toContain("test/law/settlement.test.ts");
  });
  test("those that call the route", () => {
    const tests = testsOf(["functions/refunds/withdraw.ts"]);
    expect(tests).toContain("test/money/refunds.test.ts");
    expect(tests).not.toContain("test/api/newborn.test.ts");
  });
  test("those that start the program, or read the file", () => {
    expect(testsOf(["commands/settle.ts"])).toContain("test/law/settle-command.test.ts");
    expect(testsOf(["test/vectors/answers.json"])).toContain("test/law/answers.test.ts");
  });
  test("and the test itself, and none where nothing was changed", () => {
    // This file names it, too.
    expect(testsOf(["test/law/owed.test.ts"])).toEqual(["test/law/owed.test.ts", "test/system/steps.test.ts"]);
    expect(testsOf([])).toEqual([]);
  });
});
