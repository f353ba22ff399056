import { rmSync } from "node:fs";
import { join } from "node:path";
import { Code } from "aws-cdk-lib/aws-lambda";
import { installForFunctions } from "../tools/install.mjs";
import { bundle, codeFolder, hasLibrary, readAtStart } from "./bundle.ts";
import { checks } from "./checks.ts";
import { functionsOf, sideNames } from "./functions.ts";
import { placeholders } from "./settings.ts";
import { synthesize } from "./system.ts";
import type { Template } from "./template.ts";

/** npm run synth: both partitions, offline and without credentials; what was made, and whether anything is wrong with it. */
const root = join(import.meta.dirname, "..");
const say = (line: string) => process.stdout.write(`${line}\n`);
const since = (from: number) => `${((Date.now() - from) / 1000).toFixed(1)} s`;

const startedAt = Date.now();
const functions = sideNames.flatMap((side) => functionsOf(side));
await installForFunctions();
const { outputs } = await bundle(functions);
const starting = Object.keys(outputs).filter((path) => path.endsWith("/index.mjs"));
const sizes = starting.map((path) =>
  [...readAtStart(path, outputs)].reduce((sum, one) => sum + outputs[one]!.bytes / 1024, 0),
);
say(
  `函数打包 · ${sizes.length} bundles, ${Math.min(...sizes).toFixed(0)} to ${Math.max(...sizes).toFixed(0)} kB to start with: ${since(startedAt)}`,
);
if (!hasLibrary())
  say("  the functions' image library could not be installed: pictures would not be drawn by what is here");

const wrong: string[] = [];
for (const partition of ["aws", "aws-cn"] as const) {
  const from = Date.now();
  const outdir = join(root, "cdk.out", partition);
  rmSync(outdir, { recursive: true, force: true });
  const { settings, system, templates, findings, accepted } = synthesize(
    partition,
    (name) => Code.fromAsset(codeFolder(name)),
    { outdir },
  );
  say(`\n${partition} (${settings.region}): ${since(from)}, cdk.out/${partition}`);
  for (const [name, template] of Object.entries(templates)) say(`  ${name.padEnd(34)} ${counts(template)}`);
  say(`  cdk-nag: ${findings.length} left, ${accepted} accepted (infra/accepted.ts says why)`);
  for (const one of findings) say(`    ✗ ${one}`);
  const broken = Object.entries(checks).flatMap(([name, check]) => {
    const found = check(system);
    return found.length === 0 ? [] : [`${name}: ${found.join("; ")}`];
  });
  say(`  checks: ${Object.keys(checks).length - broken.length} of ${Object.keys(checks).length}`);
  for (const one of broken) say(`    ✗ ${one}`);
  const examples = placeholders(settings);
  if (examples.length > 0) say(`  examples of cdk.json, to be replaced before a deployment: ${examples.join(", ")}`);
  wrong.push(...findings, ...broken);
}
say(`\n${wrong.length === 0 ? "没有问题 · nothing wrong" : `${wrong.length} 处问题 · wrong`}, ${since(startedAt)}`);
process.exitCode = wrong.length === 0 ? 0 : 1;

/** How much of what a stack holds. */
function counts({ Resources }: Template): string {
  const types = Object.values(Resources).map(({ Type }) => Type);
  const of = (type: string) => types.filter((one) => one === type).length;
  const what = {
    functions: of("AWS::Lambda::Function"),
    routes: of("AWS::ApiGatewayV2::Route"),
    tables: of("AWS::DynamoDB::Table"),
    alarms: of("AWS::CloudWatch::Alarm"),
  };
  const some = Object.entries(what).flatMap(([name, count]) => (count > 0 ? [`${count} ${name}`] : []));
  return `${String(types.length).padStart(3)} resources: ${some.join(", ")}`;
}
