import { endpoints } from "../../shared/api/providers.ts";
import { http } from "../http.ts";
import { applied, recordMove } from "./moves.ts";
import { pageOf } from "./reply.ts";

/** POST /providers · 登记定点申请: evaluated and decided on by two other officers. */
export const handler = http(endpoints["providers.apply"], async ({ officer, body }) => {
  await recordMove(officer, body.code, "providers.apply", body.reason);
  await applied(officer, body);
  return pageOf(officer, body.code);
});
