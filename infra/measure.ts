import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { Code } from "aws-cdk-lib/aws-lambda";
import { type BuildOptions, build } from "esbuild";
import { asOurs, bundle, plainly, readAtStart } from "./bundle.ts";
import { byCapability, byRoute, type FunctionSpec, functionsOf, type Grouping, sideNames } from "./functions.ts";
import { synthesize } from "./system.ts";

/** The load of one function's module, against an empty middy handler that loads the same SDK. */
interface ColdStart {
  readonly name: string;
  /** What a start reads: the module and everything that it imports before it can answer. */
  readonly kB: number;
  /** Processor time, so that other work of the machine weighs little; the median of all starts. */
  readonly ms: number;
  readonly emptyMs: number;
  /** The same empty handler, bundled as our functions are. */
  readonly leastMs: number;
}

/** A module's load may take so much of an empty handler's. */
export const budget = 1.5;
export const isOver = ({ ms, emptyMs }: ColdStart): boolean => ms / emptyMs > budget;

/** One line a function, the slowest first. */
export const table = (starts: readonly ColdStart[]): string[] =>
  [...starts]
    .sort((a, b) => b.ms / b.emptyMs - a.ms / a.emptyMs)
    .map((start) => {
      const { name, kB, ms, emptyMs, leastMs } = start;
      const times = `${ms.toFixed(0).padStart(4)} ms  ${(ms / emptyMs).toFixed(2)}× (${(ms / leastMs).toFixed(2)}×)`;
      return `  ${name.padEnd(52)} ${kB.toFixed(0).padStart(5)} kB ${times}${isOver(start) ? ` over ${budget}` : ""}`;
    });

/** 冷启动 · bundles the functions of a grouping and loads each in fresh processes. */
export async function coldStarts(grouping: Grouping = byCapability, runs = 7): Promise<ColdStart[]> {
  const out = mkdtempSync(join(tmpdir(), "resident-insurance-functions-"));
  try {
    const { outputs } = await bundle(all(grouping), out);
    const modules = Object.keys(outputs).filter((path) => path.endsWith("/index.mjs"));
    const bundles = modules.map((path) => {
      const name = path.split("/").at(-2) ?? path;
      const read = [...readAtStart(path, outputs)].map((one) => outputs[one]!);
      const loaded = read
        .flatMap(({ inputs }) => Object.keys(inputs))
        .flatMap((one) => /@aws-sdk\/(client-[a-z0-9-]+)\//.exec(one)?.[1] ?? []);
      const sdk = [...new Set(loaded)].filter((one) => clients[one]).sort();
      const bytes = read.reduce((sum, one) => sum + one.bytes, 0);
      const [empty, least] = [join(out, `empty-${sdk.join("-")}.mjs`), join(out, `least-${sdk.join("-")}.mjs`)];
      return { name, kB: bytes / 1024, path: join(out, name, "index.mjs"), sdk, empty, least };
    });
    for (const [empty, { sdk, least }] of new Map(bundles.map((one) => [one.empty, one]))) {
      await emptyHandler(empty, sdk, plainly);
      await emptyHandler(least, sdk, asOurs);
    }
    const paths = new Set(bundles.flatMap(({ path, empty, least }) => [path, empty, least]));
    const times = medianLoads([...paths], runs);
    return bundles.map(({ name, kB, path, empty, least }) => ({
      name,
      kB,
      ms: times.get(path)!,
      emptyMs: times.get(empty)!,
      leastMs: times.get(least)!,
    }));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

const all = (grouping: Grouping): FunctionSpec[] => [
  ...new Map(sideNames.flatMap((side) => functionsOf(side, grouping)).map((spec) => [spec.name, spec])).values(),
];

/** The clients of the SDK that functions use. */
const clients: Readonly<Record<string, string>> = {
  "client-dynamodb": "DynamoDBClient",
  "client-kms": "KMSClient",
  "client-s3": "S3Client",
  "client-secrets-manager": "SecretsManagerClient",
};

/** What a handler loads that does nothing: middy, and the same clients of the SDK. */
async function emptyHandler(outfile: string, sdk: readonly string[], options: BuildOptions): Promise<void> {
  const used = sdk.map((client) => `import { ${clients[client]} } from "@aws-sdk/${client}";`);
  const kept = sdk.map((client) => `new ${clients[client]}({})`);
  const document = sdk.includes("client-dynamodb")
    ? `import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";`
    : "";
  const contents = `import middy from "@middy/core"; ${used.join("")} ${document}
    export const used = [${[...kept, ...(document ? ["DynamoDBDocumentClient", "GetCommand"] : [])].join(", ")}];
    export const handler = middy(async () => used.length);`;
  await build({
    ...options,
    stdin: { contents, resolveDir: join(import.meta.dirname, "..", "functions"), loader: "ts" },
    outdir: dirname(outfile),
    entryNames: basename(outfile, ".mjs"),
  });
}

const load = (path: string) =>
  `const from = process.cpuUsage(); await import(${JSON.stringify(path)}); const { user, system } = process.cpuUsage(from); process.stdout.write(String((user + system) / 1000)); process.exit(0);`;

/** Each in turn, round after round, so that a busy moment of the machine falls on all alike. */
function medianLoads(paths: readonly string[], runs: number): Map<string, number> {
  const env = {
    ...process.env,
    AWS_REGION: "cn-northwest-1",
    AWS_ACCESS_KEY_ID: "-",
    AWS_SECRET_ACCESS_KEY: "-",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
  const times = new Map<string, number[]>(paths.map((path) => [path, []]));
  for (let run = 0; run < runs; run++) {
    for (const path of paths) {
      const args = ["--input-type=module", "-e", load(path)];
      times.get(path)!.push(Number(execFileSync(process.execPath, args, { env, encoding: "utf8" })));
    }
  }
  return new Map([...times].map(([path, ms]) => [path, ms.sort((a, b) => a - b)[Math.floor(runs / 2)]!]));
}

/** 函数的划分 · both groupings side by side: how many, how large, how many resources, how long. */
async function compare(): Promise<void> {
  for (const [title, grouping] of Object.entries({
    "by capability and access": byCapability,
    "by route": byRoute,
  })) {
    const bundledAt = performance.now();
    const starts = await coldStarts(grouping);
    const seconds = (performance.now() - bundledAt) / 1000;
    const synthesizedAt = performance.now();
    const context = { "@aws-cdk/core:stackResourceLimit": 0 };
    const { templates } = synthesize("aws-cn", () => Code.fromInline("measured"), { grouping, context });
    const synthesis = performance.now() - synthesizedAt;
    const resources = Object.values(templates).map(({ Resources }) => Object.keys(Resources).length);
    const total = starts.reduce((sum, { kB }) => sum + kB, 0);
    say(
      `\n${title}: ${starts.length} bundles, ${(total / 1024).toFixed(1)} MB, bundled and loaded in ${seconds.toFixed(1)} s;`,
    );
    say(`  resources of the stacks: ${resources.join(", ")}; synthesis ${(synthesis / 1000).toFixed(1)} s`);
    for (const line of table(starts)) say(line);
  }
}

const say = (line: string) => process.stdout.write(`${line}\n`);

if (process.argv[1] === import.meta.filename) await compare();
