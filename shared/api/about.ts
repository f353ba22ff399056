import * as z from "zod";
import { AreaCode, CalendarDay } from "../edge.ts";
import { endpoint } from "./endpoint.ts";

const Payments = z.strictObject({ open: z.boolean(), sentence: z.string().nullable() });

export const endpoints = {
  "about.today": endpoint({
    method: "GET",
    path: "/today",
    title: "业务日期与统筹区",
    caller: { audience: "anyone" },
    access: { main: "read" },
    reply: z.strictObject({
      today: CalendarDay,
      /** True where the business clock is turned by hand: a demonstration. */
      demonstration: z.boolean(),
      /** Are contributions taken at the channel, which all areas share? Where not, why. */
      payments: Payments,
      /** … and by each area: where the channel takes none, no area does. */
      areas: z.array(z.strictObject({ code: AreaCode, name: z.string(), province: z.string(), payments: Payments })),
    }),
  }),
  "about.openapi": endpoint({
    method: "GET",
    path: "/openapi.json",
    title: "接口文档",
    caller: { audience: "anyone" },
    access: {},
    reply: z.record(z.string(), z.unknown()),
  }),
};
