import { afterEach, describe, expect, test, vi } from "vitest";
import { networksOf } from "../../functions/address.ts";
import { allowances, limit } from "../../functions/limits.ts";
import { logger } from "../../functions/log.ts";
import { made, opens, places, turnsBack } from "../world/opening.ts";
import { raw, refusal } from "../world/world.ts";

opens(places);
turnsBack();
afterEach(() => {
  vi.restoreAllMocks();
});

let serial = 0;
const aTelephone = () => `199${String(++serial * 1_009).padStart(8, "0")}`;
const post = (path: string, body: object, address: string) =>
  raw("POST", `/api${path}`, { body: JSON.stringify(body), address });
const askCode = (telephone: string, address: string, device?: string) =>
  post("/sign-in/codes", { telephone, ...(device && { device }) }, address);

describe("four hundred codes from one address", () => {
  test("are sixty: to whatever telephones, the address is stopped", async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 400; i++) statuses.push((await askCode(aTelephone(), "203.0.113.7")).status);
    expect(statuses.filter((one) => one === 200)).toHaveLength(60);
    expect(statuses.slice(60).every((one) => one === 429)).toBe(true);
    expect((await askCode(aTelephone(), "203.0.113.8")).status).toBe(200);
  });

  test("nor from the addresses that one subscriber has: a network of four, a network of six", async () => {
    expect(networksOf("203.0.113.7")).toEqual({ own: "203.0.113.7", neighbours: "203.0.113" });
    expect(networksOf("2001:db8::1")).toEqual({ own: "2001:db8:0:0", neighbours: "2001:db8:0" });
    expect(networksOf("2001:db8:1:2:3:4:5:6").own).toBe(networksOf("2001:0db8:1:2::9").own);
    let sent = 0;
    for (let i = 0; i < 65; i++)
      if ((await askCode(aTelephone(), `2001:db8:1:2::${i.toString(16)}`)).status === 200) sent += 1;
    expect(sent).toBe(60);
  });

  test("guesses at many telephones are counted to where they come from", async () => {
    const guess = (telephone: string, address: string) =>
      post("/sign-in/telephone", { telephone, askedAs: "0".repeat(20), code: "123456" }, address);
    const codes: (string | undefined)[] = [];
    for (let i = 0; i < 70; i++) codes.push((await guess(aTelephone(), "203.0.113.9")).body.code);
    expect(codes.filter((one) => one === "code-used-up")).toHaveLength(60);
    expect(codes.at(-1)).toBe("paused");
  });
});

describe("a lock-out by a stranger", () => {
  /** A stranger of many addresses, until the telephone takes no more of strangers. */
  async function besiege(telephone: string): Promise<void> {
    for (let i = 0; i < 30; i++) await askCode(telephone, `198.51.${i}.1`);
    expect((await askCode(telephone, "198.51.99.1")).body.code).toBe("paused");
  }

  test("does not keep an owner out whose device signed in before", async () => {
    const telephone = aTelephone();
    const first = await made.anyone("sign-in.send-code", { body: { telephone } });
    const { device } = await made.anyone("sign-in.telephone", {
      body: { telephone, askedAs: first.askedAs, code: made.codeSentTo(telephone) },
    });
    await besiege(telephone);
    const { askedAs } = await made.anyone("sign-in.send-code", { body: { telephone, device } });
    const code = made.codeSentTo(telephone);
    expect(await refusal(made.anyone("sign-in.telephone", { body: { telephone, askedAs, code } }))).toBe("");
    // The mark is good for its own telephone alone, and not for more than its own tries.
    const another = aTelephone();
    await besiege(another);
    expect((await askCode(another, "192.0.2.1", device)).body.code).toBe("paused");
    for (let i = 0; i < 4; i++) await made.anyone("sign-in.send-code", { body: { telephone, device } });
    expect(await refusal(made.anyone("sign-in.send-code", { body: { telephone, device } }))).toBe("paused");
  });

  test("burns no code that the owner asked for", async () => {
    const telephone = aTelephone();
    const owner = await made.anyone("sign-in.send-code", { body: { telephone } });
    const code = made.codeSentTo(telephone);
    const stranger = await made.anyone("sign-in.send-code", { body: { telephone } });
    const guess = (askedAs: string) =>
      refusal(made.anyone("sign-in.telephone", { body: { telephone, askedAs, code: "000000" } }));
    for (let i = 0; i < 6; i++) await guess(stranger.askedAs);
    for (let i = 0; i < 6; i++) await guess("Z".repeat(20));
    const body = { telephone, askedAs: owner.askedAs, code };
    expect(await refusal(made.anyone("sign-in.telephone", { body }))).toBe("");
  });

  test("does not keep the owner of an identity number from binding it, and rings", async () => {
    const owner = await made.enlist({ name: "熊志明" });
    const rung = vi.spyOn(logger, "warn");
    for (let i = 0; i < 5; i++) {
      const { call } = await made.signIn(null);
      for (let j = 0; j < 5; j++)
        await refusal(call("residents.bind", { body: { name: "别人", identityNumber: owner.identityNumber } }));
    }
    expect(rung.mock.calls.filter(([, more]) => (more as { alarm?: string }).alarm === "bind-number")).not.toEqual([]);
    const { call } = await made.signIn(null);
    const { name, identityNumber } = owner;
    expect(await refusal(call("residents.bind", { body: { name, identityNumber } }))).toBe("");
  });

  test("an account that is bound wipes no guesses out by binding itself again", async () => {
    const person = await made.enlist();
    const other = await made.enlist();
    const { call } = await made.signIn(person);
    const bind = (identityNumber: string, name: string) =>
      refusal(call("residents.bind", { body: { name, identityNumber } }));
    for (let i = 0; i < 4; i++) {
      expect(await bind(other.identityNumber, "猜的")).toBe("name-mismatch");
      await bind(person.identityNumber, person.name);
    }
    expect(await bind(other.identityNumber, "猜的")).toBe("name-mismatch");
    expect(await bind(other.identityNumber, "猜的")).toBe("paused");
  });

  test("every count that somebody else could spend says what its owner is left with", () => {
    for (const [name, one] of Object.entries(allowances))
      expect([name, one.whose === "caller" || "owner" in one]).toEqual([name, true]);
  });
});

describe("whole numbers", () => {
  test("one officer sees forty a day, each with its reason; then it rings", async () => {
    const cadre = await made.officer("reveals", "370611001201", ["visits"]);
    const rung = vi.spyOn(logger, "warn");
    const people = await Promise.all(Array.from({ length: 41 }, () => made.enlist({ telephone: aTelephone() })));
    const codes: string[] = [];
    for (const { personNo } of people)
      codes.push(await refusal(cadre("progress.telephone", { body: { personNo, reason: "入户走访" } })));
    expect(codes.filter((one) => one === "")).toHaveLength(40);
    expect(codes.at(-1)).toBe("paused");
    expect(rung.mock.calls.map(([, more]) => (more as { alarm?: string }).alarm)).toContain("reveal");
  });
});

describe("the in-process bucket", () => {
  test("the in-process bucket never forgets the busy one", () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const spent = () => {
      try {
        limit("account", "busy", 120);
        return true;
      } catch {
        return false;
      }
    };
    for (let i = 0; i < 120; i++) expect(spent()).toBe(true);
    expect(spent()).toBe(false);
    for (let i = 0; i < 25_000; i++) limit("account", `made-up ${i}`, 120);
    for (let i = 0; i < 25_000; i++) limit("address", `made-up ${i}`, 3_000);
    expect(spent()).toBe(false);
  });
});
