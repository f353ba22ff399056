import { randomBytes } from "node:crypto";
import * as z from "zod";
import { CalendarDay } from "../../shared/edge.ts";
import { ProofWay } from "../../shared/proof/proof.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now, today } from "../clock.ts";
import { beginning, key, partition } from "../key.ts";
import { isAt, itemAt, itemsUnder, type Key, mustBeAt } from "../read.ts";
import { lookupHash, seal, unseal } from "../sealing.ts";
import {
  type Action,
  both,
  decideAndWrite,
  either,
  exists,
  having,
  isNew,
  type Step,
  toPut,
  toRemove,
  toUpdate,
  writeTogether,
} from "../write.ts";

/** 账号 · somebody's WeChat or telephone, and the person of the register that it was bound to. */
export const Account = z.object({
  accountNo: z.string(),
  signedInBy: z.enum(["wechat", "telephone"]),
  telephoneSealed: z.string().nullable(),
  /** WeChat's own number of its user, needed to pay inside WeChat. */
  openIdSealed: z.string().nullable().default(null),
  personNo: z.string().nullable(),
  openedAt: z.int(),
  /** Goes up when the account is closed or signs out everywhere: sessions of an earlier generation have ended. */
  generation: z.int().default(0),
  /** 注销 · when it was closed with its person; nobody signs in to it or binds it any more. Wall-clock milliseconds. */
  closedAt: z.int().optional(),
});
export type Account = z.output<typeof Account>;

export const anyAccount = (accountNo: string): Promise<Account> =>
  mustBeAt(key.account(accountNo), Account, "not-signed-in");

/** The account of a number; a session always has one, and none of an account that was closed. */
export async function accountOf(accountNo: string): Promise<Account> {
  const account = await anyAccount(accountNo);
  if (account.closedAt !== undefined) throw new Refusal("not-signed-in");
  return account;
}

/** Where the account of a WeChat user, and of a telephone number, is found. */
const weChatPointer = async (openId: string): Promise<Key> => key.weChat(await lookupHash("wechat", openId));
const telephonePointer = async (telephone: string): Promise<Key> =>
  key.telephone(await lookupHash("telephone", telephone));

/** The account of a WeChat user, opened at the first sign-in. */
export async function accountOfWeChat(openId: string): Promise<string> {
  return openedAccount(await weChatPointer(openId), { signedInBy: "wechat", telephone: null, openId });
}

/** The account of a telephone number, opened at the first sign-in. */
export async function accountOfTelephone(telephone: string): Promise<string> {
  return openedAccount(await telephonePointer(telephone), { signedInBy: "telephone", telephone, openId: null });
}

const telephonePlace = (accountNo: string) => `telephone of account ${accountNo}`;

/** The telephone that an account signs in with; null where it signs in by WeChat. */
export const signInTelephoneOf = async ({ accountNo, telephoneSealed }: Account): Promise<string | null> =>
  telephoneSealed && unseal(telephoneSealed, telephonePlace(accountNo));

const openIdPlace = (accountNo: string) => `WeChat user of account ${accountNo}`;

/** WeChat's number of an account's user; null where the account signs in without WeChat. */
export const openIdOf = async ({ accountNo, openIdSealed }: Account): Promise<string | null> =>
  openIdSealed && unseal(openIdSealed, openIdPlace(accountNo));

const Pointer = z.object({ accountNo: z.string() });

async function openedAccount(
  place: Key,
  { telephone, openId, ...fields }: Pick<Account, "signedInBy"> & { telephone: string | null; openId: string | null },
): Promise<string> {
  return decideAndWrite(async () => {
    // After the first sign-in, or where two first ones came at once: the account that stands is the account.
    const known = await itemAt(place, Pointer);
    if (known) return { answer: known.accountNo, steps: [] };
    const accountNo = randomBytes(10).toString("hex").toUpperCase();
    const account: Account = {
      accountNo,
      ...fields,
      telephoneSealed: telephone && (await seal(telephone, telephonePlace(accountNo))),
      openIdSealed: openId && (await seal(openId, openIdPlace(accountNo))),
      personNo: null,
      openedAt: now(),
      generation: 0,
    };
    return {
      answer: accountNo,
      steps: [toPut({ ...place, accountNo }, isNew), toPut({ ...key.account(accountNo), ...account }, isNew)],
    };
  });
}

