import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Endpoint } from "../../shared/api/endpoint.ts";
import { endpoints } from "../../shared/api/endpoints.ts";

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
