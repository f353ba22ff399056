import { describe, expect, test } from "vitest";
import type { Endpoint } from "../../shared/api/endpoint.ts";
import { endpoints } from "../../shared/api/endpoints.ts";

describe("shared/api", () => {
  const names = Object.keys(endpoints);
  const folderOf = (name: string) => name.split(".")[0]!;
  const folders = [...new Set(names.map(folderOf))];
  const exportOf = (folder: string) => folder.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

  test("<folder>.ts holds the endpoints of functions/<folder>/ and no other, under the folder's name", async () => {
    for (const folder of folders) {
      const file = (await import(`../../shared/api/${folder}.ts`)) as Record<string, Record<string, Endpoint>>;
      expect(Object.keys(file[exportOf(folder)] ?? {}), folder).toEqual(
        names.filter((name) => folderOf(name) === folder),
      );
    }
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
