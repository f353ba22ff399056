import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import type { TestCase, TestModule } from "vitest/node";

/** What a run of tests came to. */
export interface Report {
  readonly passed: number;
  readonly failed: number;
  /** How long each file took, in ms: loading it and running its tests. */
  readonly files: readonly { readonly file: string; readonly ms: number }[];
  /** Tests that were not run, each with the reason. */
  readonly notRun: readonly string[];
}

/** The name in the environment of the file that takes the report. */
export const reportFile = "TEST_REPORT";

/** A reporter for vitest: writes a run's report as JSON for whoever started it. */
export default function reporter() {
  return {
    onTestRunEnd(modules: readonly TestModule[]): void {
      const tests = modules.flatMap((one) => [...one.children.allTests()]);
      const inState = (state: string) => tests.filter((one) => one.result().state === state);
      const report: Report = {
        passed: inState("passed").length,
        // A file that cannot be loaded has no tests to fail.
        failed: inState("failed").length + modules.filter((one) => one.errors().length > 0).length,
        files: modules.map((one) => {
          const { collectDuration, setupDuration, prepareDuration, duration } = one.diagnostic();
          const ms = collectDuration + setupDuration + prepareDuration + duration;
          return { file: relative(process.cwd(), one.moduleId), ms };
        }),
        notRun: [...new Set(tests.flatMap(notRun))],
      };
      writeFileSync(process.env[reportFile]!, JSON.stringify(report));
    },
  };
}

/** A test that was not run, with its reason; those that have none, a set-up that failed for instance, as one line a file. */
function notRun(one: TestCase): string[] {
  const result = one.result();
  if (result.state !== "skipped") return [];
  const file = relative(process.cwd(), one.module.moduleId);
  return [result.note ? `${file}: ${one.fullName}: ${result.note}` : `${file}: no reason given`];
}
