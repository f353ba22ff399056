import { distribution, type Mutant, one, put } from "./mutants.ts";

const proves = "the edge proves itself";
const bounded = "pages are bounded";
const variable = (name: string) => ["Properties", "Environment", "Variables", name];

/** Templates in which a caller could say of themselves what only the edge may say. */
export const pastTheEdge: readonly Mutant[] = [
  {
    name: "the edge shows nothing",
    check: proves,
    stack: "resident",
    change: (r) => distribution(r, ["Origins", 1, "OriginCustomHeaders"], undefined),
    says: "resident: the edge shows no secret",
  },
  {
    name: "the edge shows what everybody can read here",
    check: proves,
    stack: "agency",
    change: (r) => distribution(r, ["Origins", 1, "OriginCustomHeaders", 0, "HeaderValue"], "open sesame"),
    says: "agency: the edge shows no secret",
  },
  {
    name: "a function knows another edge",
    check: proves,
    stack: "resident",
    change: (r) =>
      put(one(r, "AWS::Lambda::Function", "SignInAnyoneWriteAuditAppend"), variable("EDGE_SECRET"), "another"),
    says: "SignInAnyoneWriteAuditAppend.Arn does not know the edge of resident",
  },
  {
    name: "a header is believed that the edge does not write in this partition",
    check: proves,
    stack: "resident",
    partition: "aws-cn",
    change: (r) =>
      put(
        one(r, "AWS::Lambda::Function", "SignInAnyoneWriteAuditAppend"),
        variable("EDGE_SAYS"),
        "cloudfront-viewer-address",
      ),
    says: "SignInAnyoneWriteAuditAppend.Arn does not know the edge of resident",
  },
  {
    name: "pages are sent with nothing",
    check: bounded,
    stack: "resident",
    partition: "aws",
    change: (r) => distribution(r, ["DefaultCacheBehavior", "ResponseHeadersPolicyId"], undefined),
    says: "resident sends no FrameOptions",
  },
  {
    name: "anybody may frame the console",
    check: bounded,
    stack: "agency",
    partition: "aws",
    change: (r) =>
      put(
        one(r, "AWS::CloudFront::ResponseHeadersPolicy"),
        [
          "Properties",
          "ResponseHeadersPolicyConfig",
          "SecurityHeadersConfig",
          "ContentSecurityPolicy",
          "ContentSecurityPolicy",
        ],
        "default-src 'self'",
      ),
    says: "agency lets pages run or be framed by others",
  },
  {
    name: "the cookie is lost on its way",
    check: bounded,
    stack: "resident",
    change: (r) => distribution(r, ["CacheBehaviors", 0, "ForwardedValues", "Cookies"], { Forward: "none" }),
    says: "resident: the API is sent other cookies than its own",
  },
];
