import { describe, expect, test } from "vitest";
import type { Endpoint } from "../../shared/api/endpoint.ts";
import { type EndpointName, endpoints } from "../../shared/api/endpoints.ts";
import { type Row, relations, written } from "./access-table.ts";

const columns = ["name", "method", "path", "audience", "trust", "roles", "main", "ledger", "audit", "objects"] as const;

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
    objects: access.objects ?? "",
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
      ["attachments.look", { objects: "receive" }],
    ] as const) {
      expect(disagreements(written, changed(name, change))).toHaveLength(1);
    }
    expect(disagreements(written, listed.slice(1))).toEqual(["about.today is served nowhere"]);
    expect(disagreements(written.slice(1), listed)).toEqual(["about.today is in nobody's table"]);
  });

  test("name and number alone open what paying and being covered ask for, and the way to a second proof; no more", () => {
    const reasons: Readonly<Record<string, readonly EndpointName[]>> = {
      "to pay, for oneself or another": [
        "contributions.order",
        "contributions.orders",
        "contributions.order-state",
        "contributions.pay",
        "contributions.confirm",
        "contributions.close",
      ],
      "is the year covered, and what is due": ["contributions.owed", "contributions.calendar"],
      "the way to a second proof": ["proof.ways", "proof.send-code", "proof.prove"],
      "a phone shows with its own key what it was given after a fresh proof": [
        "credentials.renew",
        "credentials.shown",
      ],
    };
    const bound = written.filter(({ trust }) => trust === "bound").map(({ name }) => name);
    expect(bound.sort()).toEqual(Object.values(reasons).flat().sort());
  });

  test("each endpoint says what ties its object to whoever calls, in one of a few words, each of them used", () => {
    const said = written.map(({ name, relation }) => [name, relation!] as const);
    expect(said.filter(([, relation]) => !(relation in relations))).toEqual([]);
    expect(Object.keys(relations).filter((one) => !said.some(([, relation]) => relation === one))).toEqual([]);
    // A resident is asked who they are for no other reason than that something is theirs.
    expect(written.filter(({ audience, relation }) => audience === "resident" && relation === "none")).toEqual([]);
  });

  test("whoever must sign in can be looked up", () => {
    for (const [name, { caller, access }] of Object.entries<Endpoint>(endpoints))
      if (caller.audience === "resident" || caller.audience === "officer") expect(access.main, name).toBeDefined();
  });
});
