import type { S3Client } from "@aws-sdk/client-s3";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { config } from "../../functions/config.ts";
import { type TableName, tables } from "../../functions/tables.ts";
import { objectActions, tableActions } from "../../infra/grants.ts";
import type { Access, Endpoint } from "../../shared/api/endpoint.ts";
import { type EndpointName, endpoints } from "../../shared/api/endpoints.ts";

interface Asked {
  readonly call: string;
  readonly table: TableName | "incoming" | "kept";
  readonly action: string;
  readonly granted: boolean;
}

/** Stands in for IAM: says of every request to the database or for a file whether the endpoint that makes it was granted that. */
export function watch(client: DynamoDBDocumentClient, objects: S3Client) {
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
  objects.middlewareStack.add(
    (next, context) => async (args) => {
      const [place] = ((args.input as { Key?: string }).Key ?? "").split("/") as ["incoming" | "kept"];
      const action = (context.commandName ?? "").replace(/Command$/, "").replace("Head", "Get");
      const kind = current && (endpoints[current] as Endpoint).access.objects;
      const granted = grantedBy(kind ? { objects: kind } : {}, place).includes(action);
      if (current) asked.push({ call: current, table: place, action, granted });
      return next(args);
    },
    { step: "initialize", name: "grants", override: true },
  );
  return {
    asked,
    during: (name: EndpointName | null) => {
      current = name;
    },
    stop: () => [client, objects].map((one) => one.middlewareStack.remove("grants")),
  };
}

const physical = (table: TableName) =>
  ({ main: config.mainTable, ledger: config.ledgerTable, audit: config.auditTable })[table]();

export const grantedBy = (access: Access, table: Asked["table"]): readonly string[] => {
  if (table === "incoming" || table === "kept")
    return access.objects ? (objectActions[access.objects][table] ?? []) : [];
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
