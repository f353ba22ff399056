import type { checks } from "../../infra/checks.ts";
import type { Partition } from "./templates.ts";

type Node = { [name: string]: unknown };
export type Resources = { [id: string]: Node };

/** The id of the one resource of a type that begins so. */
export function idOf(resources: Resources, type: string, begins = ""): string {
  const found = Object.entries(resources).find(([id, { Type }]) => Type === type && id.startsWith(begins));
  if (!found) throw new Error(`no ${type} ${begins}`);
  return found[0];
}
export const one = (resources: Resources, type: string, begins?: string): Node =>
  resources[idOf(resources, type, begins)]!;

/** Sets what lies at the end of a path, and makes the way there. */
export function put(node: Node, path: readonly (string | number)[], value: unknown): void {
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
export const exported = (text: RegExp, resources: Resources) => {
  const name = text.exec(JSON.stringify(resources))?.[0];
  if (!name) throw new Error(`${text} is imported nowhere`);
  return { "Fn::ImportValue": name };
};
export const imported = (what: string) =>
  new RegExp(`resident-insurance-demo-data:ExportsOutput[A-Za-z]*${what}[0-9A-Z][^"]*`);
export const tableArn = (table: string, resources: Resources) =>
  exported(imported(`FnGetAtt${table}Table\\w{8}Arn`), resources);

/** Gives a role one more permission. */
export function allow(resources: Resources, role: string, action: string, resource: unknown): void {
  const [policy] = (one(resources, "AWS::IAM::Role", role).Properties as Node).Policies as Node[];
  ((policy!.PolicyDocument as Node).Statement as Node[]).push(statement(action, resource));
}

export interface Mutant {
  readonly name: string;
  readonly check: keyof typeof checks;
  readonly stack: "data" | "resident" | "agency";
  readonly partition?: Partition;
  readonly change: (resources: Resources) => void;
  readonly says: string;
}

export const distribution = (resources: Resources, path: readonly (string | number)[], value: unknown) =>
  put(one(resources, "AWS::CloudFront::Distribution"), ["Properties", "DistributionConfig", ...path], value);
export const tableOf = (name: string, path: readonly string[], value: unknown) => (resources: Resources) =>
  put(one(resources, "AWS::DynamoDB::Table", name), path, value);
export const ofFiles = (prefix: string, resources: Resources) => ({
  "Fn::Join": ["", [exported(imported("FnGetAttAttachments\\w{8}Arn"), resources), `/${prefix}/*`]],
});
export const bucketOf = (name: string, path: readonly (string | number)[], value: unknown) => (resources: Resources) =>
  put(one(resources, "AWS::S3::Bucket", name), path, value);
