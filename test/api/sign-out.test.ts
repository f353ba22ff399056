import { expect, test } from "vitest";
import { made } from "../world/opening.ts";
import { raw, refusal } from "../world/world.ts";
import { aTelephone, bound, isProven, laterOn, opensCounter, proven } from "./proof-steps.ts";

opensCounter();

const stillIn = async (refreshToken: string) =>
  (await refusal(made.anyone("sign-in.refresh", { body: { refreshToken } }))) === "";

test("signed out everywhere: every session of the account is over at once, this one too; other accounts are not", async () => {
  const phone = aTelephone();
  const { person, ...wechat } = await bound();
  const [one, two] = [await made.signIn(person, phone), await made.signIn(person, phone)];
  await made.prove(two.call, person);
  await one.call("sign-in.sign-out-account");
  for (const { call, refreshToken } of [one, two]) {
    expect(await refusal(call("residents.me"))).toBe("not-signed-in");
    expect(await stillIn(refreshToken)).toBe(false);
  }
  expect(await refusal(wechat.call("residents.me"))).toBe("");
  // Signed in anew it is the same account, which has proven nothing.
  const again = await made.signIn(null, phone);
  expect((await again.call("residents.me")).person).not.toBeNull();
  expect(await isProven(again.call)).toBe(false);
});

test("whoever is bound to nobody signs out everywhere as well", async () => {
  const phone = aTelephone();
  const [one, two] = [await made.signIn(null, phone), await made.signIn(null, phone)];
  await two.call("sign-in.sign-out-account");
  expect(await refusal(one.call("residents.me"))).toBe("not-signed-in");
});

test("out of all accounts that are bound to the person, with a proof of the day; nobody else's end", async () => {
  const one = await proven();
  const [two, bystander] = [await made.signIn(one.person), await proven()];
  expect(await refusal(two.call("sign-in.sign-out-person"))).toBe("proof-needed");
  await laterOn(24 * 60 + 1, one.refreshToken, async (call) => {
    expect(await refusal(call("sign-in.sign-out-person"))).toBe("proof-too-old");
    await made.prove(call, one.person);
    expect(await call("sign-in.sign-out-person")).toEqual({ accounts: 2 });
    expect(await refusal(call("residents.me"))).toBe("not-signed-in");
  });
  expect(await stillIn(two.refreshToken)).toBe(false);
  expect(await stillIn(bystander.refreshToken)).toBe(true);
});

test("twice, also at the same moment: the second is signed out already, and nothing else happens", async () => {
  const one = await proven();
  const two = await proven();
  const both = await Promise.all([1, 2].map(() => refusal(one.call("sign-in.sign-out-account"))));
  expect(both).toContain("");
  expect(both.every((code) => code === "" || code === "not-signed-in")).toBe(true);
  expect(await refusal(one.call("sign-in.sign-out-person"))).toBe("not-signed-in");
  expect(await stillIn(two.refreshToken)).toBe(true);
});

test("bad input: nobody's token, and a stranger who is bound to nobody", async () => {
  for (const path of ["/api/sign-in/out/account", "/api/sign-in/out/person"])
    expect((await raw("POST", path, {})).body.code, path).toBe("not-signed-in");
  expect(await refusal((await made.signIn(null)).call("sign-in.sign-out-person"))).toBe("not-bound");
});
