import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { endWithThisProcess } from "../../local/ending.ts";

const root = join(import.meta.dirname, "../..");

/** One place of the system that is made wrong on purpose. */
interface Bug {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** The source of a file of ours as a bug leaves it; throws where the place does not stand in it exactly once. */
function broken(path: string, bug: Bug | null): string {
  const source = readFileSync(path, "utf8");
  if (!bug || path !== join(root, bug.file)) return source;
  if (source.split(bug.from).length !== 2) throw new Error(`${bug.from} does not stand once in ${bug.file}`);
  return source.replace(bug.from, () => bug.to);
}

/** The simulation as one module, with a bug in it or none: the files themselves stay as they are. Gives where it lies. */
export async function bundled(bug: Bug | null, as = "simulation"): Promise<string> {
  // Beside the functions, whose own versions of packages it then finds.
  const outfile = join(root, "functions", ".cache", `${as}.mjs`);
  await build({
    entryPoints: [join(root, "test/models/simulation-run.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    logLevel: "error",
    plugins: [
      {
        name: "bug",
        setup: ({ onLoad }) =>
          // Handlers are imported by a pattern, which finds declarations of packages too.
          onLoad({ filter: /\.ts$/ }, ({ path }) => ({
            contents: path.includes("/node_modules/") ? "" : broken(path, bug),
            loader: "ts",
          })),
      },
    ],
  });
  return outfile;
}

/** What a run of seeds came to. */
interface Run {
  readonly passed: boolean;
  readonly said: string;
}

/** Plays seeds of a bundle in a process of their own. */
export function played(bundle: string, many: number, first: number): Promise<Run> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [bundle, String(many), String(first)], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" },
    });
    endWithThisProcess(child);
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => said.push(chunk));
    child.on("close", (code) => resolve({ passed: code === 0, said: Buffer.concat(said).toString("utf8") }));
  });
}

/** Plays seeds in as many processes as there are cores. */
export function playedTogether(bundle: string, many: number, first: number): Promise<Run[]> {
  const processes = Math.min(many, availableParallelism());
  const share = Math.ceil(many / processes);
  return Promise.all(
    Array.from({ length: processes }, (_, i) => {
      const from = first + i * share;
      return played(bundle, Math.min(share, first + many - from), from);
    }),
  );
}
