import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Trace, traceJsonSchema } from "../../shared/settlement/trace-schema.ts";
import { claimOf, claims, settled, stepsOf } from "./settled.ts";

describe("the form of a trace", () => {
  test("every vector's trace is what the schema says", () => {
    expect(claims.length).toBeGreaterThan(600);
    for (const { name, claim } of claims) expect(Trace.safeParse(claim.trace).error?.issues, name).toBeUndefined();
  });
  /** Every object of a trace whose keys are fixed. */
  function fixed(value: unknown, found: Record<string, unknown>[] = []): Record<string, unknown>[] {
    if (Array.isArray(value)) for (const one of value) fixed(one, found);
    else if (typeof value === "object" && value !== null) {
      found.push(value as Record<string, unknown>);
      for (const [name, one] of Object.entries(value)) if (name !== "inputs") fixed(one, found);
    }
    return found;
  }
  const whole = ["yantai-264", "yantai-189", "nanchong-086", "haiyuan-090"];
  test.each(whole)("a trace with an extra or a missing key is refused, wherever it is (%s)", (id) => {
    const trace = claimOf(id).trace;
    const places = fixed(trace).length;
    for (let i = 0; i < places; i++) {
      const extra = structuredClone(trace);
      fixed(extra)[i]!.more = "1.00";
      expect(Trace.safeParse(extra).success, `extra key in ${JSON.stringify(fixed(trace)[i]).slice(0, 80)}`).toBe(
        false,
      );
      for (const key of Object.keys(fixed(trace)[i]!)) {
        const missing = structuredClone(trace) as unknown;
        delete fixed(missing)[i]![key];
        expect(Trace.safeParse(missing).success, `without ${key}`).toBe(false);
      }
    }
  });
  test("another version, a number for an amount, an unknown operation and a trace without a heading are refused", () => {
    const [heading, ...parts] = claimOf("yantai-001").trace;
    const refused = (trace: unknown) => expect(Trace.safeParse(trace).success).toBe(false);
    refused([{ ...heading, version: "settlement-trace/v2" }, ...parts]);
    refused([heading, { ...parts[0], result: 120000 }]);
    refused([heading, { ...parts[0], result: "120000.0" }]);
    refused([heading, { ...parts[0], op: "times" }]);
    refused(parts);
    refused([]);
  });
  test("its JSON Schema closes every object and describes every field in Chinese and English", () => {
    const open: string[] = [];
    const silent: string[] = [];
    const walk = (node: unknown, path: string) => {
      if (Array.isArray(node)) for (const [i, one] of node.entries()) walk(one, `${path}/${i}`);
      if (typeof node !== "object" || node === null) return;
      const { type, properties, additionalProperties } = node as Record<string, unknown>;
      if (type === "object" && additionalProperties !== false && !path.endsWith("/inputs")) open.push(path);
      for (const [name, one] of Object.entries((properties ?? {}) as Record<string, { description?: string }>))
        if (!/\p{Script=Han}.* · .*[a-z]/u.test(one.description ?? "")) silent.push(`${path}/${name}`);
      for (const [name, one] of Object.entries(node)) walk(one, `${path}/${name}`);
    };
    walk(traceJsonSchema(), "");
    expect({ open, silent }).toEqual({ open: [], silent: [] });
  });
  test("TRACE.md shows a real run, and tells every operation and layer", () => {
    const document = readFileSync(join(import.meta.dirname, "../../shared/TRACE.md"), "utf8");
    const [asked, trace] = [...document.matchAll(/```json\n([\s\S]*?)```/g)].map((match) => JSON.parse(match[1]!));
    expect(trace).toEqual(settled(asked)[1]!.trace);
    const said = new Set(claims.flatMap(({ claim }) => stepsOf(claim).flatMap(({ op, layer }) => [op, layer])));
    expect([...said].filter((word) => !document.includes(`\`${word}\``))).toEqual([]);
  });
});
