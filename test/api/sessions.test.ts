import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { key } from "../../functions/key.ts";
import { raw, refusal, type World, world } from "../world/world.ts";

let made: World;
beforeAll(async () => {
  made = await world();
});
afterEach(() => void vi.useRealTimers());

const minute = 60_000;
const day = 24 * 60 * minute;

/** The wall clock, so much later; timers stay as they are. */
const later = (milliseconds: number) =>
  vi.useFakeTimers({ now: Date.now() + milliseconds, toFake: ["Date"], shouldAdvanceTime: false });

const refreshed = (refreshToken: string) => made.anyone("sign-in.refresh", { body: { refreshToken } });
const isGood = async (token: string) => (await refusal(made.as(token)("residents.me"))) === "";

test("a refresh token two steps old: whoever took it ahead, the session ends for all who hold it", async () => {
  const { refreshToken: stolen } = await made.signIn(await made.enlist());
  const one = await refreshed(stolen);
  const two = await refreshed(one.refreshToken);
  expect(await isGood(two.accessToken)).toBe(true);
  expect(await refusal(refreshed(stolen))).toBe("session-stolen");
  expect(await isGood(two.accessToken)).toBe(false);
  expect(await refusal(refreshed(two.refreshToken))).toBe("not-signed-in");
});

test("a refresh token nine steps old ends it as well", async () => {
  const { refreshToken: stolen } = await made.signIn(await made.enlist());
  let last = await refreshed(stolen);
  for (let step = 0; step < 8; step++) last = await refreshed(last.refreshToken);
  expect(await refusal(refreshed(stolen))).toBe("session-stolen");
  expect(await isGood(last.accessToken)).toBe(false);
});

test("the victim inside the grace: the thief is given the same tokens, the victim's stay good, and the next step tells", async () => {
  const { refreshToken } = await made.signIn(await made.enlist());
  const victim = await refreshed(refreshToken);
  const thief = await refreshed(refreshToken);
  expect(thief).toEqual(victim);
  expect(await isGood(victim.accessToken)).toBe(true);
  const ahead = await refreshed(thief.refreshToken);
  later(1.1 * minute);
  expect(await refusal(refreshed(victim.refreshToken))).toBe("session-stolen");
  expect(await isGood(ahead.accessToken)).toBe(false);
});

test("two refreshes of one token at once are answered alike", async () => {
  const { refreshToken } = await made.signIn(await made.enlist());
  const [one, two] = await Promise.all([refreshed(refreshToken), refreshed(refreshToken)]);
  expect(one).toEqual(two);
  expect(await isGood(one!.accessToken)).toBe(true);
});

test("a token that we never gave ends nothing: another secret, a serial ahead, another session's", async () => {
  const { refreshToken, token } = await made.signIn(await made.enlist());
  const other = await made.signIn(await made.enlist());
  const [session, serial, secret] = refreshToken.split(".");
  const [, , foreign] = other.refreshToken.split(".");
  const turned = secret!.startsWith("A") ? `B${secret!.slice(1)}` : `A${secret!.slice(1)}`;
  for (const written of [
    `${session}.${serial}.${turned}`,
    `${session}.1.${secret}`,
    `${session}.00.${turned}`,
    `${session}.-1.${secret}`,
    `${session}.${serial}.${foreign}`,
    `${session}.${serial}.${"界".repeat(secret!.length)}`,
    `${session}.${secret}`,
    token,
  ])
    expect(await refusal(refreshed(written)), written).toBe("not-signed-in");
  expect(await isGood(token)).toBe(true);
  expect((await refreshed(refreshToken)).accessToken).toBeTruthy();
});

test("a refresh token opens nothing as an access token", async () => {
  const { refreshToken } = await made.signIn(await made.enlist());
  expect(await isGood(refreshToken)).toBe(false);
});

test("a session ends a quarter after its sign-in, however often it is refreshed", async () => {
  const signedIn = await made.signIn(await made.enlist());
  const from = Date.now();
  let last = signedIn.refreshToken;
  for (let on = 29; on < 90; on += 29) {
    vi.useFakeTimers({ now: from + on * day, toFake: ["Date"] });
    last = (await refreshed(last)).refreshToken;
  }
  vi.useFakeTimers({ now: from + 90 * day - minute, toFake: ["Date"] });
  const { accessToken, refreshToken, accessExpiresAt } = await refreshed(last);
  expect(accessExpiresAt).toBeLessThanOrEqual(from + 90 * day + 5_000);
  vi.useFakeTimers({ now: from + 90 * day + minute, toFake: ["Date"] });
  expect(await isGood(accessToken)).toBe(false);
  expect(await refusal(refreshed(refreshToken))).toBe("not-signed-in");
});

test("a bearer of any length or spelling is not signed in, and no fault", async () => {
  for (const token of ["x".repeat(2_100), `${"界".repeat(900)}.x`, "../../etc", "a.b.c.d", ".", "SESSION#1.x"]) {
    const { status, body } = await raw("GET", "/api/me", { token });
    expect([status, body.code], token.slice(0, 20)).toEqual([401, "not-signed-in"]);
  }
});

test("an appointment that ended yesterday opens nothing; on its last day it does", async () => {
  const officer = await made.officer("ends", "370611001201", ["visits"]);
  const names = () => officer("progress.names", { params: { unit: "370611001201" }, query: { year: "2026" } });
  const until = (day: string | null) =>
    db.send(
      new PutCommand({
        TableName: config.mainTable(),
        Item: {
          ...key.officer("ends"),
          officerNo: "ends",
          name: "ends",
          unit: "370611001201",
          roles: ["visits"],
          until: day,
        },
      }),
    );
  await until("2025-11-20");
  expect(await refusal(names())).not.toBe("appointment-ended");
  await until("2025-11-19");
  expect(await refusal(names())).toBe("appointment-ended");
  await until("2020-01-01");
  expect(await refusal(names())).toBe("appointment-ended");
  expect(await refusal(officer("officers.me"))).toBe("appointment-ended");
});
