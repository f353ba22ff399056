import type { TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import type { ProofWay } from "../../shared/api/proof.ts";
import { Refusal } from "../../shared/refusal.ts";
import type { Resident } from "../callers/sessions.ts";
import { now, today } from "../clock.ts";
import { config } from "../config.ts";
import { key } from "../key.ts";
import { together } from "../people/contact.ts";
import { personPage } from "../people/page.ts";
import type { Profile } from "../people/profile.ts";
import { lookupHash } from "../sealing.ts";

type Action = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** A resident who is bound to a person of the register. */
export type Bound = Resident & { readonly personNo: string };

/** Who has to prove that they are who; nobody proves to be a dead person. */
export async function proving({ personNo }: Bound): Promise<Profile> {
  const { profile } = await personPage(personNo);
  if (profile.diedOn) throw new Refusal("deceased");
  return profile;
}

/** What a code is bound to: the account that asked, the person, and the telephone that it went to. */
export const codeAbout = ({ accountNo, personNo }: Bound, telephone: string): string =>
  `${accountNo}#${personNo}#${telephone}`;

/** The write that lets a face's ticket count once; the verifier gives tickets of minutes, so a day is long enough. */
export async function ticketOnce(ticket: string): Promise<Action> {
  const Item = {
    ...key.faceTicket(await lookupHash("code", `face:${ticket}`)),
    expiresAt: Math.floor(now() / 1000) + 24 * 60 * 60,
  };
  return { Put: { TableName: config.mainTable(), Item, ConditionExpression: "attribute_not_exists(pk)" } };
}

/**
 * 第二次核验 · the session becomes proven; what proved it is used up in the same moment, and a proof that came second is
 * refused with `spent`. Nothing is proven where session or binding have ended meanwhile.
 */
export async function proveSession(
  { sessionNo, accountNo, account, personNo }: Bound,
  by: ProofWay,
  used: Action,
  { spent, also = [] }: { spent: Refusal; also?: Action[] },
): Promise<{ by: ProofWay; at: number }> {
  const TableName = config.mainTable();
  const at = now();
  const session: Action = {
    Update: {
      TableName,
      Key: key.session(sessionNo),
      UpdateExpression: "SET provenBy = :by, provenAt = :at",
      ConditionExpression: "attribute_exists(pk)",
      ExpressionAttributeValues: { ":by": by, ":at": at },
    },
  };
  const stillBound: Action = {
    ConditionCheck: {
      TableName,
      Key: key.account(accountNo),
      ConditionExpression: "personNo = :person",
      ExpressionAttributeValues: { ":person": personNo },
    },
  };
  const last: Action = {
    Update: {
      TableName,
      Key: key.boundAccount(personNo, accountNo),
      UpdateExpression:
        "SET accountNo = :account, signedInBy = :signedInBy, boundOn = if_not_exists(boundOn, :today), provenBy = :by, provenOn = :today",
      ExpressionAttributeValues: {
        ":account": accountNo,
        ":signedInBy": account.signedInBy,
        ":by": by,
        ":today": today(),
      },
    },
  };
  const ended = new Refusal("not-signed-in");
  await together([session, stillBound, last, used, ...also], { 0: ended, 1: ended, 3: spent });
  return { by, at };
}
