import { endpoints } from "../../shared/api/providers.ts";
import { http } from "../http.ts";
import { changedFacts, recordMove } from "./moves.ts";
import { pageOf } from "./reply.ts";

/** PUT /providers/{code} · 变更等级、服务和联系方式: from a day on; what counted before stays known. */
export const handler = http(endpoints["providers.change"], async ({ officer, params: { code }, body }) => {
  await recordMove(officer, code, "providers.change", body.reason);
  await changedFacts(officer, code, body);
  return pageOf(officer, code);
});
