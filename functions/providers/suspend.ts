import { endpoints } from "../../shared/api/providers.ts";
import { http } from "../http.ts";
import { moved, recordMove } from "./moves.ts";
import { pageOf } from "./reply.ts";

/** POST /providers/{code}/suspension · 中止协议: nothing new is settled until it is resumed. */
export const handler = http(endpoints["providers.suspend"], async ({ officer, params: { code }, body }) => {
  await recordMove(officer, code, "providers.suspend", body.reason);
  await moved(officer, code, "suspend", body);
  return pageOf(officer, code);
});
