import type { TestProject } from "vitest/node";
import { serveDatabase } from "../local/database.ts";

declare module "vitest" {
  export interface ProvidedContext {
    databaseEndpoint: string;
  }
}

/** One embedded database for the whole run, in memory; `DYNAMODB_ENDPOINT` names any other. */
export default async function setup(project: TestProject): Promise<() => void> {
  const external = process.env.DYNAMODB_ENDPOINT;
  if (external) {
    project.provide("databaseEndpoint", external);
    return () => {};
  }
  const database = await serveDatabase();
  project.provide("databaseEndpoint", database.endpoint);
  return () => database.stop();
}
