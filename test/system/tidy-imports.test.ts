import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Endpoint } from "../../shared/api/endpoint.ts";
import { endpoints } from "../../shared/api/endpoints.ts";
import { between, circlesOf, codeFiles, graph, importsOf } from "./imports.ts";

describe("shared/api", () => {
  const names = Object.keys(endpoints);
  const folderOf = (name: string) => name.split(".")[0]!;
  const folders = [...new Set(names.map(folderOf))];

  test("<folder>.ts holds the endpoints of functions/<folder>/ and no other", async () => {
    for (const folder of folders) {
      const file = (await import(`../../shared/api/${folder}.ts`)) as Record<string, Record<string, Endpoint>>;
      expect(Object.keys(file.endpoints ?? {}), folder).toEqual(names.filter((name) => folderOf(name) === folder));
    }
  });
  test("functions load the endpoints of their own folder, never the whole list, where they start", () => {
    const functions = join(import.meta.dirname, "../../functions");
    const files = readdirSync(functions, { recursive: true, encoding: "utf8" }).filter(
      (file) => file.endsWith(".ts") && !file.includes("node_modules"),
    );
    const wholeList = /^import (?!type\b)[^;]*"[^"]*shared\/api\/(endpoints|openapi|routes)\.ts"/m;
    expect(files.length).toBeGreaterThan(200);
    expect(files.filter((file) => wholeList.test(readFileSync(join(functions, file), "utf8")))).toEqual([]);
  });
  test("what officers call lies in an -agency folder, or in a folder that residents do not call", () => {
    const audiences = (folder: string) =>
      Object.entries<Endpoint>(endpoints)
        .filter(([name]) => folderOf(name) === folder)
        .map(([, { caller }]) => caller.audience);
    const mixed = folders.filter((folder) =>
      folder.endsWith("-agency")
        ? audiences(folder).some((audience) => audience !== "officer")
        : audiences(folder).includes("officer") && audiences(folder).includes("resident"),
    );
    expect(folders.filter((folder) => folder.endsWith("-agency")).length).toBeGreaterThan(4);
    expect(mixed).toEqual([]);
  });
});

describe("circles", () => {
  test("a circle is found wherever it is closed", () => {
    const nodes = { a: ["b"], b: ["c"], c: ["a", "d"], d: ["e"], e: ["d"], f: ["a"], g: ["g"], h: [] };
    expect(circlesOf(new Map(Object.entries(nodes)))).toEqual([["a", "b", "c"], ["d", "e"], ["g"]]);
  });
  test("no files import each other in a circle, not even by a type", () => {
    expect(codeFiles.length).toBeGreaterThan(900);
    expect(circlesOf(graph)).toEqual([]);
  });
  test("the folders of shared, and those of local, import one way", () => {
    for (const top of ["shared", "local"]) {
      const rooms = between((file) => {
        const [first, room] = file.split("/");
        return first === top ? room! : null;
      });
      expect(rooms.size).toBeGreaterThan(8);
      expect(circlesOf(rooms)).toEqual([]);
    }
  });
  test("the machinery of policy knows no place", () => {
    const placed = codeFiles.filter((file) => file.startsWith("shared/policy/"));
    expect(placed.flatMap((file) => graph.get(file)!).filter((file) => file.startsWith("shared/areas/"))).toEqual([]);
  });
});

describe("floors", () => {
  // It runs npm and imports nothing: whoever starts something stands on it.
  const install = "tools/install.mjs";
  /** What each top folder may import of the others; `tools` and `test` stand above all of them. */
  const under: Readonly<Record<string, readonly string[]>> = {
    shared: [],
    hospital: ["shared"],
    commands: ["shared"],
    functions: ["shared"],
    infra: ["functions", "shared", install],
    local: ["functions", "hospital", "shared", install],
    console: ["hospital", "shared"],
    miniapp: ["shared"],
  };

  test("each top folder imports only what is under it", () => {
    const tops = between((file) => (file === install ? install : file.split("/")[0]!));
    for (const [top, allowed] of Object.entries(under)) {
      expect(
        tops.get(top)!.filter((other) => !allowed.includes(other)),
        top,
      ).toEqual([]);
    }
    expect(tops.get(install)).toEqual([]);
  });
  test("the hospital kit needs nothing but shared, Node and zod, so that it can be taken away", () => {
    const kit = codeFiles.filter((file) => file.startsWith("hospital/"));
    const packages = kit.flatMap(importsOf).filter((one) => !one.startsWith(".") && !one.startsWith("node:"));
    expect([...new Set(packages)]).toEqual(["zod"]);
  });
});
