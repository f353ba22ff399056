import * as z from "zod";
import { CalendarDay, MaskedNumber } from "../edge.ts";
import { ProofWay } from "../proof/proof.ts";
import { endpoint } from "./endpoint.ts";
import { ChangeNo } from "./residents.ts";
import { Telephone } from "./sign-in.ts";

/** A session's second proof, good for looking until a time (wall-clock milliseconds); `fresh`: it is good for what can hurt, now. */
const Proof = z.strictObject({ by: ProofWay, at: z.int(), until: z.int(), fresh: z.boolean() });
const SmsCode = z.string().regex(/^\d{6}$/);

export const endpoints = {
  "proof.ways": endpoint({
    method: "GET",
    path: "/me/proof",
    title: "第二次核验：核验过没有、可以怎么核验",
    caller: { audience: "resident", trust: "bound" },
    access: { main: "read" },
    reply: z.strictObject({
      /** Null where none was given within the day. */
      proof: Proof.nullable(),
      ways: z.strictObject({
        /** The telephone on record, masked; null where there is none. */
        telephone: MaskedNumber.nullable(),
        counter: z.literal(true),
        face: z.boolean(),
      }),
    }),
  }),
  "proof.send-code": endpoint({
    method: "POST",
    path: "/me/proof/codes",
    title: "向登记的手机号发送核验短信",
    caller: { audience: "resident", trust: "bound" },
    access: { main: "write" },
    reply: z.strictObject({ telephone: MaskedNumber, validMinutes: z.int() }),
  }),
  "proof.prove": endpoint({
    method: "POST",
    path: "/me/proof",
    title: "第二次核验是本人",
    caller: { audience: "resident", trust: "bound" },
    access: { main: "write" },
    body: z.discriminatedUnion("way", [
      z.strictObject({
        way: z.literal("telephone"),
        code: SmsCode,
        /** 身份证号后六位 · whoever only holds the telephone does not know it. */
        lastSix: z.string().regex(/^\d{5}[\dXx]$/),
      }),
      z.strictObject({ way: z.literal("counter"), code: z.string().regex(/^\d{8}$/) }),
      z.strictObject({ way: z.literal("face"), ticket: z.string().min(1).max(2000) }),
    ]),
    reply: Proof,
  }),
  "proof.telephone-code": endpoint({
    method: "POST",
    path: "/me/telephone/codes",
    title: "向新手机号发送验证码",
    caller: { audience: "resident", trust: "fresh" },
    access: { main: "write" },
    body: z.strictObject({ telephone: Telephone }),
    reply: z.strictObject({ validMinutes: z.int() }),
  }),
  "proof.telephone": endpoint({
    method: "PUT",
    path: "/me/telephone",
    title: "更换登记的手机号",
    caller: { audience: "resident", trust: "weighty" },
    access: { main: "write" },
    body: z.strictObject({ telephone: Telephone, code: SmsCode }),
    reply: z.strictObject({
      telephone: MaskedNumber,
      /** Null while it waits. */
      confirmedOn: CalendarDay.nullable(),
      /** Whether a notice of the change went to the number before, and to the new one. */
      told: z.strictObject({ before: z.boolean(), now: z.boolean() }),
      /** When it takes effect, unless it is stopped (wall-clock milliseconds); null where it has. */
      waitsUntil: z.int().nullable(),
    }),
  }),
  "proof.stop-telephone": endpoint({
    method: "POST",
    path: "/me/telephone/stop",
    title: "停止等待生效的换号",
    // The next holder of a number, and whose number was written by mistake, are bound to nobody.
    caller: { audience: "resident", trust: "signed-in" },
    access: { main: "write" },
    body: z.strictObject({ changeNo: ChangeNo }),
    reply: z.strictObject({}),
  }),
  "proof.contact": endpoint({
    method: "POST",
    path: "/me/telephone/confirmed",
    title: "确认还是这个手机号",
    caller: { audience: "resident", trust: "proven" },
    access: { main: "write" },
    reply: z.strictObject({ telephone: MaskedNumber, confirmedOn: CalendarDay }),
  }),
};
