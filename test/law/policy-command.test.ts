import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { policyOf } from "../../shared/areas/areas.ts";
import { documents } from "../../shared/areas/documents.ts";
import { publish } from "../../shared/policy/publish.ts";

const policy = (...words: string[]) => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--import", "tsx", "commands/policy.ts", ...words], {
    cwd: join(import.meta.dirname, "../.."),
    encoding: "utf8",
  });
  return { stdout, stderr, status };
};

describe("npm run policy", () => {
  test("the list names every area, and an area's list every parameter with its lines", () => {
    expect(policy("list").stdout).toContain("370600  山东省烟台市\n");
    expect(policy("list", "370600").stdout).toContain(
      "benefits.resident.inpatient.deductible  level-1 level-2 level-3\n",
    );
  });
  test("one parameter's history says each value's day, standing, document and where it was read", () => {
    const { stdout, status } = policy("history", "370600", "benefits.resident.medicalAid.limit");
    expect(stdout).toContain('2023-01-01  "30000.00"  文件载明  烟政办发〔2022〕25号 三(六)1');
    expect(stdout).toContain("《烟台市健全重特大疾病医疗保险和救助制度实施方案》");
    expect(status).toBe(0);
  });
  test("the published JSON is what others verify with", () => {
    expect(JSON.parse(policy("json", "640522").stdout)).toEqual(
      JSON.parse(JSON.stringify(publish(policyOf("640522"), documents))),
    );
  });
  test("a check that finds nothing says how many areas it looked at", () => {
    expect(policy("check")).toMatchObject({ stdout: "12 个统筹区，没有发现问题\n", status: 0 });
  });
  test("an unknown area, parameter or word is told in one sentence", () => {
    expect(policy("json", "999999")).toMatchObject({ status: 1, stderr: "这个统筹区不在系统中。（999999）\n" });
    expect(policy("history", "370600", "benefits.nothing").stderr).toContain("370600 benefits.nothing");
    expect(policy("dance")).toMatchObject({ status: 1, stdout: "" });
    expect(policy("dance").stderr).toContain("用法：policy list [区划]");
  });
});
