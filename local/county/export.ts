import { once } from "node:events";
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { TableName } from "../../functions/tables.ts";
import type { TableItem } from "./catalogue-items.ts";

/**
 * Writes items in DynamoDB's own export format, `<folder>/<table>/data/*.json.gz` with one {"Item":{…}} a line: what the
 * embedded database imports in seconds, and a real table through ImportTable from S3.
 */
export async function writeExport(
  items: AsyncIterable<TableItem>,
  folder: string,
  physical: Record<TableName, string>,
  onItems: (written: number) => void = () => {},
): Promise<number> {
  const files = new Map<TableName, { write(line: string): Promise<void>; end(): Promise<void> }>();
  for (const [name, physicalName] of Object.entries(physical) as [TableName, string][]) {
    const data = join(folder, physicalName, "data");
    mkdirSync(data, { recursive: true });
    files.set(name, gzipFile(join(data, "items.json.gz")));
  }
  let written = 0;
  for await (const { table, item } of items) {
    await files.get(table)!.write(`{"Item":${typed(item)}}\n`);
    written += 1;
    if (written % 10_000 === 0) onItems(written);
  }
  await Promise.all([...files.values()].map((file) => file.end()));
  return written;
}

function gzipFile(path: string) {
  const gzip = createGzip({ level: 1 });
  const file = gzip.pipe(createWriteStream(path));
  let block = "";
  const flush = async () => {
    const full = !gzip.write(block);
    block = "";
    if (full) await once(gzip, "drain");
  };
  return {
    write: async (line: string) => {
      block += line;
      if (block.length > 1 << 20) await flush();
    },
    end: async () => {
      await flush();
      gzip.end();
      await finished(file);
    },
  };
}

/** DynamoDB's JSON of the fields of an item: {"pk":{"S":"…"},"age":{"N":"7"}}. */
function typed(fields: Record<string, unknown>): string {
  const parts: string[] = [];
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined) parts.push(`${JSON.stringify(name)}:${typedValue(value)}`);
  }
  return `{${parts.join(",")}}`;
}

function typedValue(value: unknown): string {
  if (typeof value === "string") return `{"S":${JSON.stringify(value)}}`;
  if (typeof value === "number") return `{"N":"${value}"}`;
  if (typeof value === "boolean") return `{"BOOL":${value}}`;
  if (value === null) return '{"NULL":true}';
  if (value instanceof Uint8Array) return `{"B":"${Buffer.from(value).toString("base64")}"}`;
  if (Array.isArray(value)) return `{"L":[${value.map(typedValue).join(",")}]}`;
  return `{"M":${typed(value as Record<string, unknown>)}}`;
}
