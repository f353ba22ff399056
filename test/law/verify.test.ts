import { describe, expect, test } from "vitest";
import { agree, type Edit, findingsOf, settled, vectors } from "./forging.ts";
import { careless, consistent, rows, subtle, tampered } from "./tamperings.ts";

function reject(which: string, edit: Edit, follow: Parameters<typeof tampered>[2]): void {
  const { before, after, findings } = tampered(which, edit, follow);
  expect(after).not.toBe(before);
  expect(findings).not.toEqual([]);
}

describe("the verifier", () => {
  test("finds nothing wrong with the vectors that are tampered with below, nor with a copy made to agree with itself", () => {
    for (const [name, asked] of Object.entries(vectors)) {
      const claims = settled(asked);
      expect(findingsOf(asked, claims), name).toEqual([]);
      const copy = structuredClone(claims);
      copy.forEach(agree);
      expect(copy, name).toEqual(claims);
    }
  });

  test.each(rows(careless))("rejects a trace in which %s", (_, which, edit) => {
    reject(which, edit, () => {});
  });
  test.each(rows(subtle))("rejects a trace in which, less easily seen, %s", (_, which, edit) => {
    reject(which, edit, () => {});
  });
  test.each(rows(consistent))("rejects a trace that agrees with itself, in which %s", (_, which, edit) => {
    reject(which, edit, agree);
  });
});