/** 已绑定的账号 · an account among what concerns its person, so that a counter finds it when the phone is lost. */
export const BoundAccount = z.object({
  accountNo: z.string(),
  signedInBy: z.enum(["wechat", "telephone"]),
  boundOn: CalendarDay,
  /** How and on which day a session of the account last gave a second proof. */
  provenBy: ProofWay.nullable(),
  provenOn: CalendarDay.nullable(),
});
export type BoundAccount = z.output<typeof BoundAccount>;

/** 绑定 · an account becomes one person's own, once, with `also`; the same person again changes nothing. */
export async function bindAccount(
  { accountNo, signedInBy }: Account,
  personNo: string,
  also: readonly Step[] = [],
): Promise<void> {
  const bound: BoundAccount = { accountNo, signedInBy, boundOn: today(), provenBy: null, provenOn: null };
  const at = key.boundAccount(personNo, accountNo);
  const free = both(exists, having({ closedAt: undefined }), either(having({ personNo: null }), having({ personNo })));
  await decideAndWrite(async (attempt) => {
    if (attempt > 1 && (await isAt(at))) return { answer: undefined, steps: [] };
    const own = toUpdate(key.account(accountNo), { set: { personNo } }, free);
    const refusal = () => new Refusal("bound-to-another");
    return { answer: undefined, steps: [{ ...own, refusal }, toPut({ ...at, ...bound }, isNew), ...also] };
  });
}

/**
 * 注销账号 · the writes that close an account with its person: its sessions are over, and whoever signs in with its telephone or
 * its WeChat next, the same person or a number's next holder, opens a new one.
 */
export async function closing(accountNo: string, personNo: string): Promise<Action[]> {
  const account = await anyAccount(accountNo);
  const [telephone, openId] = [await signInTelephoneOf(account), await openIdOf(account)];
  const pointers = [
    ...(telephone === null ? [] : [await telephonePointer(telephone)]),
    ...(openId === null ? [] : [await weChatPointer(openId)]),
  ];
  return [
    toUpdate(
      key.account(accountNo),
      { set: { personNo: null, closedAt: now() }, add: { generation: 1 } },
      having({ personNo }),
    ),
    toRemove(key.boundAccount(personNo, accountNo), exists),
    ...pointers.map((one) => toRemove(one, having({ accountNo }))),
  ];
}

/** The accounts that are bound to a person. */
export const accountsOf = (personNo: string): Promise<BoundAccount[]> =>
  itemsUnder(partition.person(personNo), beginning.boundAccount, BoundAccount);

type InAccount = Pick<Account, "accountNo">;

/** 退出所有设备 · the write after which every session of an account has ended. */
export const sessionsEnded = ({ accountNo }: InAccount, condition = exists): Action =>
  toUpdate(key.account(accountNo), { add: { generation: 1 } }, condition);

/** The write, beside that one, by which one session goes on; another end of all at the same time ends it too. */
export const sessionGoesOn = (sessionNo: string): Action =>
  toUpdate(key.session(sessionNo), { add: { generation: 1 } }, exists);

/** So many accounts are far under what a transaction takes, also beside what else is written. */
export const accountsAtOnce = 40;

/** Ends every session of some accounts. */
export async function endSessionsOf(accounts: readonly InAccount[]): Promise<void> {
  for (let from = 0; from < accounts.length; from += accountsAtOnce)
    await writeTogether(accounts.slice(from, from + accountsAtOnce).map((one) => sessionsEnded(one)));
}
