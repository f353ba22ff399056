import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { databaseBinary, freePort, noBinary } from "../../local/database.ts";
import { sentenceFor } from "../../local/sentences.ts";

const root = join(import.meta.dirname, "../..");
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Runs `npm start`'s own script until it ends by itself; what it said and its status. */
function start(environment: Record<string, string>): Promise<{ said: string; status: number | null }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ["--import", "tsx", "local/start.ts"], {
      cwd: root,
      env: { ...process.env, DYNAMODB_ENDPOINT: "", ...environment },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (chunk) => {
      said += chunk;
    });
    child.on("close", (status) => resolve({ said, status }));
  });
}

const folder = () => {
  const made = mkdtempSync(join(tmpdir(), "resident-insurance-start-"));
  folders.push(made);
  return made;
};

describe("npm start says in one sentence why it cannot", () => {
  test("a port in use", async () => {
    const port = await freePort();
    const taken = createServer().listen(port);
    try {
      const { said, status } = await start({ PORT: String(port), DATA_FOLDER: folder() });
      expect(said).toContain(`Port ${port} is in use; choose another: PORT=${port + 1} npm start`);
      expect(said.trim().split("\n")).toHaveLength(1);
      expect(status).toBe(1);
    } finally {
      taken.close();
    }
  });

  test("a stale data file", async () => {
    const data = folder();
    writeFileSync(join(data, "demonstration.sqlite"), "");
    writeFileSync(join(data, "made-with.json"), '{"version":"0"}');
    const { said, status } = await start({ PORT: String(await freePort()), DATA_FOLDER: data });
    expect(said).toContain("start over with npm start -- --fresh");
    expect(said.trim().split("\n")).toHaveLength(1);
    expect(status).toBe(1);
  });

  test("no binary for this platform", () => {
    const platform = Object.getOwnPropertyDescriptor(process, "platform")!;
    try {
      Object.defineProperty(process, "platform", { value: "plan9" });
      expect(databaseBinary()).toBeNull();
    } finally {
      Object.defineProperty(process, "platform", platform);
    }
    expect(databaseBinary()).not.toBeNull();
    expect(noBinary).toContain("point DYNAMODB_ENDPOINT to any DynamoDB");
  });

  test("a full disk, whoever notices it", () => {
    const full = "The disk is full; free about 2 GB and try again";
    expect(sentenceFor(Object.assign(new Error("write"), { code: "ENOSPC" }), 8700)).toContain(full);
    expect(sentenceFor(new Error("SqliteFailure: database or disk is full"), 8700)).toContain(full);
  });
});
