import { endpoints } from "../../shared/api/providers.ts";
import { http } from "../http.ts";
import { moved, recordMove } from "./moves.ts";
import { pageOf } from "./reply.ts";

/** POST /providers/{code}/end · 解除协议: for good; a new application may follow. */
export const handler = http(endpoints["providers.end"], async ({ officer, params: { code }, body }) => {
  await recordMove(officer, code, "providers.end", body.reason);
  await moved(officer, code, "end", body);
  return pageOf(officer, code);
});
