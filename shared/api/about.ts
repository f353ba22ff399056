import * as z from "zod";
import { AreaCode, CalendarDay } from "../edge.ts";
import { endpoint } from "./endpoint.ts";

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
      /** Are contributions taken now? Where not, why. */
      payments: z.strictObject({ open: z.boolean(), sentence: z.string().nullable() }),
      areas: z.array(z.strictObject({ code: AreaCode, name: z.string(), province: z.string() })),
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
