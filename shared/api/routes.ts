import type { RouteTable } from "./client.ts";
import { prefix } from "./endpoint.ts";
import { type EndpointName, endpoints } from "./endpoints.ts";

/** The route table that the front ends' builds put in: names, methods and paths, no schemas. */
export const routeTable = (): RouteTable =>
  Object.fromEntries(
    Object.entries(endpoints).map(([name, { method, path }]) => [name, { method, path: `${prefix}${path}` }]),
  ) as Record<EndpointName, { method: string; path: string }>;
