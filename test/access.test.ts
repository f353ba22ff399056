import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { config } from "../functions/config.ts";
import { db } from "../functions/table.ts";
import { type TableName, tables } from "../functions/tables.ts";
import { tableActions } from "../infra/grants.ts";
import type { Resident } from "../local/county/people.ts";
import type { Access, Endpoint } from "../shared/api/endpoint.ts";
import { type EndpointName, endpoints } from "../shared/api/endpoints.ts";
import { day } from "../shared/day.ts";
import { refusal, unit, type World, world } from "./world.ts";

type Row = Readonly<Record<string, string>>;

const columns = ["name", "method", "path", "audience", "trust", "roles", "main", "ledger", "audit"] as const;

function readTable(text: string): Row[] {
  const [head = "", ...lines] = text.trim().split("\n");
  const names = head.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, i) => [names[i], cell])));
}

const written = readTable(readFileSync(join(import.meta.dirname, "access.csv"), "utf8"));

function rowOf(name: string, { method, path, caller, access }: Endpoint): Row {
  return {
    name,
    method,
    path,
    audience: caller.audience,
    trust: caller.audience === "resident" ? caller.trust : "",
    roles: caller.audience === "officer" ? [...caller.roles].sort().join(" ") : "",
    main: access.main ?? "",
    ledger: access.ledger ?? "",
    audit: access.audit ?? "",
  };
}
const listed = Object.entries(endpoints).map(([name, endpoint]) => rowOf(name, endpoint));

/** Where the hand-written table and the list say different things, each as a sentence. */
function disagreements(byHand: readonly Row[], inList: readonly Row[]): string[] {
  const find = (rows: readonly Row[], name: string | undefined) => rows.find((one) => one.name === name);
  return [
    ...inList.filter(({ name }) => !find(byHand, name)).map(({ name }) => `${name} is in nobody's table`),
    ...byHand.flatMap((row) => {
      const other = find(inList, row.name);
      if (!other) return [`${row.name} is served nowhere`];
      return columns
        .filter((column) => row[column] !== other[column])
        .map((column) => `${row.name}: ${column} is "${other[column]}" and should be "${row[column]}"`);
    }),
    ...byHand.filter((row, i) => find(byHand.slice(0, i), row.name)).map(({ name }) => `${name} stands twice`),
  ];
}

describe("who may do what", () => {
  test("the list and the table written by hand agree", () => {
    expect(disagreements(written, listed)).toEqual([]);
  });

  test("a wider role, a lower trust, a stronger access, a new or a lost endpoint is seen", () => {
    const changed = (name: EndpointName, change: Row) =>
      listed.map((row) => (row.name === name ? { ...row, ...change } : row));
    for (const [name, change] of [
      ["progress.names", { roles: "progress visits" }],
      ["contributions.order", { trust: "signed-in" }],
      ["progress.board", { main: "write" }],
      ["progress.telephone", { audit: "" }],
      ["ledger.trial-balance", { ledger: "append" }],
      ["payments.notified", { audience: "anyone" }],
    ] as const) {
      expect(disagreements(written, changed(name, change))).toHaveLength(1);
    }
    expect(disagreements(written, listed.slice(1))).toEqual(["about.today is served nowhere"]);
    expect(disagreements(written.slice(1), listed)).toEqual(["about.today is in nobody's table"]);
  });

  test("whoever must sign in can be looked up", () => {
    for (const [name, { caller, access }] of Object.entries<Endpoint>(endpoints))
      if (caller.audience === "resident" || caller.audience === "officer") expect(access.main, name).toBeDefined();
  });
});

interface Asked {
  readonly call: string;
  readonly table: TableName;
  readonly action: string;
  readonly granted: boolean;
}

/** Stands in for IAM: says of every request to the database whether the endpoint that makes it was granted that. */
function watch(client: DynamoDBDocumentClient) {
  let current: EndpointName | null = null;
  const asked: Asked[] = [];
  const named = (name: string) => (Object.keys(tables) as TableName[]).find((one) => physical(one) === name)!;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (current) {
        const { access }: Endpoint = endpoints[current];
        for (const { table, action } of actionsOf(context.commandName ?? "", args.input as Input)) {
          const granted = grantedBy(access, named(table)).includes(action);
          asked.push({ call: current, table: named(table), action, granted });
        }
      }
      return next(args);
    },
    { step: "initialize", name: "grants", override: true },
  );
  return {
    asked,
    during: (name: EndpointName | null) => {
      current = name;
    },
    stop: () => client.middlewareStack.remove("grants"),
  };
}

const physical = (table: TableName) =>
  ({ main: config.mainTable, ledger: config.ledgerTable, audit: config.auditTable })[table]();

const grantedBy = (access: Access, table: TableName): readonly string[] => {
  const kind = access[table];
  return kind ? ((tableActions[table] as Record<string, readonly string[]>)[kind] ?? []) : [];
};

interface Input {
  TableName?: string;
  TransactItems?: Record<string, { TableName?: string }>[];
  RequestItems?: Record<string, unknown>;
}

const partActions: Readonly<Record<string, string>> = {
  ConditionCheck: "ConditionCheckItem",
  Delete: "DeleteItem",
  Get: "GetItem",
  Put: "PutItem",
  Update: "UpdateItem",
};

