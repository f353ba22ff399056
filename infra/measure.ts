import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Code } from "aws-cdk-lib/aws-lambda";
import { build } from "esbuild";
import { bundle } from "./bundle.ts";
import { byCapability, byRoute, type FunctionSpec, functionsOf, type Grouping, sideNames } from "./functions.ts";
import { synthesize } from "./system.ts";

/** The load of one function's module, against an empty middy handler that loads the same SDK. */
export interface ColdStart {
  readonly name: string;
  readonly kB: number;
  readonly ms: number;
  readonly emptyMs: number;
}

/** A module's load may take so much of an empty handler's. */
export const budget = 1.5;

/** 冷启动 · bundles the functions of a grouping and loads each in fresh processes; the best of some runs counts. */
export async function coldStarts(grouping: Grouping = byCapability, runs = 7): Promise<ColdStart[]> {
  const out = mkdtempSync(join(tmpdir(), "resident-insurance-functions-"));
  try {
    const { outputs } = await bundle(all(grouping), out);
    const bundles = Object.entries(outputs).map(([path, { bytes, inputs }]) => {
      const name = path.split("/").at(-2) ?? path;
      const loaded = Object.keys(inputs).flatMap((one) => /@aws-sdk\/(client-[a-z-]+)\//.exec(one)?.[1] ?? []);
      const sdk = [...new Set(loaded)].filter((one) => clients[one]).sort();
      return {
        name,
        kB: bytes / 1024,
        path: join(out, name, "index.mjs"),
        sdk,
        base: join(out, `empty-${sdk.join("-")}.mjs`),
      };
    });
    const empty = new Map(bundles.map(({ base, sdk }) => [base, sdk]));
    for (const [outfile, sdk] of empty) await emptyHandler(outfile, sdk);
    const times = bestLoads([...empty.keys(), ...bundles.map(({ path }) => path)], runs);
    return bundles.map(({ name, kB, path, base }) => ({
      name,
      kB,
      ms: times.get(path)!,
      emptyMs: times.get(base)!,
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
async function emptyHandler(outfile: string, sdk: readonly string[]): Promise<void> {
  const used = sdk.map((client) => `import { ${clients[client]} } from "@aws-sdk/${client}";`);
  const kept = sdk.map((client) => `new ${clients[client]}({})`);
  const document = sdk.includes("client-dynamodb")
    ? `import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";`
    : "";
  const contents = `import middy from "@middy/core"; ${used.join("")} ${document}
    export const used = [${[...kept, ...(document ? ["DynamoDBDocumentClient", "GetCommand"] : [])].join(", ")}];
    export const handler = middy(async () => used.length);`;
  await build({
    stdin: { contents, resolveDir: join(import.meta.dirname, "..", "functions"), loader: "ts" },
    outfile,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node22",
    banner: { js: `import{createRequire}from"node:module";const require=createRequire(import.meta.url);` },
  });
}

const load = (path: string) =>
  `const from = performance.now(); await import(${JSON.stringify(path)}); process.stdout.write(String(performance.now() - from)); process.exit(0);`;

/** Each in turn, round after round, so that a busy moment of the machine falls on all alike. */
function bestLoads(paths: readonly string[], runs: number): Map<string, number> {
  const env = {
    ...process.env,
    AWS_REGION: "cn-northwest-1",
    AWS_ACCESS_KEY_ID: "-",
    AWS_SECRET_ACCESS_KEY: "-",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  };
  const times = new Map<string, number>();
  for (let run = 0; run < runs; run++) {
    for (const path of paths) {
      const args = ["--input-type=module", "-e", load(path)];
      const ms = Number(execFileSync(process.execPath, args, { env, encoding: "utf8" }));
      times.set(path, Math.min(ms, times.get(path) ?? ms));
    }
  }
  return times;
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
    for (const { name, kB, ms, emptyMs } of starts.sort((a, b) => b.ms / b.emptyMs - a.ms / a.emptyMs)) {
      const ratio = ms / emptyMs;
      const mark = ratio > budget ? ` over ${budget}` : "";
      say(
        `  ${name.padEnd(46)} ${kB.toFixed(0).padStart(5)} kB ${ms.toFixed(0).padStart(4)} ms  ${ratio.toFixed(2)}×${mark}`,
      );
    }
  }
}

const say = (line: string) => process.stdout.write(`${line}\n`);

if (process.argv[1] === import.meta.filename) await compare();
