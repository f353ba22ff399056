/**
 * 数据表 · the shape of the three tables, as data: the stack, the local database and the tests all make them from this.
 * Items expire by `expiresAt` (seconds); the stream of `main` is filtered to outbox items where it is consumed.
 */
export const tables = {
  main: {
    index: { name: "worklist", pk: "gsi1pk", sk: "gsi1sk" },
    expiry: "expiresAt",
    stream: true,
  },
  ledger: { index: null, expiry: null, stream: true },
  audit: { index: null, expiry: null, stream: false },
} as const;
export type TableName = keyof typeof tables;

/** The `CreateTable` request of a table; a description of it is what the embedded database's import reads. */
export function createTable(name: TableName, physicalName: string) {
  const { index } = tables[name];
  const attributes = ["pk", "sk", ...(index ? [index.pk, index.sk] : [])];
  const keys = (pk: string, sk: string) => [
    { AttributeName: pk, KeyType: "HASH" as const },
    { AttributeName: sk, KeyType: "RANGE" as const },
  ];
  return {
    TableName: physicalName,
    BillingMode: "PAY_PER_REQUEST" as const,
    AttributeDefinitions: attributes.map((AttributeName) => ({ AttributeName, AttributeType: "S" as const })),
    KeySchema: keys("pk", "sk"),
    ...(index && {
      GlobalSecondaryIndexes: [
        {
          IndexName: index.name,
          KeySchema: keys(index.pk, index.sk),
          Projection: { ProjectionType: "ALL" as const },
        },
      ],
    }),
  };
}
