import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { accept, acceptedFor } from "./accepted.ts";
import type { Grouping } from "./functions.ts";
import type { CodeOf } from "./lambda.ts";
import { type Settings, settingsOf } from "./settings.ts";
import { stacks } from "./stack.ts";
import type { System, Template } from "./template.ts";

/** What one partition's synthesis gives. */
interface Synthesized {
  readonly settings: Settings;
  readonly system: System;
  /** Stack names with their templates. */
  readonly templates: Readonly<Record<string, Template>>;
  /** Findings of cdk-nag that nobody accepted, and accepted ones that no longer occur. */
  readonly findings: readonly string[];
  readonly accepted: number;
}

/** 合成 · one partition from `cdk.json`, as the command line would: offline, without credentials. */
export function synthesize(
  partition: System["partition"],
  code: CodeOf,
  { outdir, context = {}, grouping }: { outdir?: string; context?: Record<string, unknown>; grouping?: Grouping } = {},
): Synthesized {
  const file = JSON.parse(readFileSync(join(import.meta.dirname, "..", "cdk.json"), "utf8"));
  const app = new App({ context: { ...file.context, partition, ...context }, outdir });
  const settings = settingsOf(app);
  const made = stacks(app, settings, code, grouping);
  // References between stacks are spelt out by the synthesis, and findings name them.
  const templates = Object.fromEntries(
    app.synth().stacks.map(({ stackName, template }) => [stackName, template as Template]),
  );
  const before = nagged(app);
  accept(made, partition);
  const left = nagged(app);
  const stale = made.flatMap(({ stackName }) =>
    acceptedFor(stackName, partition)
      .filter(({ rule }) => !before.some((one) => one.startsWith(`${rule} ${stackName}/`)))
      .map(({ rule }) => `${rule} is accepted for ${stackName} and does not occur there`),
  );
  const word = (stackName: string) => stackName.slice(stackName.lastIndexOf("-") + 1);
  return {
    settings,
    templates,
    system: {
      partition,
      atOnce: settings.concurrency.account,
      stacks: Object.fromEntries(Object.entries(templates).map(([name, one]) => [word(name), one])),
    },
    findings: [...left, ...stale],
    accepted: before.length - left.length,
  };
}

/** What cdk-nag's AwsSolutions pack finds: "rule path: sentence". */
const nagged = (app: App): string[] =>
  new AwsSolutionsChecks()
    .validateScope(app)
    .violations.flatMap(({ ruleName, description, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}: ${description}`),
    );
