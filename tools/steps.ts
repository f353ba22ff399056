import { spawn } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** One program of a run, under its name. */
export interface Step {
  readonly name: string;
  readonly args: readonly string[];
}

const bin = (path: string) => join("node_modules", path);
export const lint: Step = {
  name: "格式与规范 lint",
  args: [bin("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "."],
};
export const types: Step = { name: "类型 types", args: [bin("typescript/bin/tsc"), "-p", "."] };
export const vitest = (name: string, ...args: string[]): Step => ({
  name,
  args: [bin("vitest/vitest.mjs"), "run", ...args],
});

/** Runs a step to its end, says how long it took, shows what it said where it failed; true where it passed. */
export function step({ name, args }: Step): Promise<boolean> {
  const startedAt = Date.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, FORCE_COLOR: "1" },
    });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => said.push(chunk));
    child.on("close", (code) => {
      const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
      process.stdout.write(`${code === 0 ? "✓" : "✗"} ${name}  ${seconds} s\n`);
      if (code !== 0) process.stdout.write(`${Buffer.concat(said).toString("utf8")}\n`);
      resolve(code === 0);
    });
  });
}

/** Runs lanes side by side, each lane's steps in order; every step is run, so that one run shows every fault. */
export async function lanes(...some: (readonly Step[])[]): Promise<boolean> {
  const passed = await Promise.all(
    some.map(async (lane) => {
      const results: boolean[] = [];
      for (const one of lane) results.push(await step(one));
      return results.every(Boolean);
    }),
  );
  return passed.every(Boolean);
}
