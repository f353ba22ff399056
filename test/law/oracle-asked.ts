import { spawnSync } from "node:child_process";
import { beforeEach } from "vitest";

/** The tests beside this ask the independent oracle: without python3 they are not run, and say so; where CI is true they fail. */
export function oracleIsAsked(): void {
  const isHere = spawnSync("python3", ["--version"]).status === 0;
  beforeEach(({ skip }) => {
    if (isHere) return;
    if (process.env.CI === "true") throw new Error("python3 is absent, and CI runs every test");
    skip("python3 is absent");
  });
}
