import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { s3 } from "../../functions/attachments/objects.ts";
import { db } from "../../functions/db.ts";
import type { Access, Endpoint } from "../../shared/api/endpoint.ts";
import { type EndpointName, endpoints } from "../../shared/api/endpoints.ts";
import { made, opens, places } from "../world/opening.ts";
import { everything } from "./everything.ts";
import { grantedBy, watch } from "./grants-watch.ts";

opens(places);

describe("grants", () => {
  let grants: ReturnType<typeof watch>;

  beforeAll(() => {
    grants = watch(db, s3());
  });
  afterAll(() => grants.stop());

  test("every handler does its work within what its endpoint is granted", async () => {
    const called = new Set<EndpointName>();
    const as = async <T>(name: EndpointName, work: () => Promise<T>): Promise<T> => {
      called.add(name);
      grants.during(name);
      try {
        return await work();
      } finally {
        grants.during(null);
      }
    };
    await everything(made, as);

    expect(grants.asked.filter(({ granted }) => !granted)).toEqual([]);
    expect(Object.keys(endpoints).filter((one) => !called.has(one as EndpointName))).toEqual([]);
  });

  test("whatever an officer writes leaves an entry of who did it", () => {
    const left = (call: string) => grants.asked.some((one) => one.call === call && one.table === "audit");
    const silent = Object.entries<Endpoint>(endpoints).filter(
      ([name, { caller, access }]) => caller.audience === "officer" && access.main === "write" && !left(name),
    );
    expect(silent.map(([name]) => name)).toEqual([]);
  });

  test("an access that is too narrow is seen, and so is one that is too wide", () => {
    const refusedTo = (call: EndpointName, access: Access) =>
      grants.asked
        .filter((one) => one.call === call && !grantedBy(access, one.table).includes(one.action))
        .map(({ table, action }) => `${table} ${action}`);
    expect(refusedTo("contributions.order", { main: "write" })).toContain("ledger PutItem");
    expect(refusedTo("progress.telephone", { main: "read" })).toContain("audit PutItem");
    expect(refusedTo("residents.bind", { main: "read" })).toContain("main UpdateItem");
    expect(refusedTo("attachments.receive", { main: "write", objects: "look" })).toContain("incoming GetObject");

    const writes = (call: string) =>
      grants.asked.some((one) => one.call === call && /Put|Update|Delete/.test(one.action));
    const onlyLooked = Object.entries<Endpoint>(endpoints).filter(
      ([name, { access }]) => (access.main === "write" || access.ledger === "append") && !writes(name),
    );
    expect(onlyLooked.map(([name]) => name)).toEqual([]);
  });
});
