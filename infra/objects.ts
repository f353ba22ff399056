import { Duration, RemovalPolicy } from "aws-cdk-lib";
import type { Key } from "aws-cdk-lib/aws-kms";
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import type { Settings } from "./settings.ts";

const common = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  enforceSSL: true,
  removalPolicy: RemovalPolicy.RETAIN,
};

/**
 * 附件桶 · files that people hand in, encrypted with our key. What comes in is gone after a day. What was deleted can be taken
 * back for a month, as the tables can, and is then gone for good. Forms come from the pages of the two sites and nowhere else.
 */
export function attachmentsBucket(scope: Construct, encryptionKey: Key, settings: Settings): Bucket {
  const logs = new Bucket(scope, "AttachmentLogs", {
    ...common,
    encryption: BucketEncryption.S3_MANAGED,
    lifecycleRules: [{ expiration: Duration.days(365) }],
  });
  return new Bucket(scope, "Attachments", {
    ...common,
    encryption: BucketEncryption.KMS,
    encryptionKey,
    bucketKeyEnabled: true,
    versioned: true,
    serverAccessLogsBucket: logs,
    lifecycleRules: [
      {
        prefix: "incoming/",
        expiration: Duration.days(1),
        noncurrentVersionExpiration: Duration.days(1),
        abortIncompleteMultipartUploadAfter: Duration.days(1),
      },
      { prefix: "kept/", noncurrentVersionExpiration: Duration.days(30) },
    ],
    cors: [
      {
        allowedMethods: [HttpMethods.POST, HttpMethods.GET],
        allowedOrigins: [`https://${settings.residentDomain}`, `https://${settings.agencyDomain}`],
        allowedHeaders: ["content-type"],
        maxAge: 3600,
      },
    ],
  });
}
