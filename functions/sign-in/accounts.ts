import { randomBytes } from "node:crypto";
import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { GetCommand, TransactWriteCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { maskTelephone } from "../../shared/person.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now } from "../clock.ts";
import { config } from "../config.ts";
import { lookupHash, seal } from "../keys.ts";
import { db, key } from "../table.ts";

/** 账号 · somebody's WeChat or telephone, and the person of the register that it was bound to. */
export const Account = z.object({
  accountNo: z.string(),
  signedInBy: z.enum(["wechat", "telephone"]),
  telephoneMasked: z.string().nullable(),
  telephoneSealed: z.string().nullable(),
  personNo: z.string().nullable(),
  openedAt: z.int(),
});
export type Account = z.output<typeof Account>;

/** The account of a number; a session always has one. */
export async function accountOf(accountNo: string): Promise<Account> {
  const { Item } = await db.send(
    new GetCommand({ TableName: config.mainTable(), Key: key.account(accountNo), ConsistentRead: true }),
  );
  if (!Item) throw new Refusal("not-signed-in");
  return Account.parse(Item);
}

/** The account of a WeChat user, opened at the first sign-in. */
export async function accountOfWeChat(openId: string): Promise<string> {
  const place = key.weChat(await lookupHash("wechat", openId));
  return openedAccount(place, { signedInBy: "wechat", telephoneMasked: null, telephone: null });
}

/** The account of a telephone number, opened at the first sign-in. */
export async function accountOfTelephone(telephone: string): Promise<string> {
  const place = key.telephone(await lookupHash("telephone", telephone));
  return openedAccount(place, {
    signedInBy: "telephone",
    telephoneMasked: maskTelephone(telephone),
    telephone,
  });
}

async function openedAccount(
  place: { pk: string; sk: string },
  { telephone, ...fields }: Pick<Account, "signedInBy" | "telephoneMasked"> & { telephone: string | null },
): Promise<string> {
  const TableName = config.mainTable();
  const { Item } = await db.send(new GetCommand({ TableName, Key: place, ConsistentRead: true }));
  if (Item) return z.string().parse(Item.accountNo);

  const accountNo = randomBytes(10).toString("hex").toUpperCase();
  const telephoneSealed = telephone && (await seal(telephone, `telephone of account ${accountNo}`));
  const account: Account = { accountNo, ...fields, telephoneSealed, personNo: null, openedAt: now() };
  const ConditionExpression = "attribute_not_exists(pk)";
  try {
    await db.send(
      new TransactWriteCommand({
        TransactItems: [
          { Put: { TableName, Item: { ...place, accountNo }, ConditionExpression } },
          { Put: { TableName, Item: { ...key.account(accountNo), ...account }, ConditionExpression } },
        ],
      }),
    );
    return accountNo;
  } catch (error) {
    // Two first sign-ins at once, or a lost reply: the account that stands is the account.
    if (!(error instanceof TransactionCanceledException)) throw error;
    const { Item: standing } = await db.send(new GetCommand({ TableName, Key: place, ConsistentRead: true }));
    if (!standing) throw error;
    return z.string().parse(standing.accountNo);
  }
}

/** 绑定 · an account becomes one person's own, once; the same person again changes nothing. */
export async function bindAccount(accountNo: string, personNo: string): Promise<void> {
  try {
    await db.send(
      new UpdateCommand({
        TableName: config.mainTable(),
        Key: key.account(accountNo),
        UpdateExpression: "SET personNo = :person",
        ConditionExpression: "attribute_exists(pk) AND (personNo = :none OR personNo = :person)",
        ExpressionAttributeValues: { ":person": personNo, ":none": null },
      }),
    );
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) throw new Refusal("bound-to-another");
    throw error;
  }
}
