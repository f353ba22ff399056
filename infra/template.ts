/** 模板 · reading synthesized templates: resources, references followed through exports, and what a role may do. */

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
interface Resource {
  Type: string;
  Properties?: { [name: string]: Json };
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}
export interface Template {
  Resources: { [id: string]: Resource };
  Outputs?: { [id: string]: { Value: Json; Export?: { Name: Json } } };
}

/** One partition's stacks, by the last word of their names. */
export interface System {
  /** How many calls the account may run at once. */
  readonly atOnce: number;
  readonly partition: "aws" | "aws-cn";
  readonly stacks: Readonly<Record<string, Template>>;
}

export type Check = (system: System) => string[];

export interface Found {
  readonly stack: string;
  readonly id: string;
  readonly resource: Resource;
}

export function* resources(system: System, ...types: string[]): Generator<Found> {
  for (const [stack, { Resources }] of Object.entries(system.stacks))
    for (const [id, resource] of Object.entries(Resources))
      if (types.length === 0 || types.includes(resource.Type)) yield { stack, id, resource };
}

export const list = (value: Json | undefined): Json[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
export const part = (value: Json | undefined, ...path: string[]): Json | undefined =>
  path.reduce<Json | undefined>(
    (at, name) => (at && typeof at === "object" && !Array.isArray(at) ? at[name] : undefined),
    value,
  );
export const property = ({ resource }: Found, ...path: string[]) => part(resource.Properties, ...path);

/** A reference spelt out as "stack.LogicalId.Attribute", followed through exports, without CDK's hashes. */
export function spell(system: System, stack: string, value: Json | undefined): string {
  if (typeof value !== "object" || value === null) return String(value);
  const [[name, of] = ["", null]] = Object.entries(value);
  const plain = (id: Json | undefined) => String(id).replace(/[0-9A-F]{8}$/, "");
  if (name === "Ref") return String(of).startsWith("AWS::") ? String(of) : `${stack}.${plain(of)}`;
  if (name === "Fn::GetAtt") return `${stack}.${plain(list(of)[0])}.${list(of)[1]}`;
  if (name === "Fn::Join")
    return list(list(of)[1])
      .map((one) => spell(system, stack, one))
      .join(String(list(of)[0]));
  if (name === "Fn::ImportValue") {
    for (const [from, { Outputs = {} }] of Object.entries(system.stacks))
      for (const { Value, Export } of Object.values(Outputs))
        if (Export && JSON.stringify(Export.Name) === JSON.stringify(of)) return spell(system, from, Value);
  }
  return JSON.stringify(value);
}

/** One permission of a role: "dynamodb:Query on data.MainTable.Arn", with the service that the key is used through. */
export function permissions(system: System, stack: string, role: Resource): string[] {
  const documents = list(role.Properties?.Policies).map((one) => part(one, "PolicyDocument", "Statement"));
  return documents.flatMap(list).flatMap((statement) => {
    const through = list(part(statement, "Condition", "StringEquals", "kms:ViaService"))
      .map((one) => spell(system, stack, one).split(".")[0])
      .slice(0, 1)
      .map((service) => ` through ${service}`);
    return list(part(statement, "Action")).flatMap((action) =>
      list(part(statement, "Resource")).map(
        (resource) =>
          `${part(statement, "Effect") === "Allow" ? "" : "not "}${action} on ${spell(system, stack, resource)}${through.join("")}`,
      ),
    );
  });
}

/** The routes of a side with the function that each one leads to. */
export function routesOf(system: System, stack: string) {
  return [...resources(system, "AWS::ApiGatewayV2::Route")]
    .filter((one) => one.stack === stack)
    .map((route) => {
      const target = spell(system, stack, property(route, "Target")).replace("integrations/", "");
      const [integration] = [...resources(system, "AWS::ApiGatewayV2::Integration")].filter(
        (one) => target === spell(system, one.stack, { Ref: one.id }),
      );
      return {
        routeKey: String(property(route, "RouteKey")),
        handler: integration ? spell(system, stack, property(integration, "IntegrationUri")) : "nothing",
      };
    });
}

/** Every function with its permissions, by the way others refer to it. */
export function functionsOf(system: System) {
  return new Map(
    [...resources(system, "AWS::Lambda::Function")].map((found) => {
      const { stack, id } = found;
      const roleName = spell(system, stack, property(found, "Role"));
      const role = [...resources(system, "AWS::IAM::Role")].find(
        (one) => spell(system, one.stack, { "Fn::GetAtt": [one.id, "Arn"] }) === roleName,
      );
      const log = spell(system, stack, property(found, "LoggingConfig", "LogGroup"));
      return [
        spell(system, stack, { "Fn::GetAtt": [id, "Arn"] }),
        { found, role, permissions: role ? permissions(system, role.stack, role.resource) : [], log },
      ] as const;
    }),
  );
}

export const capital = (name: string) => name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
