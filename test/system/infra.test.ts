import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Logger } from "@aws-lambda-powertools/logger";
import { Code } from "aws-cdk-lib/aws-lambda";
import type { APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { config } from "../../functions/config.ts";
import { handler as tampered } from "../../functions/ledger/tampered.ts";
import { loadSecrets } from "../../functions/secrets.ts";
import { bundleEach, codeFolder, entryOf, hasLibrary, readAtStart } from "../../infra/bundle.ts";
import { checks } from "../../infra/checks.ts";
import { byRoute, functionsOf, type SecretName, secrets, sideNames } from "../../infra/functions.ts";
import { synthesize } from "../../infra/system.ts";
import type { System } from "../../infra/template.ts";
import { createTables } from "../../local/database.ts";
import type { Endpoint } from "../../shared/api/endpoint.ts";
import { type EndpointName, endpoints } from "../../shared/api/endpoints.ts";

type Partition = System["partition"];
const partitions: readonly Partition[] = ["aws", "aws-cn"];
const root = join(import.meta.dirname, "../..");
const unbundled = () => Code.fromInline("not bundled for a test");

const made = new Map<Partition, ReturnType<typeof synthesize>>();
beforeAll(() => {
  // CloudFormation's own schemas take three seconds to load; `npm run synth` holds the templates against them.
  vi.stubEnv("CDK_VALIDATION", "false");
  for (const partition of partitions) made.set(partition, synthesize(partition, unbundled));
});

describe.each(partitions)("%s", (partition) => {
  test.each(Object.entries(checks))("%s", (_, check) => {
    expect(check(made.get(partition)!.system)).toEqual([]);
  });

  test("cdk-nag finds nothing that is not accepted with a reason, and nothing is accepted in vain", () => {
    expect(made.get(partition)!.findings).toEqual([]);
    expect(made.get(partition)!.accepted).toBeGreaterThan(0);
  });

  test("a side stands on the data and on no other side", () => {
    for (const side of sideNames) {
      const text = JSON.stringify(made.get(partition)!.system.stacks[side]);
      const from = [...text.matchAll(/"Fn::ImportValue":"([^:"]+):/g)].map((match) => match[1]);
      expect(new Set(from)).toEqual(new Set(["resident-insurance-demo-data"]));
    }
  });
});

type Node = { [name: string]: unknown };
type Resources = { [id: string]: Node };

/** The id of the one resource of a type that begins so. */
function idOf(resources: Resources, type: string, begins = ""): string {
  const found = Object.entries(resources).find(([id, { Type }]) => Type === type && id.startsWith(begins));
  if (!found) throw new Error(`no ${type} ${begins}`);
  return found[0];
}
const one = (resources: Resources, type: string, begins?: string): Node => resources[idOf(resources, type, begins)]!;

/** Sets what lies at the end of a path, and makes the way there. */
function put(node: Node, path: readonly (string | number)[], value: unknown): void {
  let at = node;
  for (const step of path.slice(0, -1)) {
    at[step] ??= {};
    at = at[step] as Node;
  }
  const last = path[path.length - 1]!;
  if (value === undefined) delete at[last];
  else at[last] = value;
}

const statement = (Action: string, Resource: unknown) => ({ Effect: "Allow", Action, Resource });
const exported = (text: RegExp, resources: Resources) => {
  const name = text.exec(JSON.stringify(resources))?.[0];
  if (!name) throw new Error(`${text} is imported nowhere`);
  return { "Fn::ImportValue": name };
};
const imported = (what: string) =>
  new RegExp(`resident-insurance-demo-data:ExportsOutput[A-Za-z]*${what}[0-9A-Z][^"]*`);
const tableArn = (table: string, resources: Resources) =>
  exported(imported(`FnGetAtt${table}Table\\w{8}Arn`), resources);

/** Gives a role one more permission. */
function allow(resources: Resources, role: string, action: string, resource: unknown): void {
  const [policy] = (one(resources, "AWS::IAM::Role", role).Properties as Node).Policies as Node[];
  ((policy!.PolicyDocument as Node).Statement as Node[]).push(statement(action, resource));
}

