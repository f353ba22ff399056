import * as z from "zod";
import { endpoint, type Role, roles } from "./endpoint.ts";

/** A unit of the org tree: 6 digits city or county, 9 township, 12 village. */
export const UnitCode = z.string().regex(/^\d{6}(\d{3}){0,2}$/);
export const Unit = z.strictObject({
  code: UnitCode,
  name: z.string(),
  level: z.enum(["city", "county", "township", "village"]),
});
const roleNames = Object.keys(roles) as [Role, ...Role[]];

export const endpoints = {
  "officers.me": endpoint({
    method: "GET",
    path: "/officer",
    title: "我的岗位与辖区",
    caller: { audience: "officer", roles: roleNames },
    // That they signed in is kept.
    access: { main: "read", audit: "append" },
    reply: z.strictObject({
      name: z.string(),
      unit: Unit,
      roles: z.array(z.enum(roleNames)),
      path: z.array(Unit),
    }),
  }),
};
