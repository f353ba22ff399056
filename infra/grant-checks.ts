import { type TableName, tables } from "../functions/tables.ts";
import { type Access, type Endpoint, prefix } from "../shared/api/endpoint.ts";
import { type EndpointName, endpoints } from "../shared/api/endpoints.ts";
import { secrets, sideNames } from "./functions.ts";
import {
  type Check,
  capital,
  functionsOf,
  list,
  part,
  permissions,
  property,
  resources,
  routesOf,
  type System,
} from "./template.ts";

/** 授权检查 · who may do what, derived from the templates and held against what `access` says, by a second hand. */

/** What an access may come to, written here a second time and by hand. */
const allowed = {
  main: {
    read: ["BatchGetItem", "GetItem", "Query"],
    write: ["BatchGetItem", "ConditionCheckItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"],
  },
  ledger: { read: ["GetItem", "Query"], append: ["PutItem"] },
  audit: { read: ["Query"], append: ["PutItem"], "read-append": ["PutItem", "Query"] },
} as const;
const [incoming, kept] = ["data.Attachments.Arn/incoming/*", "data.Attachments.Arn/kept/*"];
const files: Readonly<Record<NonNullable<Access["objects"]>, readonly string[]>> = {
  offer: [`s3:PutObject on ${incoming}`, "kms:GenerateDataKey on data.StorageKey.Arn through s3"],
  receive: [
    ...["GetObject", "GetObjectTagging", "GetObjectVersionTagging", "DeleteObject"].map(
      (one) => `s3:${one} on ${incoming}`,
    ),
    ...["GetObject", "PutObject", "DeleteObject"].map((one) => `s3:${one} on ${kept}`),
    "s3:ListBucket on data.Attachments.Arn",
    "kms:Decrypt on data.StorageKey.Arn through s3",
    "kms:GenerateDataKey on data.StorageKey.Arn through s3",
  ],
  look: [`s3:GetObject on ${kept}`, "kms:Decrypt on data.StorageKey.Arn through s3"],
  remove: [
    `s3:DeleteObject on ${incoming}`,
    `s3:GetObject on ${kept}`,
    `s3:DeleteObject on ${kept}`,
    "s3:ListBucket on data.Attachments.Arn",
    "kms:Decrypt on data.StorageKey.Arn through s3",
  ],
};
const storageKey = "data.StorageKey.Arn";
const readsThroughKey = ["Decrypt", "DescribeKey"];
const writesThroughKey = [...readsThroughKey, "Encrypt", "GenerateDataKey", "ReEncryptFrom", "ReEncryptTo"];

function permissionsOf({ main, ledger, audit, objects }: Access): string[] {
  const on = (table: string, actions: readonly string[]) =>
    actions.map((one) => `dynamodb:${one} on data.${capital(table)}Table.Arn`);
  const writes = main === "write" || ledger === "append" || audit === "append" || audit === "read-append";
  const through = main || ledger || audit ? (writes ? writesThroughKey : readsThroughKey) : [];
  return [
    ...(main ? on("main", allowed.main[main]) : []),
    ...(main ? [`dynamodb:Query on data.MainTable.Arn/index/${tables.main.index.name}`] : []),
    ...(ledger ? on("ledger", allowed.ledger[ledger]) : []),
    ...(audit ? on("audit", allowed.audit[audit]) : []),
    ...through.map((one) => `kms:${one} on ${storageKey} through dynamodb`),
    ...(main ? ["kms:Decrypt on data.WrappingKey.Arn"] : []),
    ...(main === "write" ? ["kms:Encrypt on data.WrappingKey.Arn"] : []),
    ...(objects ? files[objects] : []),
  ];
}

export const routeKeyOf = ({ method, path }: Endpoint) => `${method} ${prefix}${path}`;
const byRouteKey = new Map(
  (Object.keys(endpoints) as EndpointName[]).map((name) => [routeKeyOf(endpoints[name]), name]),
);

const differences = (who: string, actual: readonly string[], expected: readonly string[]): string[] => [
  ...actual.filter((one) => !expected.includes(one)).map((one) => `${who} may ${one}, which nothing says`),
  ...expected.filter((one) => !actual.includes(one)).map((one) => `${who} lacks ${one}`),
];

const ownLog = (log: string) => ["logs:CreateLogStream", "logs:PutLogEvents"].map((one) => `${one} on ${log}.Arn`);