interface Mutant {
  readonly name: string;
  readonly check: keyof typeof checks;
  readonly stack: "data" | "resident" | "agency";
  readonly partition?: Partition;
  readonly change: (resources: Resources) => void;
  readonly says: string;
}

const distribution = (resources: Resources, path: readonly (string | number)[], value: unknown) =>
  put(one(resources, "AWS::CloudFront::Distribution"), ["Properties", "DistributionConfig", ...path], value);
const tableOf = (name: string, path: readonly string[], value: unknown) => (resources: Resources) =>
  put(one(resources, "AWS::DynamoDB::Table", name), path, value);
const ofFiles = (prefix: string, resources: Resources) => ({
  "Fn::Join": ["", [exported(imported("FnGetAttAttachments\\w{8}Arn"), resources), `/${prefix}/*`]],
});
const bucketOf = (name: string, path: readonly (string | number)[], value: unknown) => (resources: Resources) =>
  put(one(resources, "AWS::S3::Bucket", name), path, value);

const grants = "every function may do what its access says, no more and no less";
const list = "every endpoint is one route, and nothing else is served";
const books = "nobody can change the ledger or the audit";
const wild = "no role has a wildcard";
const open = "nothing is public";
const lost = "nothing is lost with the stack";
const streams = "streams are filtered and bounded";
const clock = "the clock calls what it should";
const files = "files are kept";
const fits = "the partition has all of it";
const modest = "functions are modest";
const alarms = "every promise has an alarm that somebody hears";

