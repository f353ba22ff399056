import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import * as z from "zod";
import { config } from "../../functions/config.ts";
import { partition, shards } from "../../functions/key.ts";
import { logger } from "../../functions/log.ts";
import { itemsIn } from "../../functions/read.ts";
import type { Resident } from "../../local/county/people.ts";
import type { Call } from "../../shared/api/client.ts";
import { day } from "../../shared/day.ts";
import { made, opens, places } from "../world/opening.ts";
import { raw, refusal } from "../world/world.ts";

const today = day("2025-11-20");
const reason = "季度抽查";
opens(places);

let auditor: Call;
let clerk: Call;
let other: Call;
beforeAll(async () => {
  auditor = await made.officer("city-auditor", "370600", ["audit"]);
  clerk = await made.officer("clerk", "370611", ["counter", "visits"]);
  other = await made.officer("other-clerk", "370682", ["counter"]);
});
beforeEach(() => made.turn(today));
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const found = (by: Call, { name, identityNumber }: Resident) => by("counter.find", { body: { name, identityNumber } });
const asked = (body: { unit?: string; no?: string; on?: string } = {}) =>
  auditor("claims-agency.access-day", { body: { unit: "370600", reason, ...body, on: day(body.on ?? today) } });

describe("a day's looks", () => {
  test("are found by area with what is below, by officer, and by day", async () => {
    const [one, elsewhere] = [await made.enlist(), await made.enlist({ village: "370682001201" })];
    await found(clerk, one);
    await found(other, elsewhere);
    const whoLooked = async (body: Parameters<typeof asked>[0]) => {
      const { looks } = await asked(body);
      return [...new Set(looks.filter(({ call }) => call === "counter.find").map(({ no }) => no))].sort();
    };
    expect(await whoLooked({})).toEqual(["clerk", "other-clerk"]);
    expect(await whoLooked({ unit: "370611" })).toEqual(["clerk"]);
    expect(await whoLooked({ unit: "370611001" })).toEqual([]);
    expect(await whoLooked({ no: "other-clerk" })).toEqual(["other-clerk"]);
    expect(await whoLooked({ on: "2025-11-19" })).toEqual([]);
    const { looks, unit } = await asked({ no: "clerk" });
    expect(unit).toEqual({ code: "370600", name: "烟台市" });
    expect(looks[0]).toMatchObject({ who: "officer", personNo: one.personNo, on: today, from: null });
  });

  test("what is odd comes first: many people, at night, the same person again and again", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2025-11-20T15:30:00Z") });
    const busy = await made.officer("busy-clerk", "370611", ["counter"]);
    const person = await made.enlist();
    for (let i = 0; i < 12; i++) await found(busy, person);
    for (let i = 0; i < 3; i++) await found(clerk, await made.enlist());
    const { oddities } = await asked({ unit: "370611" });
    expect(oddities.filter(({ no }) => no === "busy-clerk")).toEqual([
      expect.objectContaining({ kind: "at-night", count: 12, unitName: "烟台市 福山区" }),
      expect.objectContaining({ kind: "one-person", count: 12 }),
    ]);
    expect(oddities.filter(({ no }) => no === "clerk")).toEqual([]);
  });

  test("a provider's looks are found in its county", async () => {
    const { recordProviderAccess } = await import("../../functions/audit.ts");
    const person = await made.enlist();
    await recordProviderAccess("H37068200001", person.personNo, "1101");
    const { looks } = await asked({ unit: "370682", no: "H37068200001" });
    expect(looks).toEqual([expect.objectContaining({ who: "provider", personNo: person.personNo })]);
  });

  test("reading them is recorded; not without the role, not of another area, not without a reason", async () => {
    await asked({ unit: "370611001" });
    const { looks } = await asked({ no: "city-auditor" });
    expect(looks.some(({ call, village }) => call === "claims-agency.access-day" && village === "370611001")).toBe(
      true,
    );
    const body = { unit: "370600", on: today, reason };
    expect(await refusal(clerk("claims-agency.access-day", { body }))).toBe("role-missing");
    const county = await made.officer("county-auditor", "370682", ["audit"]);
    expect(await refusal(county("claims-agency.access-day", { body }))).toBe("outside-area");
    expect(await refusal(auditor("claims-agency.access-day", { body: { ...body, reason: " " } }))).toBe("malformed");
  });
});