/** What the functions of streams and schedules may do, each by hand. */
const ofNoRoute: Readonly<Record<string, readonly string[]>> = {
  "resident.Sweep.Arn": [...booksPayments()],
  "resident.Reconcile.Arn": [...booksPayments()],
  "resident.Send.Arn": [
    ...permissionsOf({ main: "write" }),
    ...["Wechat", "Sms"].map((one) => `secretsmanager:GetSecretValue on data.${one}Secret`),
    `kms:Decrypt on ${storageKey} through secretsmanager`,
  ],
  "resident.Remind.Arn": [...permissionsOf({ main: "write" })],
  "resident.TakeEffect.Arn": [
    ...permissionsOf({ main: "write" }),
    "secretsmanager:GetSecretValue on data.SmsSecret",
    `kms:Decrypt on ${storageKey} through secretsmanager`,
  ],
  "resident.ExpireFilings.Arn": [...permissionsOf({ main: "write" })],
  "resident.Clear.Arn": [...permissionsOf({ main: "write", objects: "remove" })],
  "data.Outbox.Arn": [
    ...["DeleteItem", "GetItem", "PutItem", "UpdateItem"].map((one) => `dynamodb:${one} on data.MainTable.Arn`),
    ...streamPermissions("main"),
    ...writesThroughKey.map((one) => `kms:${one} on ${storageKey} through dynamodb`),
    "sqs:SendMessage on data.outboxletters.Arn",
  ],
  "data.LedgerGuard.Arn": [
    ...streamPermissions("ledger"),
    ...readsThroughKey.map((one) => `kms:${one} on ${storageKey} through dynamodb`),
    "sqs:SendMessage on data.ledgerguardletters.Arn",
  ],
};
function booksPayments(): string[] {
  return [
    ...permissionsOf({ main: "write", ledger: "append" }),
    "secretsmanager:GetSecretValue on data.WechatPaySecret",
    `kms:Decrypt on ${storageKey} through secretsmanager`,
  ];
}
function streamPermissions(table: TableName): string[] {
  return ["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"].map(
    (one) => `dynamodb:${one} on data.${capital(table)}Table.StreamArn`,
  );
}

/** Every function may do what its endpoints' access says: not a permission more, not one less. */
export const grantsWhatAccessSays: Check = (system) => {
  const functions = functionsOf(system);
  const findings: string[] = [];
  const expected = new Map(Object.entries(ofNoRoute).map(([name, own]) => [name, [...own]]));
  for (const side of sideNames) {
    for (const { routeKey, handler } of routesOf(system, side)) {
      const endpoint = byRouteKey.get(routeKey);
      const own = endpoint ? permissionsOf(endpoints[endpoint].access) : [];
      const so = expected.get(handler);
      if (so && endpoint && so.filter((one) => !one.startsWith("secrets")).join() !== own.join())
        findings.push(`${routeKey} shares a function with routes of another access`);
      expected.set(handler, so ?? own);
    }
  }
  for (const [name, { permissions, log, role }] of functions) {
    const wanted = secretsOf(system, name);
    const reads = wanted.length > 0 ? [...wanted, `kms:Decrypt on ${storageKey} through secretsmanager`] : [];
    const own = expected.get(name);
    if (!own) findings.push(`${name} is led to by no route, no stream and no clock`);
    findings.push(...differences(name, permissions, [...(own ?? []), ...reads, ...ownLog(log)]));
    if (role?.resource.Properties?.ManagedPolicyArns) findings.push(`${name} has managed policies`);
  }
  return findings;
};

function secretsOf(system: System, handler: string): string[] {
  const reached = sideNames
    .flatMap((side) => routesOf(system, side))
    .filter((route) => route.handler === handler)
    .map(({ routeKey }) => byRouteKey.get(routeKey));
  return Object.entries(secrets)
    .filter(([, users]) => users.some((name) => reached.includes(name)))
    .map(([name]) => `secretsmanager:GetSecretValue on data.${capital(name)}Secret`);
}

const appendOnly = ["ledger", "audit"] as const;
const changes = ["BatchWriteItem", "DeleteItem", "PartiQLDelete", "PartiQLInsert", "PartiQLUpdate", "UpdateItem"];

/** Nobody may change or remove what lies in the ledger or the audit: no role may, and the tables themselves refuse it. */
export const onlyAddsToTheBooks: Check = (system) => {
  const findings: string[] = [];
  for (const { stack, id, resource } of resources(system, "AWS::IAM::Role")) {
    for (const one of permissions(system, stack, resource)) {
      const [action = "", place = ""] = one.split(" on ");
      const book = appendOnly.find((table) => place.startsWith(`data.${capital(table)}Table.Arn`));
      if (book && !["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"].includes(action))
        findings.push(`${id} may ${action} on the ${book}`);
    }
  }
  for (const found of resources(system, "AWS::DynamoDB::Table")) {
    const book = appendOnly.find((table) => found.id.startsWith(`${capital(table)}Table`));
    if (!book) continue;
    const denied = list(property(found, "ResourcePolicy", "PolicyDocument", "Statement"))
      .filter(
        (one) => part(one, "Effect") === "Deny" && part(one, "Principal", "AWS") === "*" && !part(one, "Condition"),
      )
      .flatMap((one) => list(part(one, "Action")));
    for (const change of changes)
      if (!denied.includes(`dynamodb:${change}`)) findings.push(`the ${book} does not refuse ${change}`);
  }
  return findings;
};

/** No role may do everything of a kind, or something to everything; files have no names before they come. */
export const namesWhatItGrants: Check = (system) =>
  [...resources(system, "AWS::IAM::Role", "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::User")].flatMap(
    ({ stack, id, resource }) => {
      if (resource.Type !== "AWS::IAM::Role") return [`${id}: ${resource.Type} outside a function's own role`];
      return permissions(system, stack, resource).flatMap((one) => {
        const [action = "", place = ""] = one.split(" on ");
        const files = place === incoming || place === kept;
        return action.includes("*") || (place.includes("*") && !files) ? [`${id} may ${one}`] : [];
      });
    },
  );
