import { endpoints } from "../../shared/api/providers.ts";
import { http } from "../http.ts";
import { moved, recordMove } from "./moves.ts";
import { pageOf } from "./reply.ts";

/** POST /providers/{code}/withdrawal · 撤回定点申请: at the provider's own wish. */
export const handler = http(endpoints["providers.withdraw"], async ({ officer, params: { code }, body }) => {
  await recordMove(officer, code, "providers.withdraw", body.reason);
  await moved(officer, code, "withdraw", body);
  return pageOf(officer, code);
});
