import { bucketOf, distribution, idOf, type Mutant, one, put, tableOf } from "./mutants.ts";

const lost = "nothing is lost with the stack";
const streams = "streams are filtered and bounded";
const clock = "the clock calls what it should";
const files = "files are kept";
const fits = "the partition has all of it";
const modest = "functions are modest";
const shared = "no function takes what the others need";
const alarms = "every promise has an alarm that somebody hears";

/** Templates that lose what must be kept, hear too much or too little, or do not fit where they go. */
export const tooCareless: readonly Mutant[] = [
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
    name: "one function that anybody calls has no bound",
    check: shared,
    stack: "resident",
    change: (r) =>
      put(
        one(r, "AWS::Lambda::Function", "SignInAnyoneWrite"),
        ["Properties", "ReservedConcurrentExecutions"],
        undefined,
      ),
    says: "may run without bound",
  },
  {
    name: "one function may take a quarter of the account",
    check: shared,
    stack: "resident",
    change: (r) =>
      put(one(r, "AWS::Lambda::Function", "SignInAnyoneWrite"), ["Properties", "ReservedConcurrentExecutions"], 250),
    says: "may run 250: more than a tenth of the account",
  },
  {
    name: "functions are kept more than the account has",
    check: shared,
    stack: "agency",
    change: (r) => {
      for (const { Type, Properties } of Object.values(r))
        if (Type === "AWS::Lambda::Function") (Properties as typeof r).ReservedConcurrentExecutions = 90 as never;
    },
    says: "calls at once, and the account has 900",
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
