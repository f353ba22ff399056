import { describe, expect, test } from "vitest";
import { checkDigit } from "../../shared/person.ts";
import { later, made, opens, places } from "../world/opening.ts";
import { refusal } from "../world/world.ts";

opens(places);

const self = { whom: { who: "self" as const }, benefitYear: 2026 };

describe("who you are", () => {
  test("bad check digit", async () => {
    const person = await made.enlist();
    const { call } = await made.signIn(null);
    const wrong = person.identityNumber.slice(0, 17) + (person.identityNumber.endsWith("1") ? "2" : "1");
    expect(await refusal(call("residents.bind", { body: { name: person.name, identityNumber: wrong } }))).toBe(
      "identity-number",
    );
    expect((await call("residents.me")).person).toBeNull();
  });

  test("name that does not match", async () => {
    const person = await made.enlist({ name: "李秀英" });
    const { call } = await made.signIn(null);
    expect(
      await refusal(call("residents.bind", { body: { name: "李秀兰", identityNumber: person.identityNumber } })),
    ).toBe("name-mismatch");
    expect((await call("residents.me")).person).toBeNull();
  });

  test("a number that nobody has is told like a name that does not match", async () => {
    const { call } = await made.signIn(null);
    const nobody = `37999919900101001${checkDigit("37999919900101001")}`;
    expect(await refusal(call("residents.bind", { body: { name: "张三", identityNumber: nobody } }))).toBe(
      "name-mismatch",
    );
  });

  test("names with · and rare characters bind whatever dot and device", async () => {
    for (const [registered, typed] of [
      ["阿依古丽·买买提", "阿依古丽.买买提"],
      ["䶮晓东", "\uE863晓东"],
      ["㛃芸", "㛃 芸"],
    ] as const) {
      const person = await made.enlist({ name: registered });
      const { call } = await made.signIn(null);
      await call("residents.bind", { body: { name: typed, identityNumber: person.identityNumber } });
      expect((await call("residents.me")).person?.name).toBe(registered);
    }
  });

  test("sixth try", async () => {
    const person = await made.enlist({ name: "李秀英" });
    const { call } = await made.signIn(null);
    const wrong = { body: { name: "李秀兰", identityNumber: person.identityNumber } };
    for (let i = 0; i < 5; i++) expect(await refusal(call("residents.bind", wrong))).toBe("name-mismatch");
    const right = { body: { name: "李秀英", identityNumber: person.identityNumber } };
    expect(await refusal(call("residents.bind", right))).toBe("paused");
  });

  test("six tries in the same moment are still six", async () => {
    const person = await made.enlist({ name: "李秀英" });
    const { call } = await made.signIn(null);
    const wrong = { body: { name: "李秀兰", identityNumber: person.identityNumber } };
    const codes = await Promise.all(Array.from({ length: 12 }, () => refusal(call("residents.bind", wrong))));
    expect(codes.filter((code) => code === "name-mismatch")).toHaveLength(5);
    expect(codes.filter((code) => code === "paused")).toHaveLength(7);
  });

  test("after the pause the tries are counted anew", async () => {
    const person = await made.enlist({ name: "李秀英" });
    const { call, refreshToken } = await made.signIn(null);
    const wrong = { body: { name: "李秀兰", identityNumber: person.identityNumber } };
    for (let i = 0; i < 6; i++) await refusal(call("residents.bind", wrong));
    await later(31, async () => {
      const { accessToken } = await made.anyone("sign-in.refresh", { body: { refreshToken } });
      const right = { body: { name: "李秀英", identityNumber: person.identityNumber } };
      expect(await made.as(accessToken)("residents.bind", right)).toEqual({ name: "李*英" });
    });
  });

  test("an account that is somebody's does not become another's", async () => {
    const [one, two] = [await made.enlist(), await made.enlist()];
    const { call } = await made.signIn(one);
    expect(
      await refusal(call("residents.bind", { body: { name: two.name, identityNumber: two.identityNumber } })),
    ).toBe("bound-to-another");
    await call("residents.bind", { body: { name: one.name, identityNumber: one.identityNumber } });
  });

  test("wrong code, used code, code of another telephone, sixth code", async () => {
    const telephone = "13800000001";
    const phone = made.as("");
    const { askedAs } = await phone("sign-in.send-code", { body: { telephone } });
    const code = made.codeSentTo(telephone);
    const wrong = code === "000000" ? "111111" : "000000";
    const signedIn = (change: object) =>
      refusal(phone("sign-in.telephone", { body: { telephone, askedAs, code, ...change } }));
    expect(await signedIn({ code: wrong })).toBe("code-wrong");
    expect(await signedIn({ telephone: "13800000002" })).toBe("code-used-up");
    expect(await signedIn({})).toBe("");
    expect(await signedIn({})).toBe("code-used-up");
    for (let i = 0; i < 4; i++) await phone("sign-in.send-code", { body: { telephone } });
    expect(await refusal(phone("sign-in.send-code", { body: { telephone } }))).toBe("paused");
  });

  test("five wrong codes use a code up", async () => {
    const telephone = "13800000003";
    const { askedAs } = await made.anyone("sign-in.send-code", { body: { telephone } });
    const code = made.codeSentTo(telephone);
    const wrong = code === "000000" ? "111111" : "000000";
    const typed = (one: string) =>
      refusal(made.anyone("sign-in.telephone", { body: { telephone, askedAs, code: one } }));
    for (let i = 0; i < 5; i++) expect(await typed(wrong)).toBe("code-wrong");
    expect(await typed(code)).toBe("code-used-up");
  });

  test("a WeChat code is good once; one of another app is not", async () => {
    const tokens = await made.anyone("sign-in.wechat", { body: { code: "demo-grandma" } });
    expect((await made.as(tokens.accessToken)("residents.me")).signedInBy).toBe("wechat");
    expect(await refusal(made.anyone("sign-in.wechat", { body: { code: "demo-grandma" } }))).toBe(
      "wechat-code-refused",
    );
    expect(await refusal(made.anyone("sign-in.wechat", { body: { code: "something" } }))).toBe("wechat-code-refused");
    const again = await made.anyone("sign-in.wechat", { body: { code: "demo-grandma.2" } });
    expect(again.accessToken).not.toBe(tokens.accessToken);
  });

  test("expired or stolen token", async () => {
    const { token, refreshToken, call } = await made.signIn(await made.enlist());
    expect(await refusal(made.as("")("residents.me"))).toBe("not-signed-in");
    expect(await refusal(made.as(`${token}x`)("residents.me"))).toBe("not-signed-in");
    expect(await refusal(made.as("nobody.secret")("residents.me"))).toBe("not-signed-in");
    await later(16, () => expect(refusal(call("residents.me"))).resolves.toBe("session-expired"));

    const renewed = await made.anyone("sign-in.refresh", { body: { refreshToken } });
    expect((await made.as(renewed.accessToken)("residents.me")).signedInBy).toBe("telephone");
    expect(await refusal(call("residents.me"))).toBe("not-signed-in");
    // The spent token comes back later: somebody holds a copy, and both lose the session.
    await later(5, () =>
      expect(refusal(made.anyone("sign-in.refresh", { body: { refreshToken } }))).resolves.toBe("session-stolen"),
    );
    expect(await refusal(made.as(renewed.accessToken)("residents.me"))).toBe("not-signed-in");
    expect(await refusal(made.anyone("sign-in.refresh", { body: { refreshToken: renewed.refreshToken } }))).toBe(
      "not-signed-in",
    );
  });

  test("a phone that lost the reply to its refresh may ask again within a minute", async () => {
    const { refreshToken } = await made.signIn(await made.enlist());
    await made.anyone("sign-in.refresh", { body: { refreshToken } });
    const again = await made.anyone("sign-in.refresh", { body: { refreshToken } });
    expect((await made.as(again.accessToken)("residents.me")).signedInBy).toBe("telephone");
  });

  test("after signing out the token is worth nothing", async () => {
    const { call } = await made.signIn(await made.enlist());
    await call("sign-in.sign-out");
    expect(await refusal(call("residents.me"))).toBe("not-signed-in");
  });

  test("an unbound account sees nothing of contributions", async () => {
    const { call } = await made.signIn(null);
    expect(await refusal(call("contributions.owed", { body: self }))).toBe("not-bound");
    expect(await refusal(call("contributions.orders"))).toBe("not-bound");
  });
});
