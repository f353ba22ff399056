import { momentOn } from "../../shared/gateway/moment.ts";
import { Refusal } from "../../shared/refusal.ts";
import { key } from "../key.ts";
import { newNo } from "../numbers.ts";
import { having, isNew, toPut, toUpdate } from "../write.ts";
import type { Transaction } from "./transaction.ts";

const kept = 3 * 24 * 3600;

/** 9001 签到 · opens a business day of a provider; its number may stand in the day's messages, and is then checked. */
export const signIn: Transaction<"9001"> = async ({ provider, on, at }, { signIn: { clerk } }) => {
  const signInNo = newNo(on);
  const Item = {
    ...key.providerSignIn(signInNo),
    providerCode: provider.code,
    clerk,
    on,
    expiresAt: Math.floor(at / 1000) + kept,
  };
  return {
    output: { signIn: { at: momentOn(on, at), signInNo } },
    steps: [toPut(Item, isNew)],
  };
};

/** 9002 签退 · ends it: its number is good for nothing any more. */
export const signOut: Transaction<"9002"> = async ({ provider, on, at }, { signOut: { signInNo } }) => {
  if (signInNo === null) throw new Refusal("sign-in-unknown");
  return {
    output: { signOut: { at: momentOn(on, at) } },
    steps: [
      {
        ...toUpdate(
          key.providerSignIn(signInNo),
          { set: { endedAt: at } },
          having({ providerCode: provider.code, endedAt: undefined }),
        ),
        refusal: () => new Refusal("sign-in-unknown"),
      },
    ],
  };
};
