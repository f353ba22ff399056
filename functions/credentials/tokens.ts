import * as z from "zod";
import { businessTypeNames, fits } from "../../shared/credential/purpose.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now } from "../clock.ts";
import { key } from "../key.ts";
import { itemAt } from "../read.ts";
import { lookupHash, secretHash } from "../sealing.ts";
import { isNew, type Step, toPut } from "../write.ts";

/** 令牌 · what a provider was given for a code: whose it is, for what, until when. Found by its hash; itself it is kept nowhere. */
const Token = z.object({
  providerCode: z.string(),
  personNo: z.string(),
  businessType: z.enum(businessTypeNames),
  useNo: z.string(),
  /** Wall clock. */
  until: z.int(),
  expiresAt: z.int(),
});
type Token = z.output<typeof Token>;

/** How long a token is good: short, because it stands for the person. Ours, no document says it. */
export const tokenMinutes = 10;

/**
 * The token of a use: made of the use's number, eighty random bits, with the data key, so that the same use is answered with the
 * same token and nobody who reads the table can make it. With the area before it, it fits the fifty characters of its field.
 */
export const tokenOf = async (area: string, useNo: string): Promise<string> =>
  area + (await lookupHash("ec-token", useNo));

/** The write that makes a token good. */
export function keepToken(token: string, of: Omit<Token, "until" | "expiresAt">, at: number): Step {
  const until = at + tokenMinutes * 60_000;
  const Item: Record<string, unknown> = {
    ...key.ecToken(secretHash(token)),
    ...of,
    until,
    // Kept for a day longer: what has expired is told apart from what never was.
    expiresAt: Math.ceil(until / 1000) + 86_400,
  };
  return toPut(Item, isNew);
}

/** 凭令牌 · the person of a token, for the provider that it was given to, in a transaction that it was given for. */
export async function tokenHolder(token: string, providerCode: string, transaction: string): Promise<string> {
  const found = await itemAt(key.ecToken(secretHash(token)), Token);
  if (found?.providerCode !== providerCode) throw new Refusal("token-unknown");
  if (found.until <= now()) throw new Refusal("token-expired");
  if (!fits(found.businessType, transaction)) throw new Refusal("token-purpose");
  return found.personNo;
}
