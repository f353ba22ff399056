import { beforeAll, describe, expect, test } from "vitest";
import { checks } from "../../infra/checks.ts";
import { sideNames } from "../../infra/functions.ts";
import type { Mutant, Resources } from "./mutants.ts";
import { tooOpen } from "./mutants-access.ts";
import { pastTheEdge } from "./mutants-edge.ts";
import { tooCareless } from "./mutants-keeping.ts";
import { partitions, templatesOf, withoutSchemas } from "./templates.ts";

beforeAll(() => {
  withoutSchemas();
  for (const partition of partitions) templatesOf(partition);
});

describe.each(partitions)("%s", (partition) => {
  test.each(Object.entries(checks))("%s", (_, check) => {
    expect(check(templatesOf(partition).system)).toEqual([]);
  });

  test("cdk-nag finds nothing that is not accepted with a reason, and nothing is accepted in vain", () => {
    expect(templatesOf(partition).findings).toEqual([]);
    expect(templatesOf(partition).accepted).toBeGreaterThan(0);
  });

  test("a side stands on the data and on no other side", () => {
    for (const side of sideNames) {
      const text = JSON.stringify(templatesOf(partition).system.stacks[side]);
      const from = [...text.matchAll(/"Fn::ImportValue":"([^:"]+):/g)].map((match) => match[1]);
      expect(new Set(from)).toEqual(new Set(["resident-insurance-demo-data"]));
    }
  });
});

const mutants: readonly Mutant[] = [...tooOpen, ...tooCareless, ...pastTheEdge];

describe("the checks bite", () => {
  test.each(mutants)("$name", ({ check, stack, partition = "aws-cn", change, says: sentence }) => {
    const mutated = structuredClone(templatesOf(partition).system);
    change(mutated.stacks[stack]!.Resources as unknown as Resources);
    expect(checks[check]!(mutated).join("\n")).toContain(sentence);
  });

  test("every check has been seen to fail", () => {
    expect(new Set(mutants.map(({ check }) => check))).toEqual(new Set(Object.keys(checks)));
  });
});
