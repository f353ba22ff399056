import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import type { TestModule } from "vitest/node";

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
        notRun: tests.flatMap((one) => {
          const result = one.result();
          if (result.state !== "skipped" && result.state !== "pending") return [];
          const reason = result.state === "skipped" ? result.note : undefined;
          return [`${relative(process.cwd(), one.module.moduleId)}: ${one.fullName}: ${reason ?? "no reason given"}`];
        }),
      };
      writeFileSync(process.env[reportFile]!, JSON.stringify(report));
    },
  };
}
