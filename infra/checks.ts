import { type TableName, tables } from "../functions/tables.ts";
import { endpoints } from "../shared/api/endpoints.ts";
import { propertiesNotInChina, typesElsewhere, typesInChina } from "./china.ts";
import { served, sideNames } from "./functions.ts";
import { grantsWhatAccessSays, namesWhatItGrants, onlyAddsToTheBooks, routeKeyOf } from "./grant-checks.ts";
import { edgeProvesItself, pagesAreBounded } from "./site-checks.ts";
import {
  type Check,
  capital,
  type Found,
  type Json,
  list,
  part,
  property,
  resources,
  routesOf,
  spell,
} from "./template.ts";

/** 检查 · what is read out of the synthesized templates, and nothing else: a finding is a sentence, none is clean. */

/** Every endpoint of a side is one route, with `$default` for the rest, and nothing else is served. */
const servesTheList: Check = (system) =>
  sideNames.flatMap((side) => {
    const expected = ["$default", ...served(side).map((name) => routeKeyOf(endpoints[name]))];
    const actual = routesOf(system, side).map(({ routeKey }) => routeKey);
    return [
      ...expected
        .filter((one) => actual.filter((other) => other === one).length !== 1)
        .map((one) => `${side}: ${one} is not served by exactly one route`),
      ...actual.filter((one) => !expected.includes(one)).map((one) => `${side}: ${one} is served and on no list`),
    ];
  });

const policies: Readonly<Record<string, readonly string[]>> = {
  "AWS::DynamoDB::Table": ["ResourcePolicy", "PolicyDocument"],
  "AWS::KMS::Key": ["KeyPolicy"],
  "AWS::S3::BucketPolicy": ["PolicyDocument"],
  "AWS::SNS::TopicPolicy": ["PolicyDocument"],
  "AWS::SQS::QueuePolicy": ["PolicyDocument"],
};

/** Nothing is open to the world but the API's routes and the sites' domains, and those only encrypted. */
const nothingIsPublic: Check = (system) => [
  ...[...resources(system, ...Object.keys(policies))].flatMap((found) =>
    list(property(found, ...policies[found.resource.Type]!, "Statement")).flatMap((statement) => {
      if (part(statement, "Effect") !== "Allow") return [];
      const who = part(statement, "Principal");
      const byService = part(who, "Service") === "cloudfront.amazonaws.com";
      const everybody = who === "*" || list(part(who, "AWS")).includes("*");
      if (everybody) return [`${found.id} is open to everybody`];
      return byService && !part(statement, "Condition", "StringEquals", "AWS:SourceArn")
        ? [`${found.id} is open to every distribution`]
        : [];
    }),
  ),
  ...[...resources(system, "AWS::S3::Bucket")].flatMap((found) =>
    ["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"].every(
      (one) => property(found, "PublicAccessBlockConfiguration", one) === true,
    ) && !property(found, "WebsiteConfiguration")
      ? []
      : [`${found.id} does not block public access`],
  ),
  ...[...resources(system, "AWS::S3::Bucket")].flatMap((found) => {
    const own = [...resources(system, "AWS::CloudFront::Distribution")].flatMap((site) =>
      list(property(site, "DistributionConfig", "Aliases")).map((domain) => `https://${domain}`),
    );
    const rules = list(property(found, "CorsConfiguration", "CorsRules"));
    return rules
      .flatMap((rule) => [...list(part(rule, "AllowedOrigins")), ...list(part(rule, "AllowedHeaders"))])
      .filter((one) => !own.includes(String(one)) && one !== "content-type")
      .map((one) => `${found.id} answers ${one}`);
  }),
  ...[...resources(system, "AWS::Lambda::Url")].map(({ id }) => `${id} is a function's own address`),
  ...[...resources(system, "AWS::Lambda::Permission")].flatMap((found) =>
    ["apigateway.amazonaws.com", "events.amazonaws.com"].includes(String(property(found, "Principal"))) &&
    property(found, "SourceArn")
      ? []
      : [`${found.id} lets others call a function`],
  ),
  ...[...resources(system, "AWS::ApiGatewayV2::Api")].flatMap((found) =>
    property(found, "CorsConfiguration") ? [`${found.id} answers other origins`] : [],
  ),
  ...[...resources(system, "AWS::CloudFront::Distribution")].flatMap(distributionFindings),
  ...[...resources(system, "AWS::Cognito::UserPool")].flatMap((found) => [
    ...(property(found, "MfaConfiguration") === "ON" ? [] : [`${found.id} asks for one factor only`]),
    ...(property(found, "AdminCreateUserConfig", "AllowAdminCreateUserOnly") === true
      ? []
      : [`${found.id} lets anybody sign up`]),
  ]),
];

