import * as z from "zod";
import { AreaCode, CalendarDay, MaskedNumber } from "../edge.ts";
import { endpoint } from "./endpoint.ts";

/** A name as typed; it is normalised before it is compared. */
export const Name = z.string().trim().min(1).max(60);
/** An identity number as typed; the check digit is looked at by the law, which can say what is wrong. */
export const IdentityNumberTyped = z.string().min(1).max(40);

export const BenefitYear = z.int().min(2000).max(2199);
export const ChangeNo = z.string().regex(/^[0-9a-f]{12}$/);

/** A benefit year in a query string. */
export const BenefitYearText = z.codec(z.string().regex(/^\d{4}$/), BenefitYear, {
  decode: Number,
  encode: String,
});

/** 参保状态 of one benefit year, as a person is told it. */
export const CoverState = z.discriminatedUnion("state", [
  z.strictObject({ year: BenefitYear, state: z.literal("covered"), from: CalendarDay, until: CalendarDay }),
  z.strictObject({ year: BenefitYear, state: z.literal("waiting"), from: CalendarDay, until: CalendarDay }),
  z.strictObject({
    year: BenefitYear,
    state: z.literal("starts-later"),
    from: CalendarDay,
    until: CalendarDay,
  }),
  z.strictObject({ year: BenefitYear, state: z.literal("over"), from: CalendarDay, until: CalendarDay }),
  z.strictObject({ year: BenefitYear, state: z.literal("not-enrolled") }),
  z.strictObject({ year: BenefitYear, state: z.literal("employee") }),
]);

export const endpoints = {
  "residents.me": endpoint({
    method: "GET",
    path: "/me",
    title: "我是谁、我参保了吗",
    caller: { audience: "resident", trust: "signed-in" },
    access: { main: "read" },
    reply: z.strictObject({
      signedInBy: z.enum(["wechat", "telephone"]),
      telephone: MaskedNumber.nullable(),
      person: z
        .strictObject({
          name: z.string(),
          identityNumber: MaskedNumber,
          poolingArea: AreaCode,
          areaName: z.string(),
          /** The village; null before a second proof. */
          unitName: z.string().nullable(),
          deceased: z.boolean(),
          cover: z.array(CoverState),
        })
        .nullable(),
      /** 联系电话 · the telephone on record, masked, and whether to ask if it still is the person's; null before a second proof. */
      contact: z
        .strictObject({
          telephone: MaskedNumber.nullable(),
          confirmedOn: CalendarDay.nullable(),
          ask: z.boolean(),
        })
        .nullable(),
      /** 等待生效的换号 · what can be stopped from here: one's own, and those to or from the telephone that one signed in with. */
      telephoneChanges: z.array(
        z.strictObject({
          changeNo: ChangeNo,
          /** As our messages call the person. */
          name: z.string(),
          /** The number that it changes to; null to whoever is only bound. */
          telephone: MaskedNumber.nullable(),
          /** Wall-clock milliseconds. */
          effectiveAt: z.int(),
        }),
      ),
    }),
  }),
  "residents.bind": endpoint({
    method: "POST",
    path: "/me/person",
    title: "用姓名和身份证号绑定本人",
    caller: { audience: "resident", trust: "signed-in" },
    access: { main: "write" },
    body: z.strictObject({ name: Name, identityNumber: IdentityNumberTyped }),
    reply: z.strictObject({ name: z.string() }),
  }),
};
