import { describe, expect, test } from "vitest";
import { settleLine } from "../../shared/settlement/lines.ts";
import { findings } from "./cases.ts";
import { lineOf, vectorFiles } from "./vectors.ts";

describe.each(vectorFiles)("vectors: %s", (_, vectors) => {
  test.each(vectors.map((one) => [one.name, one] as const))("%s", (_, vector) => {
    const said = settleLine(lineOf(vector));
    const answer = JSON.parse(said.line);
    const { expect: wanted } = vector;
    expect(said.ok).toBe(Array.isArray(wanted));
    if (!Array.isArray(wanted))
      return void expect(answer.error).toMatchObject({ code: (wanted as { error: string }).error });
    expect(answer.error).toBeUndefined();
    expect(answer.claims).toMatchObject(wanted);
    expect(answer.claims).toHaveLength(wanted.length);
    expect(findings(vector.case!, answer.claims)).toEqual([]);
  });
});
