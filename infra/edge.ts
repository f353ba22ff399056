import { CfnDynamicReference, CfnDynamicReferenceService, RemovalPolicy } from "aws-cdk-lib";
import { CfnSecret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";
import type { Settings } from "./settings.ts";
import type { Given } from "./storage.ts";

/** What a site's edge shows, and what its functions know it by. */
export interface Edge {
  readonly header: { readonly headerName: string; readonly headerValue: string };
  readonly given: Given;
}

/**
 * 站点入口 · the API's own address stays open to everybody, so the site's edge proves that it is the edge: it sends a secret
 * that is made here and that nobody has seen. Only then do the functions believe what it says of the caller's address.
 * CloudFront in China has no policy by which it would add its own header, but adds whom it saw to those forwarded.
 */
export function edgeOf(scope: Construct, { partition }: Settings): Edge {
  const secret = new CfnSecret(scope, "EdgeSecret", {
    description: "What the site's edge shows to its API",
    generateSecretString: { excludePunctuation: true, passwordLength: 48 },
  });
  secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
  const shown = new CfnDynamicReference(CfnDynamicReferenceService.SECRETS_MANAGER, secret.ref).toString();
  const says = partition === "aws-cn" ? "x-forwarded-for" : "cloudfront-viewer-address";
  return {
    header: { headerName: "x-site-edge", headerValue: shown },
    given: { statements: [], environment: { EDGE_SECRET: shown, EDGE_SAYS: says } },
  };
}
