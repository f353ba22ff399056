import {
  allow,
  bucketOf,
  distribution,
  exported,
  imported,
  type Mutant,
  ofFiles,
  one,
  put,
  tableArn,
  tableOf,
} from "./mutants.ts";

const grants = "every function may do what its access says, no more and no less";
const list = "every endpoint is one route, and nothing else is served";
const books = "nobody can change the ledger or the audit";
const wild = "no role has a wildcard";
const open = "nothing is public";

/** Templates in which somebody may do, call or see more than they should, or less. */
export const tooOpen: readonly Mutant[] = [
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
];