function distributionFindings(found: Found): string[] {
  const config = (...path: string[]) => property(found, "DistributionConfig", ...path);
  const behaviors = [config("DefaultCacheBehavior"), ...list(config("CacheBehaviors"))];
  return [
    ...behaviors
      .filter((one) => !["redirect-to-https", "https-only"].includes(String(part(one, "ViewerProtocolPolicy"))))
      .map(() => `${found.id} answers unencrypted`),
    ...(config("ViewerCertificate", "MinimumProtocolVersion") === "TLSv1.2_2021" ? [] : [`${found.id} takes old TLS`]),
    ...(config("Logging", "Bucket") ? [] : [`${found.id} keeps no log`]),
    ...list(config("Origins"))
      .filter((one) => part(one, "CustomOriginConfig"))
      .filter((one) => part(one, "CustomOriginConfig", "OriginProtocolPolicy") !== "https-only")
      .map(() => `${found.id} speaks to its API unencrypted`),
  ];
}

const kept = [
  "AWS::Cognito::UserPool",
  "AWS::DynamoDB::Table",
  "AWS::KMS::Key",
  "AWS::Logs::LogGroup",
  "AWS::S3::Bucket",
  "AWS::SQS::Queue",
  "AWS::SecretsManager::Secret",
];
const halfAYear = 180;

/** Nothing that holds data goes with its stack, and what goes wrong can be taken back. */
const nothingIsLost: Check = (system) => [
  ...[...resources(system, ...kept)].flatMap(({ id, resource }) =>
    resource.DeletionPolicy === "Retain" && resource.UpdateReplacePolicy === "Retain"
      ? []
      : [`${id} goes with its stack`],
  ),
  ...[...resources(system, "AWS::DynamoDB::Table")].flatMap((found) => [
    ...(property(found, "PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled") === true
      ? []
      : [`${found.id} cannot be put back in time`]),
    ...(property(found, "DeletionProtectionEnabled") === true ? [] : [`${found.id} can be deleted`]),
    ...(property(found, "SSESpecification", "SSEType") === "KMS" &&
    property(found, "SSESpecification", "KMSMasterKeyId")
      ? []
      : [`${found.id} is not encrypted with our key`]),
  ]),
  ...[...resources(system, "AWS::KMS::Key")].flatMap((found) =>
    property(found, "EnableKeyRotation") === true ? [] : [`${found.id} is never turned`],
  ),
  ...[...resources(system, "AWS::Cognito::UserPool")].flatMap((found) =>
    property(found, "DeletionProtection") === "ACTIVE" ? [] : [`${found.id} can be deleted`],
  ),
  ...[...resources(system, "AWS::Logs::LogGroup")].flatMap((found) =>
    Number(property(found, "RetentionInDays")) >= halfAYear ? [] : [`${found.id} is kept less than half a year`],
  ),
];

