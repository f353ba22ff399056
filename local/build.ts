import { spawn } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const root = join(import.meta.dirname, "..");

export interface FrontEnd {
  readonly what: string;
  readonly folder: "console" | "miniapp";
  readonly made: string;
  readonly tool: string;
  readonly args: readonly string[];
}

export type FrontEndName = keyof typeof frontEnds;

export const frontEnds = {
  console: {
    what: "经办端 · console",
    folder: "console",
    made: "console/dist",
    tool: "node_modules/vite/bin/vite.js",
    args: ["build"],
  },
  h5: {
    what: "居民端 · mini-program (H5)",
    folder: "miniapp",
    made: "miniapp/dist/h5",
    tool: "node_modules/@tarojs/cli/bin/taro",
    args: ["build", "--type", "h5"],
  },
  weapp: {
    what: "微信小程序 · mini-program (WeChat)",
    folder: "miniapp",
    made: "miniapp/dist/weapp",
    tool: "node_modules/@tarojs/cli/bin/taro",
    args: ["build", "--type", "weapp"],
  },
} as const satisfies Record<string, FrontEnd>;

/** Is what was built newer than everything that it is made of? */
export function isBuilt({ folder, made }: FrontEnd): boolean {
  const target = join(root, made);
  if (!existsSync(target) || readdirSync(target).length === 0) return false;
  const sources = [folder, "shared", "package-lock.json"].map((one) => newest(join(root, one)));
  return newest(target, Math.min) > Math.max(...sources);
}

/** The modification time of the newest (or, by `of`, the oldest) file below a path, built and installed things left out. */
function newest(path: string, of: (...times: number[]) => number = Math.max): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  const inside = readdirSync(path).filter((one) => !["node_modules", "dist", ".swc"].includes(one));
  return inside.length === 0 ? stat.mtimeMs : of(...inside.map((one) => newest(join(path, one), of)));
}

/** Builds a front end for production; what the tool said is told only where it fails. */
export async function build({ folder, tool, args }: FrontEnd): Promise<void> {
  await run(process.execPath, [join(root, tool), ...args], { cwd: join(root, folder) });
}

/** Runs a program to its end; where it fails, the last it said is the error. */
export function run(
  command: string,
  args: readonly string[],
  { cwd = root, onLine = () => {} }: { cwd?: string; onLine?: (line: string) => void } = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    const child = spawn(command, args, {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NODE_ENV: "production" },
    });
    createInterface(child.stdout).on("line", onLine);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        said = `${said}${chunk}`.slice(-4_000);
      });
    }
    child.on("error", reject);
    child.on("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(said.trim() || `${command} ended with ${code}`)),
    );
  });
}