/** What IAM asks for a command, with the table: a transaction's parts, each for itself. */
function actionsOf(command: string, { TableName = "", TransactItems, RequestItems }: Input) {
  const action = command.replace(/Command$/, "");
  if (TransactItems)
    return TransactItems.flatMap((item) =>
      Object.entries(item).map(([part, { TableName: of = "" }]) => ({
        table: of,
        action: partActions[part] ?? part,
      })),
    );
  if (RequestItems) return Object.keys(RequestItems).map((table) => ({ table, action }));
  return [{ table: TableName, action: partActions[action] ?? action }];
}

describe("grants", () => {
  let made: World;
  let grants: ReturnType<typeof watch>;
  const village = "370611001201";

  beforeAll(async () => {
    made = await world();
    await Promise.all([
      unit("370600", "烟台市"),
      unit("370611", "福山区"),
      unit("370611001", "东河镇"),
      unit(village, "杏林村"),
    ]);
    grants = watch(db);
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
    const person = await made.enlist({ telephone: "13900002222" });
    const paidFor = await made.enlist();
    const free = await made.enlist({
      identities: [{ kind: "minimum-living", from: day("2022-11-03"), until: null }],
    });
    const { anyone } = made;
    const telephone = "13900001111";
    const self = { who: "self" as const };
    const named = ({ name, identityNumber }: Resident) => ({ who: "other" as const, name, identityNumber });

    await as("about.today", () => anyone("about.today"));
    await as("about.openapi", () => anyone("about.openapi"));
    await as("sign-in.wechat", () => anyone("sign-in.wechat", { body: { code: "demo-grants" } }));
    await as("sign-in.send-code", () => anyone("sign-in.send-code", { body: { telephone } }));
    const code = made.codeSentTo(telephone);
    const tokens = await as("sign-in.telephone", () => anyone("sign-in.telephone", { body: { telephone, code } }));
    const { accessToken } = await as("sign-in.refresh", () =>
      anyone("sign-in.refresh", { body: { refreshToken: tokens.refreshToken } }),
    );
    const call = made.as(accessToken);
    const { name, identityNumber } = person;
    await as("residents.bind", () => call("residents.bind", { body: { name, identityNumber } }));
    await as("residents.me", () => call("residents.me"));
    const wish = { whom: self, benefitYear: 2026 };
    await as("contributions.owed", () => call("contributions.owed", { body: wish }));
    await as("contributions.owed", () =>
      call("contributions.owed", { body: { whom: named(paidFor), benefitYear: 2026 } }),
    );

    const order = (lines: { whom: ReturnType<typeof named> | typeof self }[], expected: string) =>
      as("contributions.order", () =>
        call("contributions.order", {
          body: {
            requestNo: `grants-000${lines.length}`,
            lines: lines.map((line) => ({ ...line, benefitYear: 2026 })),
            expected,
          },
        }),
      );
    const { orderNo } = await order([{ whom: self }, { whom: named(paidFor) }], "800.00");
    expect((await order([{ whom: named(free) }], "0.00")).state).toBe("booked");
    await as("contributions.orders", () => call("contributions.orders"));
    await as("contributions.order-state", () => call("contributions.order-state", { params: { orderNo } }));
    // The cashier is not there in this test: what is asked of the tables comes before.
    const paying = () => refusal(call("contributions.pay", { params: { orderNo } }));
    expect(await as("contributions.pay", paying)).toBe("channel-unreachable");
    await as("contributions.close", () => call("contributions.close", { params: { orderNo } }));
    const notice = made.notice(orderNo, "800.00");
    await as("payments.notified", () => anyone("payments.notified", { body: notice }));
    await as("sign-in.sign-out", () => call("sign-in.sign-out"));

    const officer = await made.officer("grants", "370600", ["progress", "visits", "targets", "finance"]);
    const params = { unit: village };
    const query = { year: "2026" };
    await as("officers.me", () => officer("officers.me"));
    await as("progress.board", () => officer("progress.board", { params, query }));
    await as("progress.names", () => officer("progress.names", { params, query }));
    const visit = { personNo: person.personNo, year: 2026, outcome: "will-pay" as const };
    await as("progress.visit", () => officer("progress.visit", { body: visit }));
    await as("progress.telephone", () =>
      officer("progress.telephone", { body: { personNo: person.personNo, reason: "核对联系方式" } }),
    );
    await as("progress.target", () => officer("progress.target", { params, body: { year: 2026, target: "0.95" } }));
    await as("ledger.trial-balance", () =>
      officer("ledger.trial-balance", { query: { from: day("2025-11-20"), until: day("2025-11-20") } }),
    );

    expect(grants.asked.filter(({ granted }) => !granted)).toEqual([]);
    expect(Object.keys(endpoints).filter((one) => !called.has(one as EndpointName))).toEqual([]);
  });

  test("an access that is too narrow is seen, and so is one that is too wide", () => {
    const refusedTo = (call: EndpointName, access: Access) =>
      grants.asked
        .filter((one) => one.call === call && !grantedBy(access, one.table).includes(one.action))
        .map(({ table, action }) => `${table} ${action}`);
    expect(refusedTo("contributions.order", { main: "write" })).toContain("ledger PutItem");
    expect(refusedTo("progress.telephone", { main: "read" })).toContain("audit PutItem");
    expect(refusedTo("residents.bind", { main: "read" })).toContain("main UpdateItem");

    const writes = (call: string) =>
      grants.asked.some((one) => one.call === call && /Put|Update|Delete/.test(one.action));
    const onlyLooked = Object.entries<Endpoint>(endpoints).filter(
      ([name, { access }]) => (access.main === "write" || access.ledger === "append") && !writes(name),
    );
    expect(onlyLooked.map(([name]) => name)).toEqual([]);
  });
});
