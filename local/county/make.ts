import { physicalTables, setEnvironment } from "../environment.ts";

/** Writes the demonstration county as an export into a folder; a process of its own, so that the server starts meanwhile. */
const [folder = "", people = "100000"] = process.argv.slice(2);
// Files only: the functions' names and keys are needed, their database is not.
setEnvironment("http://localhost", "http://127.0.0.1:9");
const { countyItems } = await import("./items.ts");
const { writeExport } = await import("./export.ts");
const items = await writeExport(countyItems(Number(people)), folder, physicalTables, (written) => {
  if (written % 50_000 === 0) console.log(`已生成 ${written} 条 · items generated`);
});
console.log(`共 ${items} 条，导入 · importing`);
