import { beforeAll, expect, test } from "vitest";
import { callApi } from "../../local/server.ts";
import { type World, world } from "../world/world.ts";

let made: World;
beforeAll(async () => {
  made = await world();
});

let phones = 0;
const nextTelephone = () => `1390001${String(++phones).padStart(4, "0")}`;

/** One call of a browser, with the cookie that it keeps; what it is told to keep, as it is written. */
async function call(path: string, body: object, { cookie = "", token = "" } = {}) {
  const reply = await callApi({
    method: "POST",
    url: new URL(path, "http://localhost"),
    headers: { ...(cookie && { cookie: `other=1; ${cookie}` }), ...(token && { authorization: `Bearer ${token}` }) },
    body: Buffer.from(JSON.stringify(body)),
    address: `10.77.0.${++phones}`,
  });
  const [set = ""] = reply.cookies ?? [];
  return { status: reply.statusCode, body: JSON.parse(reply.body ?? ""), set, cookie: set.split(";")[0]! };
}

/** Signs in as a browser does. */
async function browser() {
  const telephone = nextTelephone();
  const { askedAs } = await made.anyone("sign-in.send-code", { body: { telephone } });
  const code = made.codeSentTo(telephone);
  return call("/api/sign-in/telephone", { telephone, askedAs, code, inCookie: true });
}
const refreshed = (cookie: string, body: object = { inCookie: true }) => call("/api/sign-in/refresh", body, { cookie });

test("a browser's long token lies in a cookie that no script reads, and nowhere in the answer", async () => {
  const { body, set, cookie } = await browser();
  expect(body).toMatchObject({ refreshToken: "" });
  expect(JSON.stringify(body)).not.toContain(cookie.split("=")[1]);
  expect(set).toMatch(
    /^refresh=[\w-]{16}\.0\.[\w-]+; Max-Age=2592000; Path=\/api\/sign-in; HttpOnly; Secure; SameSite=Strict$/,
  );
});

test("it renews the session, and is exchanged with each renewal", async () => {
  const { body, cookie } = await browser();
  const next = await refreshed(cookie);
  expect(next.body).toMatchObject({ refreshToken: "" });
  expect(next.body.accessToken).not.toBe(body.accessToken);
  expect(next.cookie).not.toBe(cookie);
  expect((await refreshed(next.cookie)).status).toBe(200);
  expect((await refreshed(cookie)).body.code).toBe("session-stolen");
});

test("a token that a page still keeps goes into the cookie with its first renewal", async () => {
  const { refreshToken } = await made.signIn(null);
  const { body, cookie } = await refreshed("", { refreshToken, inCookie: true });
  expect(body.refreshToken).toBe("");
  expect((await refreshed(cookie)).status).toBe(200);
});

test("signing out takes it away", async () => {
  const { body, cookie } = await browser();
  const out = await call("/api/sign-in/out", {}, { cookie, token: body.accessToken });
  expect(out.set).toMatch(/^refresh=; Max-Age=0; Path=\/api\/sign-in; HttpOnly/);
  expect((await refreshed(cookie)).body.code).toBe("not-signed-in");
});

test("without a token and without a cookie nothing is renewed; whoever asks for none is set none", async () => {
  expect((await refreshed("")).body.code).toBe("not-signed-in");
  const { refreshToken } = await made.signIn(null);
  const weChat = await refreshed("", { refreshToken });
  expect(weChat).toMatchObject({ status: 200, set: "" });
  expect(weChat.body.refreshToken).not.toBe("");
});
