import { endpoints } from "../../shared/api/officers.ts";
import { pathOf, unitOf, unitReply } from "../callers/units.ts";
import { http } from "../http.ts";

/** GET /officer · 我的岗位与辖区. */
export const handler = http(endpoints["officers.me"], async ({ officer }) => ({
  name: officer.name,
  unit: unitReply(await unitOf(officer.unit)),
  roles: officer.roles,
  path: (await pathOf(officer.unit)).map(unitReply),
}));