const mutants: readonly Mutant[] = [
  {
    name: "a read route gets PutItem on the main table",
    check: grants,
    stack: "resident",
    change: (r) => allow(r, "ResidentsResidentReadRole", "dynamodb:PutItem", tableArn("Main", r)),
    says: "resident.ResidentsResidentRead.Arn may dynamodb:PutItem on data.MainTable.Arn",
  },
  {
    name: "an officer's list gets DeleteItem on the audit",
    check: grants,
    stack: "agency",
    change: (r) => allow(r, "ProgressOfficerReadAuditAppendRole", "dynamodb:DeleteItem", tableArn("Audit", r)),
    says: "may dynamodb:DeleteItem on data.AuditTable.Arn",
  },
  {
    name: "whoever seals nothing gets the sealing key",
    check: grants,
    stack: "resident",
    change: (r) => allow(r, "AboutAnyoneRole", "kms:Decrypt", exported(imported("FnGetAttWrappingKey\\w{8}Arn"), r)),
    says: "resident.AboutAnyone.Arn may kms:Decrypt on data.WrappingKey.Arn",
  },
  {
    name: "sign-in reads the merchant's key",
    check: grants,
    stack: "resident",
    change: (r) =>
      allow(r, "SignInAnyoneWriteRole", "secretsmanager:GetSecretValue", exported(imported("RefWechatPaySecret"), r)),
    says: "resident.SignInAnyoneWrite.Arn may secretsmanager:GetSecretValue on data.WechatPaySecret",
  },
  {
    name: "a grant is lost",
    check: grants,
    stack: "resident",
    change: (r) => put(one(r, "AWS::IAM::Role", "ResidentsResidentReadRole"), ["Properties", "Policies"], []),
    says: "resident.ResidentsResidentRead.Arn lacks dynamodb:GetItem on data.MainTable.Arn",
  },
  {
    name: "a read route is led to a function that writes",
    check: grants,
    stack: "resident",
    change: (r) =>
      put(one(r, "AWS::ApiGatewayV2::Route", "Routeresidentsme"), ["Properties", "Target"], {
        "Fn::Join": ["", ["integrations/", { Ref: "ResidentsResidentWriteIntegration" }]],
      }),
    says: "shares a function with routes of another access",
  },
  {
    name: "a managed policy is attached",
    check: grants,
    stack: "resident",
    change: (r) =>
      put(one(r, "AWS::IAM::Role", "AboutAnyoneRole"), ["Properties", "ManagedPolicyArns"], ["AdministratorAccess"]),
    says: "resident.AboutAnyone.Arn has managed policies",
  },
  {
    name: "a route is dropped",
    check: list,
    stack: "agency",
    change: (r) => put(r, ["Routeprogressboard"], undefined),
    says: "agency: GET /api/progress/{unit} is not served by exactly one route",
  },
  {
    name: "a route that no list has",
    check: list,
    stack: "resident",
    change: (r) =>
      put(one(r, "AWS::ApiGatewayV2::Route", "Routeresidentsme"), ["Properties", "RouteKey"], "GET /api/people"),
    says: "resident: GET /api/people is served and on no list",
  },
  {
    name: "residents' side serves an officer's route",
    check: list,
    stack: "resident",
    change: (r) =>
      put(r, ["RouteMore"], {
        Type: "AWS::ApiGatewayV2::Route",
        Properties: { RouteKey: "POST /api/visits/telephone" },
      }),
    says: "resident: POST /api/visits/telephone is served and on no list",
  },
  {
    name: "an UpdateItem on the ledger",
    check: books,
    stack: "resident",
    change: (r) => allow(r, "ContributionsResidentWriteLedgerAppendRole", "dynamodb:UpdateItem", tableArn("Ledger", r)),
    says: "may dynamodb:UpdateItem on the ledger",
  },
  {
    name: "the ledger no longer refuses changes itself",
    check: books,
    stack: "data",
    change: tableOf("LedgerTable", ["Properties", "ResourcePolicy"], undefined),
    says: "the ledger does not refuse DeleteItem",
  },
  {
    name: "the audit no longer refuses changes itself",
    check: books,
    stack: "data",
    change: tableOf("AuditTable", ["Properties", "ResourcePolicy"], undefined),
    says: "the audit does not refuse UpdateItem",
  },
  {
    name: "a grant on everything",
    check: wild,
    stack: "data",
    change: (r) => allow(r, "OutboxRole", "dynamodb:PutItem", "*"),
    says: "may dynamodb:PutItem on *",
  },
  {
    name: "a grant of everything",
    check: wild,
    stack: "resident",
    change: (r) => allow(r, "AboutAnyoneRole", "dynamodb:*", tableArn("Main", r)),
    says: "may dynamodb:* on data.MainTable.Arn",
  },
  {
    name: "a policy beside the functions' own roles",
    check: wild,
    stack: "agency",
    change: (r) => put(r, ["More"], { Type: "AWS::IAM::Policy", Properties: {} }),
    says: "More: AWS::IAM::Policy outside a function's own role",
  },
  {
    name: "a bucket is opened",
    check: open,
    stack: "resident",
    change: bucketOf("Site", ["Properties", "PublicAccessBlockConfiguration", "BlockPublicPolicy"], false),
    says: "does not block public access",
  },
  {
    name: "a bucket's policy lets everybody read",
    check: open,
    stack: "resident",
    change: (r) =>
      put(
        one(r, "AWS::S3::BucketPolicy", "SitePolicy"),
        ["Properties", "PolicyDocument", "Statement"],
        [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" }],
      ),
    says: "is open to everybody",
  },
  {
    name: "a bucket lets any distribution read",
    check: open,
    stack: "resident",
    partition: "aws",
    change: (r) =>
      put(
        one(r, "AWS::S3::BucketPolicy", "SitePolicy"),
        ["Properties", "PolicyDocument", "Statement"],
        [{ Effect: "Allow", Principal: { Service: "cloudfront.amazonaws.com" }, Action: "s3:GetObject" }],
      ),
    says: "is open to every distribution",
  },
  {
    name: "a table lets another account in",
    check: open,
    stack: "data",
    change: tableOf(
      "MainTable",
      ["Properties", "ResourcePolicy", "PolicyDocument", "Statement"],
      [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "dynamodb:GetItem", Resource: "*" }],
    ),
    says: "is open to everybody",
  },
  {
    name: "a function's own address",
    check: open,
    stack: "resident",
    change: (r) => put(r, ["Address"], { Type: "AWS::Lambda::Url", Properties: { AuthType: "NONE" } }),
    says: "Address is a function's own address",
  },
  {
    name: "anybody may call a function",
    check: open,
    stack: "resident",
    change: (r) => put(one(r, "AWS::Lambda::Permission"), ["Properties", "Principal"], "*"),
    says: "lets others call a function",
  },
  {
    name: "the API answers other origins",
    check: open,
    stack: "resident",
    change: (r) => put(one(r, "AWS::ApiGatewayV2::Api"), ["Properties", "CorsConfiguration"], { AllowOrigins: ["*"] }),
    says: "answers other origins",
  },
  {
    name: "the site answers unencrypted",
    check: open,
    stack: "agency",
    change: (r) => distribution(r, ["DefaultCacheBehavior", "ViewerProtocolPolicy"], "allow-all"),
    says: "answers unencrypted",
  },
  {
    name: "the site takes old TLS",
    check: open,
    stack: "agency",
    change: (r) => distribution(r, ["ViewerCertificate", "MinimumProtocolVersion"], "TLSv1"),
    says: "takes old TLS",
  },
  {
    name: "the site keeps no log",
    check: open,
    stack: "agency",
    change: (r) => distribution(r, ["Logging"], undefined),
    says: "keeps no log",
  },
  {
    name: "officers sign in with one factor",
    check: open,
    stack: "agency",
    partition: "aws",
    change: (r) => put(one(r, "AWS::Cognito::UserPool"), ["Properties", "MfaConfiguration"], "OPTIONAL"),
    says: "asks for one factor only",
  },
  {
    name: "a table goes with its stack",
    check: lost,
    stack: "data",
    change: tableOf("MainTable", ["DeletionPolicy"], "Delete"),
    says: "goes with its stack",
  },
  {
    name: "a table goes when it is replaced",
    check: lost,
    stack: "data",
    change: tableOf("AuditTable", ["UpdateReplacePolicy"], undefined),
    says: "goes with its stack",
  },
  {
    name: "a key goes with its stack",
    check: lost,
    stack: "data",
    change: (r) => put(one(r, "AWS::KMS::Key", "WrappingKey"), ["DeletionPolicy"], "Delete"),
    says: "goes with its stack",
  },
  {
    name: "a bucket goes with its stack",
    check: lost,
    stack: "resident",
    change: bucketOf("SiteLogs", ["DeletionPolicy"], "Delete"),
    says: "goes with its stack",
  },
  {
    name: "the ledger cannot be put back in time",
    check: lost,
    stack: "data",
    change: tableOf("LedgerTable", ["Properties", "PointInTimeRecoverySpecification"], undefined),
    says: "cannot be put back in time",
  },
  {
    name: "a table can be deleted",
    check: lost,
    stack: "data",
    change: tableOf("MainTable", ["Properties", "DeletionProtectionEnabled"], false),
    says: "can be deleted",
  },
  {
    name: "a table is encrypted with somebody else's key",
    check: lost,
    stack: "data",
    change: tableOf("MainTable", ["Properties", "SSESpecification"], { SSEEnabled: true }),
    says: "is not encrypted with our key",
  },
  {
    name: "a key is never turned",
    check: lost,
    stack: "data",
    change: (r) => put(one(r, "AWS::KMS::Key", "StorageKey"), ["Properties", "EnableKeyRotation"], false),
    says: "is never turned",
  },
  {
    name: "logs are kept a month",
    check: lost,
    stack: "agency",
    change: (r) => put(one(r, "AWS::Logs::LogGroup", "ApiLog"), ["Properties", "RetentionInDays"], 30),
    says: "is kept less than half a year",
  },
  {
    name: "whoever offers a place may read what others handed in",
    check: grants,
    stack: "resident",
    change: (r) => allow(r, "AttachmentsResidentWriteObjectsOfferRole", "s3:GetObject", ofFiles("kept", r)),
    says: "resident.AttachmentsResidentWriteObjectsOffer.Arn may s3:GetObject on data.Attachments.Arn/kept/*",
  },
  {
    name: "whoever shows files may write them",
    check: grants,
    stack: "agency",
    change: (r) =>
      allow(r, "AttachmentsAgencyOfficerReadAuditAppendObjectsLookRole", "s3:PutObject", ofFiles("kept", r)),
    says: "may s3:PutObject on data.Attachments.Arn/kept/*",
  },
  {
    name: "a grant on every file",
    check: wild,
    stack: "resident",
    change: (r) => allow(r, "ClearRole", "s3:DeleteObject", ofFiles("", r)),
    says: "may s3:DeleteObject on data.Attachments.Arn//*",
  },
  {
    name: "files are taken from pages of everybody",
    check: open,
    stack: "data",
    change: bucketOf("Attachments8", ["Properties", "CorsConfiguration", "CorsRules", 0, "AllowedOrigins"], ["*"]),
    says: "answers *",
  },
  {
    name: "files are open",
    check: open,
    stack: "data",
    change: bucketOf("Attachments8", ["Properties", "PublicAccessBlockConfiguration"], undefined),
    says: "does not block public access",
  },
  {
    name: "files are encrypted with somebody else's key",
    check: files,
    stack: "data",
    change: bucketOf("Attachments8", ["Properties", "BucketEncryption"], undefined),
    says: "attachments are not encrypted with our key",
  },
  {
    name: "a deleted file cannot be taken back",
    check: files,
    stack: "data",
    change: bucketOf("Attachments8", ["Properties", "VersioningConfiguration"], undefined),
    says: "attachments cannot be taken back",
  },
  {
    name: "what came in stays",
    check: files,
    stack: "data",
    change: bucketOf("Attachments8", ["Properties", "LifecycleConfiguration", "Rules", 0, "Status"], "Disabled"),
    says: "what came in stays",
  },
  {
    name: "what is kept goes after a year",
    check: files,
    stack: "data",
    change: bucketOf("Attachments8", ["Properties", "LifecycleConfiguration", "Rules", 1, "ExpirationInDays"], 365),
    says: "what is kept goes by itself",
  },
  {
    name: "nobody writes down who takes files",
    check: files,
    stack: "data",
    change: bucketOf("Attachments8", ["Properties", "LoggingConfiguration"], undefined),
    says: "nobody writes down who takes attachments",
  },
  {
    name: "items no longer expire",
    check: "the tables are as declared",
    stack: "data",
    change: tableOf("MainTable", ["Properties", "TimeToLiveSpecification"], undefined),
    says: "table main is not as declared",
  },
  {
    name: "the ledger has no stream",
    check: "the tables are as declared",
    stack: "data",
    change: tableOf("LedgerTable", ["Properties", "StreamSpecification"], undefined),
    says: "table ledger is not as declared",
  },
  {
    name: "the consumer hears every write",
    check: streams,
    stack: "data",
    change: (r) =>
      put(one(r, "AWS::Lambda::EventSourceMapping", "outbox"), ["Properties", "FilterCriteria"], undefined),
    says: "hears more or less than it should",
  },
  {
    name: "the guard does not hear removals",
    check: streams,
    stack: "data",
    change: (r) =>
      put(
        one(r, "AWS::Lambda::EventSourceMapping", "ledgerguard"),
        ["Properties", "FilterCriteria", "Filters"],
        [{ Pattern: '{"eventName":["MODIFY"]}' }],
      ),
    says: "hears more or less than it should",
  },
  {
    name: "a broken item is tried for ever",
    check: streams,
    stack: "data",
    change: (r) => put(one(r, "AWS::Lambda::EventSourceMapping", "outbox"), ["Properties", "MaximumRetryAttempts"], -1),
    says: "tries for ever",
  },
  {
    name: "what fails is dropped",
    check: streams,
    stack: "data",
    change: (r) =>
      put(one(r, "AWS::Lambda::EventSourceMapping", "outbox"), ["Properties", "DestinationConfig"], undefined),
    says: "drops what fails",
  },
  {
    name: "the clock stands still",
    check: clock,
    stack: "resident",
    change: (r) => put(one(r, "AWS::Events::Rule", "sweep"), ["Properties", "State"], "DISABLED"),
    says: "resident.Sweep.Arn is called never, not rate(1 minute)",
  },
  {
    name: "the clock may not call",
    check: clock,
    stack: "resident",
    change: (r) => put(one(r, "AWS::Lambda::Permission", "SweepSchedule"), ["Properties", "SourceArn"], "another"),
    says: "resident.Sweep.Arn may not be called by its rule",
  },
  {
    name: "the clock calls something else too",
    check: clock,
    stack: "resident",
    change: (r) => put(r, ["More"], { Type: "AWS::Events::Rule", Properties: { Targets: [{ Arn: "another" }] } }),
    says: "calls what no list has",
  },
  {
    name: "a service that China does not have",
    check: fits,
    stack: "agency",
    partition: "aws-cn",
    change: (r) => put(r, ["Officers"], { Type: "AWS::Cognito::UserPool", Properties: {} }),
    says: "Officers: AWS::Cognito::UserPool is not on the list of aws-cn",
  },
  {
    name: "a property that China does not have",
    check: fits,
    stack: "resident",
    partition: "aws-cn",
    change: (r) => distribution(r, ["DefaultCacheBehavior", "CachePolicyId"], "4135ea2d"),
    says: "Distribution: CachePolicyId is not in aws-cn",
  },
  {
    name: "an ARN of the other partition",
    check: fits,
    stack: "data",
    partition: "aws-cn",
    change: tableOf("MainTable", ["Properties", "SSESpecification", "KMSMasterKeyId"], "arn:aws:kms:cn-north-1::key/1"),
    says: "names a partition in an ARN",
  },
  {
    name: "a secret in the environment",
    check: modest,
    stack: "resident",
    change: (r) =>
      put(
        one(r, "AWS::Lambda::Function", "SignInAnyoneWrite"),
        ["Properties", "Environment", "Variables", "WECHAT_SECRET"],
        "x",
      ),
    says: "holds WECHAT_SECRET in its environment",
  },
  {
    name: "no time limit",
    check: modest,
    stack: "resident",
    change: (r) => put(one(r, "AWS::Lambda::Function", "SignInAnyoneWrite"), ["Properties", "Timeout"], 900),
    says: "has no good time limit",
  },
  {
    name: "nobody is told of a changed ledger",
    check: alarms,
    stack: "data",
    change: (r) => put(r, [idOf(r, "AWS::CloudWatch::Alarm", "LedgerTampered")], undefined),
    says: "data: 0 of 1 alarms for Invocations at 1",
  },
  {
    name: "an alarm rings too late",
    check: alarms,
    stack: "resident",
    change: (r) => put(one(r, "AWS::CloudWatch::Alarm", "Slow"), ["Properties", "Threshold"], 10_000),
    says: "resident: 0 of 1 alarms for Latency at 2000",
  },
  {
    name: "an alarm rings for nobody",
    check: alarms,
    stack: "agency",
    change: (r) => put(one(r, "AWS::CloudWatch::Alarm", "Failing"), ["Properties", "AlarmActions"], []),
    says: "rings and nobody hears it",
  },
];

