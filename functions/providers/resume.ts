import { endpoints } from "../../shared/api/providers.ts";
import { http } from "../http.ts";
import { moved } from "./moves.ts";
import { pageOf } from "./reply.ts";

/** POST /providers/{code}/resumption · 恢复协议: what was suspended is in force again. */
export const handler = http(endpoints["providers.resume"], async ({ officer, params: { code }, body }) => {
  await moved(officer, code, "resume", body);
  return pageOf(officer, code);
});
