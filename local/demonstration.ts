import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./build.ts";
import { createTables, type Database, databaseBinary, importSchema, noBinary, serveDatabase } from "./database.ts";
import { dataFolder, physicalTables, setEnvironment } from "./environment.ts";

const databaseFile = join(dataFolder, "demonstration.sqlite");
/** What the data was made with: the version, and how many people. */
export const madeWith = join(dataFolder, "made-with.json");
/** Raise it when stored items change shape: older data is then refused with a sentence, not misread. */
const dataVersion = "6";

/** Throws a sentence where the data of an earlier start cannot be used. */
export function refuseStaleData(): void {
  if (!existsSync(databaseFile)) return;
  const made = existsSync(madeWith) ? JSON.parse(readFileSync(madeWith, "utf8")).version : "?";
  if (made === dataVersion) return;
  throw new Error(
    `演示数据是另一个版本做的（${made}，现在是 ${dataVersion}），请用 npm start -- --fresh 重新生成 · ` +
      "The data was made by another version; start over with npm start -- --fresh",
  );
}

/** The embedded database with the demonstration county in it: made once, kept over restarts. */
export async function demonstrationDatabase(
  origin: string,
  people: number,
  say: (line: string) => void,
): Promise<Database> {
  if (!databaseBinary()) throw new Error(noBinary);
  mkdirSync(dataFolder, { recursive: true });
  if (!existsSync(databaseFile)) await makeDatabase(people, say);
  const database = await serveDatabase(databaseFile);
  setEnvironment(origin, database.endpoint);
  await createTables(database.endpoint, physicalTables);
  return database;
}

async function makeDatabase(people: number, say: (line: string) => void): Promise<void> {
  const folder = join(dataFolder, "export");
  rmSync(folder, { recursive: true, force: true });
  const script = join(import.meta.dirname, "county/make.ts");
  await run(process.execPath, ["--import", "tsx", script, folder, String(people)], {
    onLine: (line) => say(`演示县：${line}`),
  });
  const schema = join(folder, "schema.json");
  writeFileSync(schema, JSON.stringify(importSchema(physicalTables)));
  const partial = `${databaseFile}.partial`;
  await run(databaseBinary()!, ["import", "--source", folder, "--schema", schema, "--output", partial, "--force"]);
  rmSync(folder, { recursive: true, force: true });
  writeFileSync(madeWith, JSON.stringify({ version: dataVersion, people }));
  renameSync(partial, databaseFile);
}
