import * as z from "zod";
import { Amount, CalendarDay, Total } from "../edge.ts";
import { endpoint, type Role, roles } from "./endpoint.ts";
import { BenefitYear, BenefitYearText } from "./residents.ts";

/** A unit of the org tree: 6 digits city or county, 9 township, 12 village. */
export const UnitCode = z.string().regex(/^\d{6}(\d{3}){0,2}$/);
const Unit = z.strictObject({
  code: UnitCode,
  name: z.string(),
  level: z.enum(["city", "county", "township", "village"]),
});
const roleNames = Object.keys(roles) as [Role, ...Role[]];

const Figures = z.strictObject({
  /** 应参保: living, on the register, not in employee cover. */
  should: z.int(),
  enrolled: z.int(),
  /** Enrolled and paid something themselves. */
  paid: z.int(),
  /** What they paid. */
  amount: Total,
});

export const agency = {
  "officers.me": endpoint({
    method: "GET",
    path: "/officer",
    title: "我的岗位与辖区",
    caller: { audience: "officer", roles: roleNames },
    access: { main: "read" },
    reply: z.strictObject({
      name: z.string(),
      unit: Unit,
      roles: z.array(z.enum(roleNames)),
      path: z.array(Unit),
    }),
  }),
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
          identityNumber: z.string(),
          age: z.int(),
          household: z.string(),
          head: z.boolean(),
          telephone: z.string().nullable(),
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
    access: { main: "read", audit: "append" },
    body: z.strictObject({ personNo: z.string().max(30), reason: z.string().trim().min(4).max(100) }),
    reply: z.strictObject({ telephone: z.string() }),
  }),
  "progress.target": endpoint({
    method: "PUT",
    path: "/progress/{unit}/target",
    title: "下达参保目标",
    caller: { audience: "officer", roles: ["targets"] },
    access: { main: "write" },
    params: z.strictObject({ unit: UnitCode }),
    body: z.strictObject({ year: BenefitYear, target: z.string().regex(/^(0\.\d{1,4}|1)$/) }),
    reply: z.strictObject({ target: z.string() }),
  }),
  "ledger.trial-balance": endpoint({
    method: "GET",
    path: "/ledger/trial-balance",
    title: "试算平衡（从分录重新算起）",
    caller: { audience: "officer", roles: ["finance"] },
    access: { main: "read", ledger: "read" },
    query: z.strictObject({ from: CalendarDay, until: CalendarDay }),
    reply: z.strictObject({
      balanced: z.boolean(),
      entries: z.int(),
      accounts: z.array(
        z.strictObject({
          account: z.string(),
          name: z.string(),
          fund: z.string(),
          debit: Total,
          credit: Total,
          foldedDebit: Total,
          foldedCredit: Total,
        }),
      ),
    }),
  }),
};
