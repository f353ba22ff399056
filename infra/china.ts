/**
 * 中国区 · the resource types that the system is made of in both partitions. Read in stored copies, November 2026, of
 * 中国亚马逊 Web Services 入门 (docs.amazonaws.cn/aws/latest/userguide, a page a service) where it says "guide"; "sample" is
 * code that AWS publishes for its China regions. A type is added after looking it up.
 */
export const typesInChina: Readonly<Record<string, "guide" | "sample">> = {
  "AWS::ApiGatewayV2::Api": "guide",
  "AWS::ApiGatewayV2::Integration": "guide",
  "AWS::ApiGatewayV2::Route": "guide",
  "AWS::ApiGatewayV2::Stage": "guide",
  "AWS::CloudFront::CloudFrontOriginAccessIdentity": "sample",
  "AWS::CloudFront::Distribution": "guide",
  "AWS::CloudWatch::Alarm": "sample",
  "AWS::DynamoDB::Table": "guide",
  "AWS::Events::Rule": "guide",
  "AWS::IAM::Role": "guide",
  "AWS::KMS::Key": "sample",
  "AWS::Lambda::EventSourceMapping": "guide",
  "AWS::Lambda::Function": "guide",
  "AWS::Lambda::Permission": "guide",
  "AWS::Logs::LogGroup": "sample",
  "AWS::S3::Bucket": "sample",
  "AWS::S3::BucketPolicy": "sample",
  "AWS::SNS::Subscription": "guide",
  "AWS::SNS::Topic": "guide",
  "AWS::SNS::TopicPolicy": "guide",
  "AWS::SQS::Queue": "guide",
  "AWS::SQS::QueuePolicy": "guide",
  "AWS::SecretsManager::Secret": "guide",
};

/** Types that may be used in the other partition only; something older does their work in China. */
export const typesElsewhere: readonly string[] = [
  "AWS::CloudFront::Function",
  "AWS::CloudFront::OriginAccessControl",
  "AWS::CloudFront::ResponseHeadersPolicy",
  "AWS::Cognito::ManagedLoginBranding",
  "AWS::Cognito::UserPool",
  "AWS::Cognito::UserPoolClient",
  "AWS::Cognito::UserPoolDomain",
];

/**
 * Properties that a type has, but not in China: by the guide, or by what CloudFront there answers ("The parameter
 * CachePolicyId can't be set for this region"). What nobody could say for certain is here too.
 */
export const propertiesNotInChina: Readonly<Record<string, readonly string[]>> = {
  "AWS::CloudFront::Distribution": [
    "AcmCertificateArn",
    "CachePolicyId",
    "FunctionAssociations",
    "LambdaFunctionAssociations",
    "OriginAccessControlId",
    "OriginRequestPolicyId",
    "OriginShield",
    "RealtimeLogConfigArn",
    "ResponseHeadersPolicyId",
    "WebACLId",
  ],
  "AWS::Lambda::EventSourceMapping": ["MetricsConfig", "ProvisionedPollerConfig", "Tags"],
  "AWS::Lambda::Function": ["SnapStart", "TracingConfig"],
};
