import type { App } from "aws-cdk-lib";
import * as z from "zod";

/** How many calls one function answers at once; each is kept so many, and takes no more. */
const atOnce = (usual: number) => z.int().min(1).default(usual);

/** 并发 · what the account may run at once, and how much of it one function of a kind has. */
const Concurrency = z.object({
  /** Lambda's quota of the account in the region. */
  account: atOnce(1_000),
  anyone: atOnce(10),
  resident: atOnce(12),
  officer: atOnce(5),
  provider: atOnce(30),
  channel: atOnce(25),
  /** What the clock calls: it comes again. */
  clock: atOnce(2),
  /** What follows a stream. */
  stream: atOnce(10),
});
export type Concurrency = z.output<typeof Concurrency>;

const Settings = z.object({
  partition: z.enum(["aws", "aws-cn"]),
  stage: z.string().regex(/^[a-z][a-z0-9-]{0,15}$/),
  region: z.string(),
  /** One domain a side; in China each needs its ICP record. */
  residentDomain: z.hostname(),
  agencyDomain: z.hostname(),
  /** A certificate for both domains: an id of ACM in us-east-1, or of IAM's server certificates in China. */
  certificate: z.string(),
  /** Who signs officers in, and for whom its tokens are: any OpenID Connect issuer. */
  issuer: z.url().optional(),
  audience: z.string().optional(),
  /** By which of its clients tokens may have been asked for, where only the console should. */
  client: z.string().optional(),
  /** Who is told of an alarm. */
  alarmEmail: z.email().optional(),
  /** Who looks for viruses in files: a scanner that tags them, or nobody but for the scanners' test file. */
  scanner: z.enum(["object-tag", "test-file"]).default("object-tag"),
  /** A web ACL of one's own for the sites, by its ARN; China has none for CloudFront. */
  webAcl: z.string().optional(),
  concurrency: Concurrency.prefault({}),
});
export type Settings = z.output<typeof Settings>;

/** 部署参数 · what `cdk.json` says of the partition, with what the command line says (`-c name=value`) before it. */
export function settingsOf(app: App): Settings {
  const given = (name: string): unknown => app.node.tryGetContext(name);
  const partition = z.enum(["aws", "aws-cn"]).parse(given("partition"));
  const named = Object.keys(Settings.shape).flatMap((name) => (given(name) === undefined ? [] : [[name, given(name)]]));
  const settings = Settings.parse({ ...(given(partition) as object), ...Object.fromEntries(named) });
  if (settings.region.startsWith("cn-") !== (partition === "aws-cn"))
    throw new Error(`region ${settings.region} is not in partition ${partition}`);
  if (partition === "aws-cn" && !settings.issuer)
    throw new Error("aws-cn has no user pools: name an issuer for the officers (-c issuer=https://…)");
  if (settings.issuer && !settings.audience)
    throw new Error("an issuer needs an audience (-c audience=…): for whom are its tokens?");
  return settings;
}

/** The settings that are still the examples of `cdk.json`: good for a synthesis, not for a deployment. */
export const placeholders = (settings: Settings): string[] =>
  Object.entries(settings).flatMap(([name, value]) => (/example/i.test(String(value)) ? [name] : []));