describe("the checks bite", () => {
  test.each(mutants)("$name", ({ check, stack, partition = "aws-cn", change, says: sentence }) => {
    const mutated = structuredClone(made.get(partition)!.system);
    change(mutated.stacks[stack]!.Resources as unknown as Resources);
    expect(checks[check]!(mutated).join("\n")).toContain(sentence);
  });

  test("every check has been seen to fail", () => {
    expect(new Set(mutants.map(({ check }) => check))).toEqual(new Set(Object.keys(checks)));
  });
});

describe("settings", () => {
  test("aws-cn has no user pools: without an issuer nothing is made", () => {
    const context = {
      "aws-cn": { region: "cn-north-1", residentDomain: "a.cn", agencyDomain: "b.cn", certificate: "c" },
    };
    expect(() => synthesize("aws-cn", unbundled, { context })).toThrow("name an issuer");
  });

  test("a region of the other partition is refused", () => {
    expect(() => synthesize("aws-cn", unbundled, { context: { region: "ap-east-1" } })).toThrow("is not in partition");
  });

  test("aws makes a user pool unless an issuer is named", () => {
    const context = { issuer: "https://sign-in.example.org", audience: "https://agency.example.org/api" };
    const { stacks } = synthesize("aws", unbundled, { context }).system;
    const types = Object.values(stacks.agency!.Resources).map(({ Type }) => Type);
    expect(types.filter((type) => type.startsWith("AWS::Cognito"))).toEqual([]);
    const officers = Object.entries(stacks.agency!.Resources).find(([id]) => /^OfficersOfficerRead\w{8}$/.test(id));
    expect(JSON.stringify(officers?.[1])).toContain('"ISSUER_URL":"https://sign-in.example.org"');
  });
});

