import { randomBytes } from "node:crypto";
import { copyFileSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject, vi } from "vitest";

// One process runs many files: what the functions remember, and how the environment was set, goes with the file.
vi.resetModules();
vi.useRealTimers();
vi.restoreAllMocks();
const kept = globalThis as { environment?: NodeJS.ProcessEnv };
kept.environment ??= { ...process.env };
for (const name of Object.keys(process.env)) if (!(name in kept.environment)) delete process.env[name];
Object.assign(process.env, kept.environment);

/** Each test file has tables, keys and secrets of its own; functions read them as they do on AWS. */
const name = randomBytes(6).toString("hex");
process.env.DATA_FOLDER = join(tmpdir(), `resident-insurance-test-${name}`);
process.env.MAIN_TABLE = `main-${name}`;
process.env.LEDGER_TABLE = `ledger-${name}`;
process.env.AUDIT_TABLE = `audit-${name}`;
mkdirSync(join(process.env.DATA_FOLDER, "wechat-pay"), { recursive: true });
copyFileSync(inject("weChatPayKeys"), join(process.env.DATA_FOLDER, "wechat-pay", "keys.json"));
const { setEnvironment } = await import("../../local/environment.ts");
setEnvironment("http://localhost", inject("databaseEndpoint"));
