import { endpoints } from "../../shared/api/providers.ts";
import { http } from "../http.ts";
import { moved, recordMove } from "./moves.ts";
import { pageOf } from "./reply.ts";

/** POST /providers/{code}/evaluation · 评估: by the unit that it falls to, and not by whoever recorded the application. */
export const handler = http(endpoints["providers.evaluate"], async ({ officer, params: { code }, body }) => {
  await recordMove(officer, code, "providers.evaluate", body.reason);
  const { pass, ...asked } = body;
  await moved(officer, code, pass ? "evaluate" : "refuse", asked);
  return pageOf(officer, code);
});