/** What people hand in is encrypted with our key, and can be taken back; what came in and was not kept is soon gone. */
const filesAreKept: Check = (system) => {
  const [found, ...others] = [...resources(system, "AWS::S3::Bucket")].filter(({ id }) =>
    /^Attachments[0-9A-F]{8}$/.test(id),
  );
  if (!found || others.length > 0) return ["there is not one bucket for attachments"];
  const [encryption] = list(property(found, "BucketEncryption", "ServerSideEncryptionConfiguration"));
  const byKey = part(encryption, "ServerSideEncryptionByDefault", "KMSMasterKeyID");
  const rules = list(property(found, "LifecycleConfiguration", "Rules"));
  const ofIncoming = rules.find((one) => part(one, "Prefix") === "incoming/");
  const ending = rules.filter((one) => part(one, "ExpirationInDays") !== undefined);
  return [
    ...(spell(system, found.stack, byKey) === "data.StorageKey.Arn"
      ? []
      : ["attachments are not encrypted with our key"]),
    ...(property(found, "VersioningConfiguration", "Status") === "Enabled" ? [] : ["attachments cannot be taken back"]),
    ...(property(found, "LoggingConfiguration", "DestinationBucketName")
      ? []
      : ["nobody writes down who takes attachments"]),
    ...(part(ofIncoming, "ExpirationInDays") === 1 && part(ofIncoming, "Status") === "Enabled"
      ? []
      : ["what came in stays"]),
    ...(ending.every((one) => one === ofIncoming) ? [] : ["what is kept goes by itself"]),
  ];
};

/** The three tables are what `functions/tables.ts` says, and no other is made. */
const tablesAsDeclared: Check = (system) => {
  const made = [...resources(system, "AWS::DynamoDB::Table")];
  const names = Object.keys(tables) as TableName[];
  const expected = new Map(names.map((name) => [name, shapeOf(name)]));
  return [
    ...made
      .filter(({ id }) => !names.some((name) => id.startsWith(`${capital(name)}Table`)))
      .map(({ id }) => `${id} is declared nowhere`),
    ...names.flatMap((name) => {
      const found = made.find(({ id }) => id.startsWith(`${capital(name)}Table`));
      if (!found) return [`table ${name} is not made`];
      const index = part(list(property(found, "GlobalSecondaryIndexes"))[0], "IndexName");
      const shape = {
        keys: list(property(found, "KeySchema")).map((one) => part(one, "AttributeName")),
        index: index ?? null,
        expiry: property(found, "TimeToLiveSpecification", "AttributeName") ?? null,
        stream: property(found, "StreamSpecification") !== undefined,
      };
      return JSON.stringify(shape) === JSON.stringify(expected.get(name)) ? [] : [`table ${name} is not as declared`];
    }),
  ];
};
function shapeOf(name: TableName) {
  const { index, expiry, stream } = tables[name];
  return { keys: ["pk", "sk"], index: index?.name ?? null, expiry, stream };
}

const filters: Readonly<Record<string, Json>> = {
  "data.MainTable.StreamArn": {
    eventName: ["INSERT"],
    dynamodb: { NewImage: { outbox: { S: [{ exists: true }] } } },
  },
  "data.LedgerTable.StreamArn": { eventName: ["MODIFY", "REMOVE"] },
};

/** Only new outbox items reach the outbox's consumer, only changes the ledger's guard; what fails is bounded and kept. */
const streamsAreFiltered: Check = (system) => {
  const mappings = [...resources(system, "AWS::Lambda::EventSourceMapping")];
  const sources = mappings.map((one) => spell(system, one.stack, property(one, "EventSourceArn")));
  return [
    ...Object.keys(filters)
      .filter((one) => !sources.includes(one))
      .map((one) => `nobody listens to ${one}`),
    ...mappings.flatMap((found, i) => {
      const wanted = filters[sources[i]!];
      const patterns = list(property(found, "FilterCriteria", "Filters")).map((one) => String(part(one, "Pattern")));
      const same =
        wanted && patterns.length === 1 && JSON.stringify(JSON.parse(patterns[0]!)) === JSON.stringify(wanted);
      const tries = Number(property(found, "MaximumRetryAttempts") ?? -1);
      return [
        ...(same ? [] : [`${found.id} hears more or less than it should`]),
        ...(tries > 0 ? [] : [`${found.id} tries for ever`]),
        ...(property(found, "BisectBatchOnFunctionError") === true
          ? []
          : [`${found.id} lets one item hold others back`]),
        ...(list(property(found, "FunctionResponseTypes")).includes("ReportBatchItemFailures")
          ? []
          : [`${found.id} repeats a whole batch for one item`]),
        ...(property(found, "DestinationConfig", "OnFailure", "Destination") ? [] : [`${found.id} drops what fails`]),
      ];
    }),
  ];
};

