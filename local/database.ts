import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { CreateTableCommand, DynamoDBClient, ResourceInUseException } from "@aws-sdk/client-dynamodb";
import { createTable, type TableName, tables } from "../functions/tables.ts";
import { endWithThisProcess } from "./ending.ts";

const names = Object.keys(tables) as TableName[];

/** The embedded DynamoDB for this platform; null where its package is not installed. */
export function databaseBinary(): string | null {
  try {
    const packaged = createRequire(import.meta.url).resolve(
      `@dynoxide/${process.platform}-${process.arch}/package.json`,
    );
    const binary = join(dirname(packaged), process.platform === "win32" ? "dynoxide.exe" : "dynoxide");
    return existsSync(binary) ? binary : null;
  } catch {
    return null;
  }
}

export interface Database {
  readonly endpoint: string;
  stop(): void;
}

/** Serves the embedded DynamoDB on a free port, from a file or in memory, and waits until it answers. */
export async function serveDatabase(path?: string): Promise<Database> {
  const binary = databaseBinary();
  if (!binary) throw new Error(noBinary);
  const port = await freePort();
  const child = spawn(binary, ["serve", "--port", String(port), ...(path ? ["--db-path", path] : [])], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  endWithThisProcess(child);
  const endpoint = `http://127.0.0.1:${port}`;
  await answering(endpoint, child);
  return { endpoint, stop: () => child.kill() };
}

export const noBinary =
  `本机平台 ${process.platform}-${process.arch} 没有内置的 DynamoDB 程序；请用 DYNAMODB_ENDPOINT 指向任一 DynamoDB（例如 DynamoDB Local）。` +
  ` · No embedded DynamoDB for ${process.platform}-${process.arch}; point DYNAMODB_ENDPOINT to any DynamoDB.`;

async function answering(endpoint: string, child: ChildProcess): Promise<void> {
  let complaint = "";
  child.stderr?.on("data", (chunk) => {
    complaint = `${complaint}${chunk}`.slice(-2_000);
  });
  for (let tries = 0; tries < 500; tries++) {
    if (child.exitCode !== null) throw new Error(`数据库没有启动：${complaint.trim()} · The database did not start.`);
    try {
      await fetch(endpoint);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  throw new Error("数据库没有应答 · The database does not answer.");
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .once("error", reject)
      .listen(0, "127.0.0.1", () => {
        const address = server.address();
        server.close(() =>
          typeof address === "object" && address ? resolve(address.port) : reject(new Error("no port")),
        );
      });
  });
}

/** Makes the three tables where they are not there yet. */
export async function createTables(endpoint: string, physical: Record<TableName, string>): Promise<void> {
  const client = new DynamoDBClient({ endpoint });
  await Promise.all(
    names.map((name) =>
      client.send(new CreateTableCommand(createTable(name, physical[name]))).catch((error) => {
        if (!(error instanceof ResourceInUseException)) throw error;
      }),
    ),
  );
}

/** What the embedded database's import reads instead of a `DescribeTable`. */
export const importSchema = (physical: Record<TableName, string>) =>
  names.map((name) => createTable(name, physical[name]));
