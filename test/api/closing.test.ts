import { DeleteCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { key } from "../../functions/key.ts";
import {
  accountOf,
  accountOfTelephone,
  accountOfWeChat,
  accountsOf,
  bindAccount,
} from "../../functions/sign-in/accounts.ts";
import type { Resident } from "../../local/county/people.ts";
import { later, made } from "../world/opening.ts";
import { refusal } from "../world/world.ts";
import { live, replayed, residents } from "./closing-steps.ts";
import { aTelephone, at, counter, opensCounter } from "./proof-steps.ts";

opensCounter();

/** Somebody with a life in an account that signs in by their telephone, also that on record. */
async function somebody() {
  const telephone = aTelephone();
  const person = await made.enlist({ telephone, name: "阿依古丽·买买提" });
  const { call } = await made.signIn(person, telephone);
  await made.prove(call, person);
  return { person, telephone, call, life: await live(person, call) };
}

/** As accounts were left before they were closed: bound to nobody, found by the telephone, all that is kept under them still there. */
async function leftUnbound({ personNo }: Resident): Promise<void> {
  const TableName = config.mainTable();
  for (const { accountNo } of await accountsOf(personNo)) {
    await db.send(new DeleteCommand({ TableName, Key: key.boundAccount(personNo, accountNo) }));
    await db.send(
      new UpdateCommand({
        TableName,
        Key: key.account(accountNo),
        UpdateExpression: "SET personNo = :nobody, generation = :one",
        ExpressionAttributeValues: { ":nobody": null, ":one": 1 },
      }),
    );
  }
}

/** Whoever signs in with a telephone after its account ended finds nothing of before in any endpoint, and changes nothing of it. */
async function findsNothing(end: (person: Resident) => Promise<unknown>): Promise<void> {
  const { person, telephone, life } = await somebody();
  const never = residents.filter(
    (name) => !name.startsWith("sign-in.sign-out") && !life.calls.some((one) => one.name === name),
  );
  expect(never).toEqual([]);
  await end(person);

  const { call } = await made.signIn(null, telephone);
  expect(await call("residents.me")).toMatchObject({ person: null, contact: null });
  const unbound = await replayed(
    { ...life, calls: life.calls.filter(({ name }) => !name.startsWith("residents.")) },
    call,
  );
  const no = (name: string) => (name === "proof.stop-telephone" ? "telephone-change-over" : "not-bound");
  expect(unbound.filter(({ name, refused }) => refused !== no(name))).toEqual([]);

  // A minute later, for an account is asked so many things in one.
  await later(2, async () => {
    const holder = await made.enlist({ telephone: aTelephone(), name: "周宏伟" });
    await call("residents.bind", { body: { name: holder.name, identityNumber: holder.identityNumber } });
    await made.prove(call, holder);
    for (const { name, answer, refused } of await replayed(life, call)) {
      const found = [...life.numbers, person.personNo, person.name].filter((one) => answer.includes(one));
      expect([name, found]).toEqual([name, []]);
      if (name === "messages.settings") expect(JSON.parse(answer)).toMatchObject({ wechat: true, sms: true });
      if (name === "residents.bind") expect(refused).toBe("bound-to-another");
    }
  });

  const own = await made.signIn(person, aTelephone());
  await made.prove(own.call, person);
  const [refunds, orders] = [await own.call("refunds.mine"), await own.call("contributions.orders")];
  expect(refunds.refunds.map(({ state }) => state)).toEqual(["requested"]);
  expect(orders.orders.map(({ state }) => state).sort()).toEqual(["awaiting-payment", "booked"]);
}

describe("an account closes with its person", () => {
  test("the next holder of a telephone", () => findsNothing((person) => counter("counter.recover", at(person))));

  test("the next holder of a telephone whose account was left unbound, before accounts were closed", () =>
    findsNothing(leftUnbound));

  test("by telephone and by WeChat: the next sign-in opens a new one, and the closed one is bound to nobody any more", async () => {
    const telephone = aTelephone();
    const person = await made.enlist({ telephone });
    const before = [await accountOfTelephone(telephone), await accountOfWeChat("o-closing")];
    const accounts = await Promise.all(before.map(accountOf));
    for (const account of accounts) await bindAccount(account, person.personNo);
    expect(await counter("counter.recover", at(person))).toMatchObject({ accounts: 2 });
    const after = [await accountOfTelephone(telephone), await accountOfWeChat("o-closing")];
    expect(after.filter((no) => before.includes(no))).toEqual([]);
    for (const account of accounts)
      await expect(bindAccount(account, person.personNo)).rejects.toMatchObject({ code: "bound-to-another" });
  });

  test("what they ordered comes back to the person with a second proof, and to no other account without one", async () => {
    const { person, life } = await somebody();
    const [asked] = life.calls.filter(({ name }) => name === "contributions.order-state").map((one) => one.asked);
    const one = asked as { params: { orderNo: string } };
    await counter("counter.recover", at(person));
    const { call } = await made.signIn(person, aTelephone());
    expect((await call("contributions.orders")).orders).toEqual([]);
    expect(await refusal(call("contributions.order-state", one))).toBe("not-found");
    await made.prove(call, person);
    expect((await call("contributions.orders")).orders).toHaveLength(2);
    expect(await call("contributions.order-state", one)).toMatchObject(one.params);
  });
});