const names = Object.keys(endpoints) as EndpointName[];

describe("functions", () => {
  test("share what their routes have in common and nothing else: capability, audience, access", () => {
    for (const side of sideNames) {
      for (const { routes, access, audience } of functionsOf(side)) {
        const members = routes.flatMap(({ entry }) => names.filter((name) => name.replace(".", "/") === entry));
        const kinds = members.map((name) => {
          const { caller, access: own }: Endpoint = endpoints[name];
          return JSON.stringify([name.split(".")[0], caller.audience, own]);
        });
        expect(new Set(kinds).size).toBe(1);
        expect(kinds[0]).toBe(JSON.stringify([members[0]!.split(".")[0], audience, access]));
      }
    }
  });

  test("one function a route grants the same", () => {
    // So many functions would not fit into a stack; what they may do can be compared all the same.
    const context = { "@aws-cdk/core:stackResourceLimit": 0 };
    const { system } = synthesize("aws-cn", unbundled, { grouping: byRoute, context });
    expect(checks[grants]!(system)).toEqual([]);
  });

  test("a bundled function answers each of its routes by that route's handler", async () => {
    const about = functionsOf("resident").filter(({ name }) => name.startsWith("about-anyone"));
    const [main, ledger, audit] = [config.mainTable(), config.ledgerTable(), config.auditTable()];
    await createTables(config.dynamodbEndpoint()!, { main, ledger, audit });
    const out = mkdtempSync(join(tmpdir(), "resident-insurance-bundle-"));
    try {
      await bundleEach(new Map(about.map((spec) => [spec.name, entryOf(spec)])), out);
      const load = async (name: string) => {
        const module = join(codeFolder(name, out), "index.mjs");
        const { handler } = (await import(pathToFileURL(module).href)) as {
          handler: (event: object, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;
        };
        return (routeKey: string) =>
          handler({ routeKey, headers: {}, requestContext: { http: { sourceIp: "127.0.0.1" } } }, {} as Context);
      };
      const [ask, openApi] = [await load("about-anyone-read"), await load("about-anyone")];
      expect(JSON.parse((await ask("GET /api/today")).body ?? "")).toHaveProperty("today");
      expect(JSON.parse((await openApi("GET /api/openapi.json")).body ?? "")).toHaveProperty("openapi");
      expect((await ask("$default")).statusCode).toBe(404);
      expect(() => ask("GET /api/me")).toThrow("no handler for GET /api/me");
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  });

  test("exactly the endpoints that call an outside system are given its secret", async () => {
    const { outputFiles } = await build({
      entryPoints: Object.fromEntries(
        names.map((name) => [name, join(root, "functions", `${name.replace(".", "/")}.ts`)]),
      ),
      outdir: "/",
      bundle: true,
      write: false,
      format: "esm",
      platform: "node",
      packages: "external",
    });
    const reading: Record<SecretName, RegExp> = {
      wechat: /\bconfig\d*\.weChat\(\)/,
      sms: /\bconfig\d*\.sms\(\)/,
      face: /\bconfig\d*\.face\(\)/,
      wechatPay: /\bconfig\d*\.weChatPay\(\)/,
    };
    for (const [secret, pattern] of Object.entries(reading)) {
      const users = names.filter((name) =>
        pattern.test(outputFiles.find(({ path }) => path === `/${name}.js`)?.text ?? ""),
      );
      expect(users.length).toBeGreaterThan(0);
      const given: readonly EndpointName[] = secrets[secret as SecretName];
      expect(users, secret).toEqual([...given]);
    }
  });
});

test("the image library goes with exactly the functions that receive files", async () => {
  const receiving = [...new Set(sideNames.flatMap((side) => functionsOf(side)))].filter(({ name }) =>
    /^attachments-.*(receive|look)$/.test(name),
  );
  const out = mkdtempSync(join(tmpdir(), "resident-insurance-bundle-"));
  try {
    const { outputs } = await bundleEach(new Map(receiving.map((spec) => [spec.name, entryOf(spec)])), out);
    const drawing = Object.entries(outputs).filter(([, { imports }]) => imports.some(({ path }) => path === "sharp"));
    expect(drawing.map(([path]) => path.split("/").at(-2)).sort()).toEqual([
      "attachments-agency-officer-write-objects-receive",
      "attachments-resident-write-objects-receive",
    ]);
    for (const [path] of drawing) expect(existsSync(join(root, path, "../node_modules/sharp"))).toBe(hasLibrary());
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});

test("a start reads what every call needs: no library that some calls use, no schema of another capability", async () => {
  const sending = functionsOf("resident").filter(({ name }) => name === "proof-resident-write");
  const out = mkdtempSync(join(tmpdir(), "resident-insurance-bundle-"));
  try {
    const { outputs } = await bundleEach(new Map(sending.map((spec) => [spec.name, entryOf(spec)])), out);
    const start = Object.keys(outputs).find((path) => path.endsWith("/index.mjs"))!;
    const inputs = (paths: Iterable<string>) => [...paths].flatMap((path) => Object.keys(outputs[path]!.inputs));
    const read = inputs(readAtStart(start, outputs));
    const later = /tencentcloud-sdk|credential-provider-(sso|ini|process|web-identity)|nested-clients/;
    expect(inputs(Object.keys(outputs)).filter((one) => later.test(one)).length).toBeGreaterThan(20);
    expect(read.filter((one) => later.test(one))).toEqual([]);
    expect(read).toContain("shared/api/proof.ts");
    expect(read).not.toContain("shared/api/claims.ts");
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});

describe("secrets", () => {
  /** Stands for Secrets Manager: answers every request with a secret, and keeps who asked for what. */
  const asked: { target: string; id: string; signed: boolean }[] = [];
  let secret = "{}";
  let status = 200;
  const server = createServer(async (request, response) => {
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk);
    asked.push({
      target: String(request.headers["x-amz-target"]),
      id: JSON.parse(Buffer.concat(body).toString()).SecretId,
      signed: /^AWS4-HMAC-SHA256 Credential=/.test(request.headers.authorization ?? ""),
    });
    response
      .writeHead(status, { "content-type": "application/x-amz-json-1.1" })
      .end(JSON.stringify(status === 200 ? { SecretString: secret } : { __type: "AccessDeniedException" }));
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    vi.stubEnv("AWS_ENDPOINT_URL_SECRETS_MANAGER", `http://127.0.0.1:${port}`);
  });
  afterAll(() => {
    server.close();
    vi.unstubAllEnvs();
  });
  afterEach(() => {
    asked.length = 0;
  });

  test("are read once each, as environment variables", async () => {
    vi.stubEnv("SECRETS", "arn:example:secret:sms");
    vi.stubEnv("SMS_SECRET_ID", "");
    secret = '{"SMS_SECRET_ID":"an-id"}';
    await loadSecrets();
    expect(process.env.SMS_SECRET_ID).toBe("an-id");
    expect(asked).toEqual([{ target: "secretsmanager.GetSecretValue", id: "arn:example:secret:sms", signed: true }]);
  });

  test("that nobody filled in yet, or that are denied, keep the function from starting, and are not told", async () => {
    secret = "a random string that CloudFormation made";
    await expect(loadSecrets()).rejects.toThrow(
      "secret arn:example:secret:sms is not a JSON object of environment variables yet",
    );
    status = 400;
    await expect(loadSecrets()).rejects.toMatchObject({ name: "AccessDeniedException" });
  });

  test("are asked for by nobody who has none", async () => {
    vi.stubEnv("SECRETS", "");
    await loadSecrets();
    expect(asked).toEqual([]);
  });
});

test("the ledger's guard says which entry was touched, and how", async () => {
  const told = vi.spyOn(Logger.prototype, "error");
  await tampered({
    Records: [
      {
        eventName: "REMOVE",
        dynamodb: {
          Keys: { pk: { S: "ENTRY#2025-11-20#3" }, sk: { S: "T1-PAID" } },
          ApproximateCreationDateTime: 1_763_625_600,
        },
      },
    ],
  });
  expect(told).toHaveBeenCalledExactlyOnceWith("ledger tampered with", {
    change: "REMOVE",
    pk: "ENTRY#2025-11-20#3",
    sk: "T1-PAID",
    at: 1_763_625_600,
  });
  told.mockRestore();
});
