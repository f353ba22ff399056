import * as z from "zod";
import { Amount, CalendarDay, MaskedNumber, Total } from "../edge.ts";
import { endpoint } from "./endpoint.ts";
import { Unit, UnitCode } from "./officers.ts";
import { BenefitYear, BenefitYearText } from "./residents.ts";

const Figures = z.strictObject({
  /** 应参保: living, on the register, not in employee cover. */
  should: z.int(),
  enrolled: z.int(),
  /** Enrolled and paid something themselves. */
  paid: z.int(),
  /** What they paid. */
  amount: Total,
});

export const endpoints = {
  "progress.board": endpoint({
    method: "GET",
    path: "/progress/{unit}",
    title: "参保缴费进度",
    caller: { audience: "officer", roles: ["progress"] },
    access: { main: "read" },
    params: z.strictObject({ unit: UnitCode }),
    query: z.strictObject({ year: BenefitYearText }),
    reply: z.strictObject({
      unit: Unit,
      path: z.array(Unit),
      figures: Figures,
      /** 0–1 as text, null where nobody set one. */
      target: z.string().nullable(),
      children: z.array(z.strictObject({ unit: Unit, figures: Figures, target: z.string().nullable() })),
      days: z.array(z.strictObject({ on: CalendarDay, enrolled: z.int(), paid: z.int(), amount: Total })),
    }),
  }),
  "progress.names": endpoint({
    method: "GET",
    path: "/progress/{unit}/names",
    title: "村里的名单",
    caller: { audience: "officer", roles: ["visits"] },
    access: { main: "read", audit: "append" },
    params: z.strictObject({ unit: UnitCode }),
    query: z.strictObject({ year: BenefitYearText }),
    reply: z.strictObject({
      unit: Unit,
      path: z.array(Unit),
      people: z.array(
        z.strictObject({
          personNo: z.string(),
          name: z.string(),
          identityNumber: MaskedNumber,
          age: z.int(),
          household: z.string(),
          head: z.boolean(),
          telephone: MaskedNumber.nullable(),
          identities: z.array(z.string()),
          status: z.enum(["enrolled", "not-yet", "lapsed", "employee"]),
          lastCovered: z.int().nullable(),
          due: Amount.nullable(),
          coverFrom: CalendarDay.nullable(),
          visit: z.strictObject({ on: CalendarDay, outcome: z.string(), note: z.string(), by: z.string() }).nullable(),
        }),
      ),
    }),
  }),
  "progress.visit": endpoint({
    method: "POST",
    path: "/visits",
    title: "登记入户走访",
    caller: { audience: "officer", roles: ["visits"] },
    access: { main: "write", audit: "append" },
    body: z.strictObject({
      personNo: z.string().max(30),
      year: BenefitYear,
      outcome: z.enum(["will-pay", "paid-elsewhere", "away", "unwilling", "not-found"]),
      note: z.string().trim().max(200).default(""),
    }),
    reply: z.strictObject({ on: CalendarDay, outcome: z.string(), note: z.string(), by: z.string() }),
  }),
  "progress.telephone": endpoint({
    method: "POST",
    path: "/visits/telephone",
    title: "查看完整电话（说明理由）",
    caller: { audience: "officer", roles: ["visits"] },
    access: { main: "write", audit: "append" },
    body: z.strictObject({ personNo: z.string().max(30), reason: z.string().trim().min(4).max(100) }),
    reply: z.strictObject({ telephone: z.string() }),
  }),
  "progress.target": endpoint({
    method: "PUT",
    path: "/progress/{unit}/target",
    title: "下达参保目标",
    caller: { audience: "officer", roles: ["targets"] },
    access: { main: "write", audit: "append" },
    params: z.strictObject({ unit: UnitCode }),
    body: z.strictObject({ year: BenefitYear, target: z.string().regex(/^(0\.\d{1,4}|1)$/) }),
    reply: z.strictObject({ target: z.string() }),
  }),
};