/** What the clock calls, and how often: written here a second time and by hand. */
const schedules: Readonly<Record<string, string>> = {
  "resident.Sweep.Arn": "rate(1 minute)",
  "resident.Reconcile.Arn": "cron(30 2-8 * * ? *)",
  "resident.Send.Arn": "rate(1 minute)",
  "resident.Remind.Arn": "rate(5 minutes)",
  "resident.Clear.Arn": "rate(1 hour)",
  "resident.ExpireFilings.Arn": "rate(1 hour)",
  "resident.TakeEffect.Arn": "rate(5 minutes)",
};

/** Whatever the clock has to call is called by one rule, as often as it should be, and may be called by it. */
const clockCalls: Check = (system) => {
  const rules = [...resources(system, "AWS::Events::Rule")].map((found) => ({
    id: spell(system, found.stack, { "Fn::GetAtt": [found.id, "Arn"] }),
    target: spell(system, found.stack, part(list(property(found, "Targets"))[0], "Arn")),
    every: property(found, "State") === "ENABLED" ? String(property(found, "ScheduleExpression")) : "never",
  }));
  const allowed = [...resources(system, "AWS::Lambda::Permission")].map(
    (found) =>
      `${spell(system, found.stack, property(found, "SourceArn"))} ${spell(system, found.stack, property(found, "FunctionName"))}`,
  );
  return [
    ...Object.entries(schedules).flatMap(([target, every]) => {
      const own = rules.filter((one) => one.target === target);
      if (own.length !== 1) return [`${target} is called by ${own.length} rules`];
      const [{ id, every: found }] = own as [(typeof own)[number]];
      return [
        ...(found === every ? [] : [`${target} is called ${found}, not ${every}`]),
        ...(allowed.includes(`${id} ${target}`) ? [] : [`${target} may not be called by its rule`]),
      ];
    }),
    ...rules.filter(({ target }) => !schedules[target]).map(({ id }) => `${id} calls what no list has`),
  ];
};

/** The partition has every type and property that is used, and no address is written for another one. */
const fitsThePartition: Check = (system) => {
  const types = [...Object.keys(typesInChina), ...(system.partition === "aws-cn" ? [] : typesElsewhere)];
  return [
    ...[...resources(system)].flatMap(({ id, resource }) => {
      const used = JSON.stringify(resource.Properties ?? {});
      const never = system.partition === "aws-cn" ? (propertiesNotInChina[resource.Type] ?? []) : [];
      return [
        ...(types.includes(resource.Type) ? [] : [`${id}: ${resource.Type} is not on the list of ${system.partition}`]),
        ...never.filter((one) => used.includes(`"${one}"`)).map((one) => `${id}: ${one} is not in ${system.partition}`),
        ...(/arn:aws(-cn)?:/.test(used) ? [`${id} names a partition in an ARN`] : []),
      ];
    }),
  ];
};

/** Where secrets are, which key opens them, and what the edge shows: that opens nothing, and reading it would cost every start. */
const mayBeHeld = ["SECRETS", "KMS_KEY", "EDGE_SECRET"];

/** Every function is small, bounded and of one make, and holds no secret in its environment. */
const functionsAreModest: Check = (system) =>
  [...resources(system, "AWS::Lambda::Function")].flatMap((found) => {
    const variables = Object.keys((property(found, "Environment", "Variables") as object) ?? {});
    const seconds = Number(property(found, "Timeout") ?? 0);
    return [
      ...(property(found, "Runtime") === "nodejs22.x" ? [] : [`${found.id} runs on something else`]),
      ...(list(property(found, "Architectures")).includes("arm64") ? [] : [`${found.id} is of another make`]),
      ...(seconds > 0 && seconds <= 60 ? [] : [`${found.id} has no good time limit`]),
      ...(property(found, "MemorySize") ? [] : [`${found.id} has no memory set`]),
      ...(property(found, "LoggingConfig", "LogGroup") ? [] : [`${found.id} logs into a group of nobody's`]),
      ...variables
        .filter((one) => /SECRET|PASSWORD|TOKEN|_KEY$/.test(one) && !mayBeHeld.includes(one))
        .map((one) => `${found.id} holds ${one} in its environment`),
    ];
  });

