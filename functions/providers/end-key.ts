import { endpoints } from "../../shared/api/providers.ts";
import { http } from "../http.ts";
import { endKey } from "./keys.ts";
import { recordMove } from "./moves.ts";
import { pageOf } from "./reply.ts";

/** POST /providers/{code}/keys/{keyNo}/end · 停用密钥: at once. */
export const handler = http(endpoints["providers.end-key"], async ({ officer, params: { code, keyNo }, body }) => {
  await recordMove(officer, code, "providers.end-key", body.reason);
  await endKey(officer, code, keyNo, body);
  return pageOf(officer, code);
});
