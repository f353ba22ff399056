import { endpoints } from "../../shared/api/providers.ts";
import { http } from "../http.ts";
import { moved, recordMove } from "./moves.ts";
import { pageOf } from "./reply.ts";

/** POST /providers/{code}/resumption · 恢复协议: what was suspended is in force again. */
export const handler = http(endpoints["providers.resume"], async ({ officer, params: { code }, body }) => {
  await recordMove(officer, code, "providers.resume", body.reason);
  await moved(officer, code, "resume", body);
  return pageOf(officer, code);
});
