import { Aws, RemovalPolicy, Stack } from "aws-cdk-lib";
import { AttributeType, BillingMode, StreamViewType, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { AnyPrincipal, Effect, PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import { CfnSecret } from "aws-cdk-lib/aws-secretsmanager";
import type { Construct } from "constructs";
import { type TableName, tables } from "../functions/tables.ts";
import type { Access } from "../shared/api/endpoint.ts";
import { type SecretName, secrets } from "./functions.ts";
import { keyActions, objectActions, objectKeyActions, onlyReads, prefixes, tableActions } from "./grants.ts";
import { attachmentsBucket } from "./objects.ts";
import type { Settings } from "./settings.ts";

const names = Object.keys(tables) as TableName[];
const variable = (name: string) => `${name.toUpperCase()}_TABLE`;

/** What a function is given: the statements of its role and the variables of its environment. */
export interface Given {
  readonly statements: readonly PolicyStatement[];
  readonly environment: Readonly<Record<string, string>>;
}

/** 存储 · the three tables, the files, the keys and the secrets of outside systems. None of it goes when the stack goes. */
export class Storage {
  readonly tables: Readonly<Record<TableName, Table>>;
  /** Where browsers send files and look at them. */
  readonly objectsOrigin: string;
  private readonly attachments: Bucket;
  private readonly scanner: Settings["scanner"];
  private readonly storageKey: Key;
  private readonly wrappingKey: Key;
  private readonly secrets: Readonly<Record<SecretName, CfnSecret>>;

  constructor(scope: Construct, settings: Settings) {
    this.storageKey = retainedKey(scope, "StorageKey", "Tables and secrets at rest");
    this.wrappingKey = retainedKey(scope, "WrappingKey", "Wraps the data keys that seal identity numbers");
    this.tables = perName(names, (name) => tableOf(scope, name, this.storageKey));
    this.attachments = attachmentsBucket(scope, this.storageKey, settings);
    this.objectsOrigin = `https://${this.attachments.bucketRegionalDomainName}`;
    this.scanner = settings.scanner;
    this.secrets = perName(Object.keys(secrets) as SecretName[], (name) => secretOf(scope, name, this.storageKey));
  }

  /** What the sides refer to. */
  get shared(): string[] {
    return [
      ...Object.values(this.tables).flatMap(({ tableArn, tableName }) => [tableArn, tableName]),
      this.attachments.bucketArn,
      this.attachments.bucketName,
      this.attachments.bucketRegionalDomainName,
      this.storageKey.keyArn,
      this.wrappingKey.keyArn,
      ...Object.values(this.secrets).map(({ ref }) => ref),
    ];
  }

  /** What an endpoint's access comes to, and nothing more. */
  access(access: Access): Given {
    const given = [this.onTables(access), this.onObjects(access)];
    return {
      statements: given.flatMap(({ statements }) => statements),
      environment: Object.assign({}, ...given.map(({ environment }) => environment)),
    };
  }

  private onTables(access: Access): Given {
    const touched = names.flatMap((name) => {
      const kind = access[name];
      return kind ? [{ name, actions: (tableActions[name] as Record<string, readonly string[]>)[kind]! }] : [];
    });
    if (touched.length === 0) return { statements: [], environment: {} };
    return {
      statements: [
        ...touched.flatMap(({ name, actions }) => this.onTable(name, actions)),
        this.throughKey("dynamodb", onlyReads(access) ? keyActions.read : keyActions.write),
        ...(access.main ? [this.onDataKeys(access.main)] : []),
      ],
      environment: {
        ...Object.fromEntries(touched.map(({ name }) => [variable(name), this.tables[name].tableName])),
        ...(access.main && { KMS_KEY: this.wrappingKey.keyArn }),
      },
    };
  }

  private onObjects({ objects }: Access): Given {
    if (!objects) return { statements: [], environment: {} };
    const { bucketArn, bucketName } = this.attachments;
    const places = [
      ...prefixes.map((prefix) => [prefix, `${bucketArn}/${prefix}/*`] as const),
      ["bucket", bucketArn] as const,
    ];
    const granted = places.flatMap(([place, resource]) => {
      const actions = objectActions[objects][place]?.map((one) => `s3:${one}`) ?? [];
      return actions.length === 0 ? [] : [new PolicyStatement({ actions, resources: [resource] })];
    });
    const onKey = objectKeyActions[objects];
    return {
      statements: [...granted, ...(onKey.length > 0 ? [this.throughKey("s3", onKey)] : [])],
      environment: {
        ATTACHMENTS_BUCKET: bucketName,
        ...(objects === "receive" && { ATTACHMENT_SCANNER: this.scanner }),
      },
    };
  }

  /** Some actions on one table, for a function that no endpoint has. */
  actions(name: TableName, actions: readonly string[]): Given {
    return {
      statements: [...this.onTable(name, actions), this.throughKey("dynamodb", keyActions.write)],
      environment: { [variable(name)]: this.tables[name].tableName },
    };
  }

  /** Reading the stream of a table, which is encrypted as the table is. */
  stream(name: TableName): Given {
    const statement = new PolicyStatement({
      actions: ["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"].map((one) => `dynamodb:${one}`),
      resources: [this.tables[name].tableStreamArn!],
    });
    return { statements: [statement, this.throughKey("dynamodb", keyActions.read)], environment: {} };
  }

  /** Reading secrets, which the function does once when it starts. */
  reading(wanted: readonly SecretName[]): Given {
    if (wanted.length === 0) return { statements: [], environment: {} };
    const arns = wanted.map((name) => this.secrets[name].ref);
    return {
      statements: [
        new PolicyStatement({ actions: ["secretsmanager:GetSecretValue"], resources: arns }),
        this.throughKey("secretsmanager", ["Decrypt"]),
      ],
      environment: { SECRETS: wanted.map((name, i) => `${name}=${arns[i]}`).join(",") },
    };
  }

  private onTable(name: TableName, actions: readonly string[]): PolicyStatement[] {
    const { tableArn } = this.tables[name];
    const on = (granted: readonly string[], resource: string) =>
      new PolicyStatement({ actions: granted.map((one) => `dynamodb:${one}`), resources: [resource] });
    const { index } = tables[name];
    const searched = index !== null && actions.includes("Query");
    return [on(actions, tableArn), ...(searched ? [on(["Query"], `${tableArn}/index/${index.name}`)] : [])];
  }

  private onDataKeys(main: "read" | "write"): PolicyStatement {
    const actions = main === "write" ? ["kms:Decrypt", "kms:Encrypt"] : ["kms:Decrypt"];
    return new PolicyStatement({ actions, resources: [this.wrappingKey.keyArn] });
  }

  /** The storage key through one service only: nobody opens anything with it by hand. */
  private throughKey(service: string, actions: readonly string[]): PolicyStatement {
    const endpoint = `${service}.${Stack.of(this.storageKey).region}`;
    return new PolicyStatement({
      actions: actions.map((one) => `kms:${one}`),
      resources: [this.storageKey.keyArn],
      // In China it is nowhere written which of the two names the service goes by there.
      conditions: {
        StringEquals: { "kms:ViaService": [`${endpoint}.amazonaws.com`, `${endpoint}.${Aws.URL_SUFFIX}`] },
      },
    });
  }
}

const perName = <N extends string, T>(list: readonly N[], make: (name: N) => T) =>
  Object.fromEntries(list.map((name) => [name, make(name)])) as Record<N, T>;

/** A key that turns every year and outlives its stack. */
export const retainedKey = (scope: Construct, id: string, description: string): Key =>
  new Key(scope, id, { description, enableKeyRotation: true, removalPolicy: RemovalPolicy.RETAIN });

/** What the streams carry: a new outbox item is all that its consumer needs; of a ledger entry the key says which. */
const streamed: Partial<Record<TableName, StreamViewType>> = {
  main: StreamViewType.NEW_IMAGE,
  ledger: StreamViewType.KEYS_ONLY,
};

function tableOf(scope: Construct, name: TableName, encryptionKey: Key): Table {
  const { index, expiry, stream } = tables[name];
  const text = (attribute: string) => ({ name: attribute, type: AttributeType.STRING });
  const table = new Table(scope, `${name[0]!.toUpperCase()}${name.slice(1)}Table`, {
    partitionKey: text("pk"),
    sortKey: text("sk"),
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
    timeToLiveAttribute: expiry ?? undefined,
    stream: stream ? streamed[name] : undefined,
  });
  if (index) {
    table.addGlobalSecondaryIndex({
      indexName: index.name,
      partitionKey: text(index.pk),
      sortKey: text(index.sk),
    });
  }
  if (name !== "main") table.addToResourcePolicy(neverChanged());
  return table;
}

/**
 * 只增不改 · the ledger and the audit refuse every change of an item to everybody, whatever their own rights are; a put on
 * an existing key is left, which the stores exclude by condition and the ledger's guard reports.
 */
const neverChanged = () =>
  new PolicyStatement({
    sid: "OnlyAdditions",
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ["UpdateItem", "DeleteItem", "BatchWriteItem", "PartiQLInsert", "PartiQLUpdate", "PartiQLDelete"].map(
      (one) => `dynamodb:${one}`,
    ),
    resources: ["*"],
  });

/** A secret that the operator fills in: a JSON object of environment variables, such as {"WECHAT_SECRET": "…"}. */
function secretOf(scope: Construct, name: SecretName, encryptionKey: Key): CfnSecret {
  const secret = new CfnSecret(scope, `${name[0]!.toUpperCase()}${name.slice(1)}Secret`, {
    description: `Credentials of ${name}, a JSON object of environment variables`,
    generateSecretString: {},
    kmsKeyId: encryptionKey.keyArn,
  });
  secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return secret;
}
