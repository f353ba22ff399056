import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { config } from "./config.ts";
import { tables } from "./tables.ts";

/** One client a process; a Lambda keeps it between calls. */
export const db = DynamoDBDocumentClient.from(
  new DynamoDBClient({
    ...(config.dynamodbEndpoint() && { endpoint: config.dynamodbEndpoint() }),
    maxAttempts: 5,
  }),
  { marshallOptions: { removeUndefinedValues: true } },
);

export const index = tables.main.index.name;