describe("sign-ins are kept", () => {
  const keptNow = async () => {
    const Kept = z.looseObject({ sk: z.string(), who: z.string(), from: z.string(), outcome: z.string() });
    const read = Array.from({ length: shards }, (_, shard) =>
      itemsIn(partition.signIns(today, shard), Kept, { table: config.auditTable() }),
    );
    return (await Promise.all(read)).flat();
  };

  test("of residents: who, when, from where and how it ended, numbers and addresses as hashes", async () => {
    const telephone = "13700990001";
    const { askedAs } = await made.anyone("sign-in.send-code", { body: { telephone } });
    const code = made.codeSentTo(telephone);
    const wrong = code === "000000" ? "000001" : "000000";
    const send = (typed: string) =>
      raw("POST", "/api/sign-in/telephone", {
        body: JSON.stringify({ telephone, askedAs, code: typed }),
        address: "198.51.100.77",
      });
    const before = (await keptNow()).length;
    expect((await send(wrong)).status).not.toBe(200);
    expect((await send(code)).status).toBe(200);
    const kept = (await keptNow()).slice().sort((a, b) => (a.sk < b.sk ? -1 : 1));
    expect(kept).toHaveLength(before + 2);
    const own = kept.filter(({ who }) => who === kept.at(-1)!.who);
    expect(own.map(({ outcome }) => outcome)).toEqual(["code-wrong", "ok"]);
    expect(own[0]).toMatchObject({ way: "telephone", on: today });
    expect(own[0]!.from).toBe(own[1]!.from);
    expect(JSON.stringify(kept)).not.toMatch(/1370099|198\.51/);
  });

  test("of officers: once for each token of the issuer, beside what they looked at", async () => {
    await made.officer("signs-in", "370611", ["progress"]);
    const token = await made.issuer.token("signs-in");
    for (let i = 0; i < 3; i++) await made.as(token)("officers.me");
    const { looks } = await asked({ no: "signs-in" });
    expect(looks).toEqual([expect.objectContaining({ call: "officers.me", personNo: null, from: expect.any(String) })]);
    expect(JSON.stringify(looks)).not.toContain("10.0.0.");
  });
});

describe("the line of a call", () => {
  test("says by whom and from where, as hashes, and counts a refusal by its code", async () => {
    const lines: Record<string, unknown>[] = [];
    vi.spyOn(logger, "info").mockImplementation((...[, line]) => void lines.push(line as Record<string, unknown>));
    const token = await made.issuer.token("clerk");
    const get = (path: string) => raw("GET", path, { token, address: "198.51.100.9" });
    await get("/api/officer");
    await get("/api/officer");
    await get("/api/ledger/trial-balance?from=2025-11-01&until=2025-11-20");
    await raw("GET", "/api/officer", { address: "198.51.100.9" });
    const [first, second, refused, nobody] = lines;
    expect(first).toMatchObject({ code: "ok", who: second!.who, from: second!.from });
    expect(first!.who).toMatch(/^[\w-]{16}$/);
    expect(first).not.toHaveProperty("Refused");
    expect(refused).toMatchObject({ code: "role-missing", Refused: 1 });
    expect(refused!._aws).toMatchObject({ CloudWatchMetrics: [{ Dimensions: [["code"]] }] });
    expect(nobody).toMatchObject({ code: "not-signed-in", from: first!.from, Refused: 1 });
    expect(nobody).not.toHaveProperty("who");
    expect(JSON.stringify(lines)).not.toMatch(/198\.51|clerk/);
  });

  test("an officer who looks at many rings, once an hour", async () => {
    const rung: unknown[] = [];
    vi.spyOn(logger, "warn").mockImplementation((...[, line]) => void rung.push(line));
    const { ringForBreadth } = await import("../../functions/breadth.ts");
    for (let i = 0; i < 199; i++) ringForBreadth("walker", 1);
    expect(rung).toEqual([]);
    for (let i = 0; i < 50; i++) ringForBreadth("walker", 1);
    expect(rung).toEqual([expect.objectContaining({ alarm: "many-looks", officerNo: "walker", Ringing: 1 })]);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 61 * 60_000 });
    ringForBreadth("walker", 300);
    expect(rung).toHaveLength(2);
  });
});

describe("a token of the issuer that is no access token", () => {
  test("opens nothing, nor one that another client asked for", async () => {
    await made.officer("typed", "370611", ["progress"]);
    const tried = async (more: object) => refusal(made.as(await made.issuer.token("typed", more))("officers.me"));
    expect(await tried({ typ: "JWT" })).toBe("not-signed-in");
    expect(await tried({ typ: "JWT", claims: { token_use: "id" } })).toBe("not-signed-in");
    expect(await tried({ typ: "JWT", claims: { token_use: "access" } })).toBe("");
    expect(await tried({ typ: "JWT", claims: { typ: "Bearer" } })).toBe("");
    vi.stubEnv("ISSUER_CLIENTS", "console");
    expect(await tried({ claims: { client_id: "console" } })).toBe("");
    expect(await tried({ claims: { azp: "console" } })).toBe("");
    expect(await tried({ claims: { client_id: "another" } })).toBe("not-signed-in");
    expect(await tried({})).toBe("not-signed-in");
    vi.unstubAllEnvs();
  });
});
