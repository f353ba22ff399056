import { type Stack, Validations } from "aws-cdk-lib";

interface Accepted {
  /** `DATA` stands for the name of the data stack, which holds the stage. */
  readonly rule: string;
  /** The stacks that it concerns, by the last word of their names; one partition only where it says so. */
  readonly stacks: readonly ("data" | "resident" | "agency" | "provider")[];
  readonly partition?: "aws-cn";
  readonly why: string;
}

const sites = ["resident", "agency"] as const;

/** 已知并接受 · every finding of cdk-nag that is left, and why; one that no longer occurs is a finding itself. */
export const accepted: readonly Accepted[] = [
  {
    rule: "AwsSolutions-APIG4",
    stacks: [...sites, "provider"],
    why: "Each route's caller is checked in its own handler, which is the same here and locally: sessions of residents are opaque tokens in our table, officers' tokens are verified against their issuer, the channel's notices and providers' messages are signed. A test tries every route without any of them.",
  },
  {
    rule: "AwsSolutions-L1",
    stacks: ["data", ...sites, "provider"],
    why: "Node.js 22 is what both partitions are known to have; the bundles are built for it.",
  },
  {
    rule: "AwsSolutions-SMG4",
    stacks: ["data"],
    why: "These are credentials that WeChat, Tencent Cloud and WeChat Pay give out: they are turned on their side and filled in by hand.",
  },
  {
    rule: "AwsSolutions-SMG4",
    stacks: sites,
    why: "What the edge shows opens nothing: who has it can claim another address. The edge and the functions take a new one together, with a deployment.",
  },
  {
    rule: "AwsSolutions-SQS3",
    stacks: ["data"],
    why: "Both queues are the dead-letter queues of stream consumers, which the rule does not see; an alarm rings when one is not empty.",
  },
  ...["incoming", "kept"].map((prefix) => ({
    rule: `AwsSolutions-IAM5[Resource::DATA:ExportsOutputFnGetAttAttachments87B238D3Arn6729C3C8/${prefix}/*]`,
    stacks: sites,
    why: "A file's number is made when it is handed in: no policy can name it beforehand. What may be done is named, and under which of the two prefixes; our own checks hold both against the endpoint list.",
  })),
  {
    rule: "AwsSolutions-CFR1",
    stacks: sites,
    why: "Residents fall ill and officers travel abroad; who may do what is decided by who he is.",
  },
  {
    rule: "AwsSolutions-CFR2",
    stacks: sites,
    why: "CloudFront in China takes no web ACL, and a protection that only one partition has would be relied on in both; limits are in the API and per principal. One of your own is named by -c webAcl=ARN.",
  },
  {
    rule: "AwsSolutions-CFR7",
    stacks: sites,
    partition: "aws-cn",
    why: "CloudFront in China has no origin access control; the older origin access identity keeps the bucket as private.",
  },
];

/** The findings that a stack is expected to have. */
export const acceptedFor = (stackName: string, partition: string): readonly Accepted[] =>
  accepted
    .filter(
      (one) =>
        one.stacks.some((word) => stackName.endsWith(`-${word}`)) &&
        (one.partition === undefined || one.partition === partition),
    )
    .map((one) => ({ ...one, rule: one.rule.replace("DATA", stackName.replace(/[a-z]+$/, "data")) }));

/** Acknowledges what is accepted, stack by stack. */
export function accept(made: readonly Stack[], partition: string): void {
  for (const stack of made) {
    for (const { rule, why } of acceptedFor(stack.stackName, partition))
      Validations.of(stack).acknowledge({ id: rule, reason: why });
  }
}
