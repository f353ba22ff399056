import { Code } from "aws-cdk-lib/aws-lambda";
import { vi } from "vitest";
import { synthesize } from "../../infra/system.ts";
import type { System } from "../../infra/template.ts";

export type Partition = System["partition"];
export const partitions: readonly Partition[] = ["aws", "aws-cn"];
export const unbundled = () => Code.fromInline("not bundled for a test");

const made = new Map<Partition, ReturnType<typeof synthesize>>();

/** What is deployed to a partition; synthesised once in a process, for it takes seconds. */
export function templatesOf(partition: Partition): ReturnType<typeof synthesize> {
  const known = made.get(partition) ?? synthesize(partition, unbundled);
  made.set(partition, known);
  return known;
}

/** CloudFormation's own schemas take three seconds to load; `npm run synth` holds the templates against them. */
export const withoutSchemas = () => vi.stubEnv("CDK_VALIDATION", "false");
