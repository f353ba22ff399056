import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { serveDatabase } from "../../local/database.ts";
import { openKeys } from "../../local/wechat/book.ts";

declare module "vitest" {
  export interface ProvidedContext {
    databaseEndpoint: string;
    /** Where the keys of the local channel for WeChat Pay lie: they take a second to make, and serve every test file. */
    weChatPayKeys: string;
  }
}

/** One embedded database for the whole run, in memory; `DYNAMODB_ENDPOINT` names any other. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "resident-insurance-keys-"));
  openKeys(folder, new Date());
  project.provide("weChatPayKeys", join(folder, "keys.json"));
  const external = process.env.DYNAMODB_ENDPOINT;
  if (external) {
    project.provide("databaseEndpoint", external);
    return () => {};
  }
  const database = await serveDatabase();
  project.provide("databaseEndpoint", database.endpoint);
  return () => database.stop();
}