/** Lambda keeps so many for functions of which nothing is kept, and refuses a deployment that leaves fewer. */
const unreserved = 100;

/** No function can take what the others need, and together they are kept no more than the account has. */
const concurrencyIsShared: Check = (system) => {
  const made = [...resources(system, "AWS::Lambda::Function")];
  const kept = (found: Found) => Number(property(found, "ReservedConcurrentExecutions") ?? 0);
  const sum = made.reduce((all, found) => all + kept(found), 0);
  const has = system.atOnce - unreserved;
  return [
    ...made.flatMap((found) =>
      kept(found) > 0 && kept(found) <= has / 10
        ? []
        : [`${found.id} may run ${kept(found) || "without bound"}: more than a tenth of the account`],
    ),
    ...(sum <= has ? [] : [`functions are kept ${sum} calls at once, and the account has ${has}`]),
  ];
};

/** What must ring, and at what at the latest: metric of a resource, stack, limit. */
const alarms: readonly [metric: string, stack: string, limit: number, count: number][] = [
  ["Latency", "resident", 2_000, 1],
  ["Latency", "agency", 3_000, 1],
  ["Latency", "provider", 2_000, 1],
  ["Errors", "resident", 1, Object.keys(schedules).length],
  ["5xx", "resident", 1, 1],
  ["5xx", "agency", 1, 1],
  ["5xx", "provider", 1, 1],
  ["Ringing", "provider", 1, 1],
  ["Refused", "data", 500, 9],
  ["IteratorAge", "data", 30_000, 2],
  ["Errors", "data", 1, 2],
  ["ApproximateNumberOfMessagesVisible", "data", 1, 2],
  ["Invocations", "data", 1, 1],
  ["WriteThrottleEvents", "data", 1, Object.keys(tables).length],
];

/** Every promise has an alarm that rings in time, and somebody hears it. */
const alarmsRing: Check = (system) => {
  const made = [...resources(system, "AWS::CloudWatch::Alarm")];
  return [
    ...alarms.flatMap(([metric, stack, limit, count]) => {
      const own = made.filter(
        (one) =>
          one.stack === stack &&
          JSON.stringify(one.resource.Properties).includes(`"MetricName":"${metric}"`) &&
          Number(property(one, "Threshold")) <= limit,
      );
      return own.length === count ? [] : [`${stack}: ${own.length} of ${count} alarms for ${metric} at ${limit}`];
    }),
    ...made.flatMap((one) =>
      list(property(one, "AlarmActions")).some((action) => spell(system, one.stack, action) === "data.Alarms")
        ? []
        : [`${one.id} rings and nobody hears it`],
    ),
  ];
};

/** Every check, by the sentence that it proves. */
export const checks: Readonly<Record<string, Check>> = {
  "every endpoint is one route, and nothing else is served": servesTheList,
  "every function may do what its access says, no more and no less": grantsWhatAccessSays,
  "nobody can change the ledger or the audit": onlyAddsToTheBooks,
  "no role has a wildcard": namesWhatItGrants,
  "nothing is public": nothingIsPublic,
  "the edge proves itself": edgeProvesItself,
  "pages are bounded": pagesAreBounded,
  "nothing is lost with the stack": nothingIsLost,
  "files are kept": filesAreKept,
  "the tables are as declared": tablesAsDeclared,
  "streams are filtered and bounded": streamsAreFiltered,
  "the clock calls what it should": clockCalls,
  "the partition has all of it": fitsThePartition,
  "functions are modest": functionsAreModest,
  "no function takes what the others need": concurrencyIsShared,
  "every promise has an alarm that somebody hears": alarmsRing,
};
