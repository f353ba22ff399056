import * as z from "zod";
import { endpoint } from "./endpoint.ts";

export const Telephone = z.string().regex(/^1[3-9]\d{9}$/, { error: "telephone" });

/** A session as its holder gets it: the access token is short-lived, the refresh token is good for one use. */
const Tokens = z.strictObject({
  accessToken: z.string(),
  /** Empty where the browser keeps it in a cookie. */
  refreshToken: z.string(),
  /** Wall-clock milliseconds. */
  accessExpiresAt: z.int(),
});

/** A browser keeps the refresh token in a cookie that no script reads; WeChat has none. */
const InCookie = z.boolean().optional();

export const endpoints = {
  "sign-in.wechat": endpoint({
    method: "POST",
    path: "/sign-in/wechat",
    title: "微信登录",
    caller: { audience: "anyone" },
    access: { main: "write", audit: "append" },
    body: z.strictObject({ code: z.string().min(1).max(200) }),
    reply: Tokens,
  }),
  "sign-in.send-code": endpoint({
    method: "POST",
    path: "/sign-in/codes",
    title: "发送登录短信验证码",
    caller: { audience: "anyone" },
    access: { main: "write" },
    body: z.strictObject({
      telephone: Telephone,
      /** What an earlier sign-in with this telephone gave the device: a known device has tries that no stranger can spend. */
      device: z.string().max(100).optional(),
    }),
    /** `askedAs` belongs to this very code, and comes back with it. */
    reply: z.strictObject({ validMinutes: z.int(), askedAs: z.string() }),
  }),
  "sign-in.telephone": endpoint({
    method: "POST",
    path: "/sign-in/telephone",
    title: "短信验证码登录",
    caller: { audience: "anyone" },
    access: { main: "write", audit: "append" },
    body: z.strictObject({
      telephone: Telephone,
      askedAs: z.string().regex(/^[0-9A-Za-z]{20}$/),
      code: z.string().regex(/^\d{6}$/),
      inCookie: InCookie,
    }),
    reply: Tokens.extend({ device: z.string() }),
  }),
  "sign-in.refresh": endpoint({
    method: "POST",
    path: "/sign-in/refresh",
    title: "续期登录",
    caller: { audience: "anyone" },
    access: { main: "write" },
    /** Without a token the one in the cookie is meant. */
    body: z.strictObject({ refreshToken: z.string().max(200).optional(), inCookie: InCookie }),
    reply: Tokens,
  }),
  "sign-in.sign-out": endpoint({
    method: "POST",
    path: "/sign-in/out",
    title: "退出登录",
    caller: { audience: "resident", trust: "signed-in" },
    access: { main: "write" },
    reply: z.strictObject({}),
  }),
  "sign-in.sign-out-account": endpoint({
    method: "POST",
    path: "/sign-in/out/account",
    title: "退出这个账号的所有设备",
    caller: { audience: "resident", trust: "signed-in" },
    access: { main: "write" },
    reply: z.strictObject({}),
  }),
  "sign-in.sign-out-person": endpoint({
    method: "POST",
    path: "/sign-in/out/person",
    title: "退出绑定了本人的所有账号",
    // Of other accounts too: whoever only knows name and number would sign a person out again and again.
    caller: { audience: "resident", trust: "proven" },
    access: { main: "write" },
    reply: z.strictObject({ accounts: z.int() }),
  }),
};
