import { randomInt } from "node:crypto";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { Refusal } from "../../shared/refusal.ts";
import { now } from "../clock.ts";
import { config } from "../config.ts";
import { lookupHash } from "../keys.ts";
import { sendCode } from "../sms.ts";
import { db, expired, key } from "../table.ts";

export const validMinutes = 5;
const mostTries = 5;

const Code = z.object({ codeHash: z.string(), tries: z.int(), expiresAt: z.int() });

/** What a code is for; a code for one purpose is worth nothing for another. */
export type CodePurpose = "sign-in";

const hashOf = (purpose: CodePurpose, telephone: string, code: string) =>
  lookupHash("code", `${purpose}:${telephone}:${code}`);

/** 发送验证码 · six digits, good for five minutes and five tries; a new one replaces the old. */
export async function issueCode(purpose: CodePurpose, telephone: string): Promise<void> {
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  const expiresAt = Math.floor(now() / 1000) + validMinutes * 60;
  const place = key.code(purpose, await lookupHash("telephone", telephone));
  const item = Code.parse({ codeHash: await hashOf(purpose, telephone, code), tries: 0, expiresAt });
  await db.send(new PutCommand({ TableName: config.mainTable(), Item: { ...place, ...item } }));
  await sendCode(telephone, code, validMinutes);
}

/** Uses a code up, or refuses; a try is counted before it is looked at, so that racing tries count too. */
export async function useCode(purpose: CodePurpose, telephone: string, code: string): Promise<void> {
  const TableName = config.mainTable();
  const place = key.code(purpose, await lookupHash("telephone", telephone));
  try {
    await db.send(
      new UpdateCommand({
        TableName,
        Key: place,
        UpdateExpression: "SET tries = tries + :one",
        ConditionExpression: "attribute_exists(pk) AND tries < :most",
        ExpressionAttributeValues: { ":one": 1, ":most": mostTries },
      }),
    );
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) throw new Refusal("code-used-up");
    throw error;
  }
  const { Item } = await db.send(new GetCommand({ TableName, Key: place, ConsistentRead: true }));
  if (!Item || expired(Item, now())) throw new Refusal("code-used-up");
  const codeHash = await hashOf(purpose, telephone, code);
  if (Code.parse(Item).codeHash !== codeHash) throw new Refusal("code-wrong");
  try {
    await db.send(
      new DeleteCommand({
        TableName,
        Key: place,
        ConditionExpression: "codeHash = :hash",
        ExpressionAttributeValues: { ":hash": codeHash },
      }),
    );
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) throw new Refusal("code-used-up");
    throw error;
  }
}
