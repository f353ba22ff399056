import type { Access } from "../shared/api/endpoint.ts";

type TableActions = {
  readonly [T in keyof Required<Omit<Access, "objects">>]: Record<NonNullable<Access[T]>, readonly string[]>;
};

const look = ["GetItem", "BatchGetItem", "Query"];

/**
 * 授权 · what an endpoint's access lets its function do with each table, and nothing else. A transaction asks for the
 * actions of its parts; whoever may add to the ledger or the audit can neither read nor change what lies there, except
 * whoever reads the audit: that they did is added to it.
 */
export const tableActions: TableActions = {
  main: { read: look, write: [...look, "ConditionCheckItem", "PutItem", "UpdateItem", "DeleteItem"] },
  ledger: { read: ["GetItem", "Query"], append: ["PutItem"] },
  audit: { read: ["Query"], append: ["PutItem"], "read-append": ["Query", "PutItem"] },
};

/** Where files lie in the bucket: what comes in from outside, and what our own functions make of it. */
export const prefixes = ["incoming", "kept"] as const;

/**
 * 授权 · what an endpoint's access lets its function do with files. An address that a function signs can do what the function
 * may do, so who offers a place may only put there, and who shows a file may only read it. Without the right to list the
 * bucket a missing object would be answered like a forbidden one.
 */
export const objectActions: Record<
  NonNullable<Access["objects"]>,
  { readonly [P in (typeof prefixes)[number] | "bucket"]?: readonly string[] }
> = {
  offer: { incoming: ["PutObject"] },
  receive: {
    incoming: ["GetObject", "GetObjectTagging", "GetObjectVersionTagging", "DeleteObject"],
    kept: ["GetObject", "PutObject", "DeleteObject"],
    bucket: ["ListBucket"],
  },
  look: { kept: ["GetObject"] },
  remove: { incoming: ["DeleteObject"], kept: ["GetObject", "DeleteObject"], bucket: ["ListBucket"] },
};

/** Actions on the key that encrypts the files, which S3 takes in the caller's name. */
export const objectKeyActions: Record<NonNullable<Access["objects"]>, readonly string[]> = {
  offer: ["GenerateDataKey"],
  receive: ["Decrypt", "GenerateDataKey"],
  look: ["Decrypt"],
  remove: ["Decrypt"],
};

/** Actions on the key that encrypts the tables, which DynamoDB takes in the caller's name. */
export const keyActions = {
  read: ["Decrypt", "DescribeKey"],
  write: ["Decrypt", "DescribeKey", "Encrypt", "GenerateDataKey", "ReEncryptFrom", "ReEncryptTo"],
} as const;

/** Does an access only look? */
export const onlyReads = ({ main, ledger, audit }: Access): boolean =>
  main !== "write" && ledger !== "append" && (audit === undefined || audit === "read");

/** What the outbox's consumer does with the main table: marks, additions, and taking out what is done. */
export const consumerActions = ["GetItem", "PutItem", "UpdateItem", "DeleteItem"];
