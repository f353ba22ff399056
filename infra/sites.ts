import { Aws, CfnOutput, Duration, RemovalPolicy } from "aws-cdk-lib";
import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import { CanonicalUserPrincipal, type IPrincipal, PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { refreshCookie } from "../functions/browser.ts";
import { prefix } from "../shared/api/endpoint.ts";
import { contentSecurityPolicy, referrerPolicy } from "../shared/page-headers.ts";
import type { Edge } from "./edge.ts";
import type { Settings } from "./settings.ts";

const year = Duration.days(365);

/** What a side's site needs to know. */
interface SiteSpec {
  readonly settings: Settings;
  readonly domain: string;
  /** The path segment under which the site lives, in the bucket and in the address. */
  readonly folder: string;
  readonly apiHost: string;
  /** How the site shows the API that it is the edge. */
  readonly edge: Edge;
  /** Other origins that its pages speak to: the issuer of the officers. */
  readonly speaksTo: readonly string[];
  /** Where its pages send files and show them from. */
  readonly objects: string;
}

/**
 * 站点 · the pages of a side in a private bucket and its API behind one domain and one origin, so that no cross-origin rule
 * is needed. CloudFront in China knows neither origin access control nor policies nor functions: there the older means serve.
 */
export function site(scope: Construct, spec: SiteSpec): void {
  const logs = bucket(scope, "SiteLogs", {
    // CloudFront delivers its logs by ACL.
    objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
    versioned: false,
    lifecycleRules: [{ expiration: year }],
  });
  const pages = bucket(scope, "Site", {
    serverAccessLogsBucket: logs,
    serverAccessLogsPrefix: "bucket/",
    lifecycleRules: [{ noncurrentVersionExpiration: year }],
  });
  const inChina = spec.settings.partition === "aws-cn";
  const means = inChina ? olderMeans(scope, spec) : newerMeans(scope, spec);
  const distribution = new cloudfront.CfnDistribution(scope, "Distribution", {
    distributionConfig: {
      enabled: true,
      comment: spec.domain,
      aliases: [spec.domain],
      defaultRootObject: `${spec.folder}/index.html`,
      httpVersion: inChina ? "http2" : "http2and3",
      ipv6Enabled: !inChina,
      webAclId: spec.settings.webAcl,
      viewerCertificate: {
        ...means.certificate,
        minimumProtocolVersion: "TLSv1.2_2021",
        sslSupportMethod: "sni-only",
      },
      logging: { bucket: logs.bucketRegionalDomainName, prefix: "site/", includeCookies: false },
      origins: [
        { id: "pages", domainName: pages.bucketRegionalDomainName, ...means.pagesOrigin },
        {
          id: "api",
          domainName: spec.apiHost,
          customOriginConfig: { originProtocolPolicy: "https-only", originSslProtocols: ["TLSv1.2"] },
          originCustomHeaders: [spec.edge.header],
        },
      ],
      defaultCacheBehavior: {
        targetOriginId: "pages",
        viewerProtocolPolicy: "redirect-to-https",
        compress: true,
        ...means.pages,
      },
      cacheBehaviors: [
        {
          pathPattern: `${prefix}/*`,
          targetOriginId: "api",
          viewerProtocolPolicy: "https-only",
          allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
          compress: true,
          ...means.api,
        },
      ],
    },
  });
  const arn = `arn:${Aws.PARTITION}:cloudfront::${Aws.ACCOUNT_ID}:distribution/${distribution.attrId}`;
  pages.addToResourcePolicy(
    new PolicyStatement({
      actions: ["s3:GetObject"],
      resources: [pages.arnForObjects("*")],
      principals: [means.reader],
      ...(!inChina && { conditions: { StringEquals: { "AWS:SourceArn": arn } } }),
    }),
  );
  new CfnOutput(scope, "SiteBucket", { value: pages.bucketName });
  new CfnOutput(scope, "SiteAddress", { value: `https://${spec.domain}/${spec.folder}/` });
  new CfnOutput(scope, "SiteSpeaksTo", { value: spec.speaksTo.join(" ") || "-" });
  new CfnOutput(scope, "SiteObjects", { value: spec.objects });
  new CfnOutput(scope, "DistributionId", { value: distribution.attrId });
  new CfnOutput(scope, "DistributionDomain", { value: distribution.attrDomainName });
}

const bucket = (scope: Construct, id: string, more: object): Bucket =>
  new Bucket(scope, id, {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    versioned: true,
    removalPolicy: RemovalPolicy.RETAIN,
    ...more,
  });

type Behavior = Partial<cloudfront.CfnDistribution.CacheBehaviorProperty>;

/** How one partition's CloudFront does what both must do. */
interface Means {
  readonly certificate: object;
  readonly reader: IPrincipal;
  readonly pagesOrigin: object;
  readonly pages: Behavior;
  readonly api: Behavior;
}

function newerMeans(scope: Construct, spec: SiteSpec): Means {
  const control = new cloudfront.CfnOriginAccessControl(scope, "OriginAccess", {
    originAccessControlConfig: {
      name: spec.domain,
      originAccessControlOriginType: "s3",
      signingBehavior: "always",
      signingProtocol: "sigv4",
    },
  });
  const responseHeadersPolicyId = securityHeaders(scope, spec).attrId;
  const certificate = `arn:${Aws.PARTITION}:acm:us-east-1:${Aws.ACCOUNT_ID}:certificate/${spec.settings.certificate}`;
  return {
    certificate: { acmCertificateArn: certificate },
    reader: new ServicePrincipal("cloudfront.amazonaws.com"),
    // An empty identity says that none of the older kind is used.
    pagesOrigin: { originAccessControlId: control.attrId, s3OriginConfig: { originAccessIdentity: "" } },
    pages: {
      responseHeadersPolicyId,
      cachePolicyId: cloudfront.CachePolicy.CACHING_OPTIMIZED.cachePolicyId,
      functionAssociations: [{ eventType: "viewer-request", functionArn: pageOfPath(scope, spec).attrFunctionArn }],
    },
    api: {
      responseHeadersPolicyId,
      cachePolicyId: cloudfront.CachePolicy.CACHING_DISABLED.cachePolicyId,
      originRequestPolicyId: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER.originRequestPolicyId,
    },
  };
}

function olderMeans(scope: Construct, spec: SiteSpec): Means {
  const identity = new cloudfront.CfnCloudFrontOriginAccessIdentity(scope, "OriginAccess", {
    cloudFrontOriginAccessIdentityConfig: { comment: spec.domain },
  });
  return {
    certificate: { iamCertificateId: spec.settings.certificate },
    reader: new CanonicalUserPrincipal(identity.attrS3CanonicalUserId),
    pagesOrigin: {
      s3OriginConfig: { originAccessIdentity: `origin-access-identity/cloudfront/${identity.ref}` },
    },
    pages: { forwardedValues: { queryString: false, cookies: { forward: "none" } } },
    api: {
      forwardedValues: {
        queryString: true,
        headers: ["Accept", "Authorization", "Content-Type"],
        cookies: { forward: "whitelist", whitelistedNames: [refreshCookie] },
      },
      minTtl: 0,
      defaultTtl: 0,
      maxTtl: 0,
    },
  };
}

/** A path without a file's name is a page of the app, which finds its way itself. */
const pageOfPath = (scope: Construct, { folder }: SiteSpec) =>
  new cloudfront.CfnFunction(scope, "PageOfPath", {
    name: `${Aws.STACK_NAME}-page-of-path`,
    autoPublish: true,
    functionConfig: {
      comment: "A path without a file's name is a page of the app",
      runtime: "cloudfront-js-2.0",
    },
    functionCode: `function handler(event) {
  var request = event.request;
  if (!/\\.[a-z0-9]+$/i.test(request.uri)) request.uri = "/${folder}/index.html";
  return request;
}`,
  });

const securityHeaders = (scope: Construct, { domain, speaksTo, objects }: SiteSpec) =>
  new cloudfront.CfnResponseHeadersPolicy(scope, "SecurityHeaders", {
    responseHeadersPolicyConfig: {
      name: `${Aws.STACK_NAME}-security-headers`,
      comment: domain,
      securityHeadersConfig: {
        contentSecurityPolicy: {
          contentSecurityPolicy: contentSecurityPolicy({ speaksTo, objects: [objects] }),
          override: true,
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: "SAMEORIGIN", override: true },
        referrerPolicy: { referrerPolicy, override: true },
        strictTransportSecurity: {
          accessControlMaxAgeSec: 2 * year.toSeconds(),
          includeSubdomains: true,
          override: true,
        },
      },
    },
  });
