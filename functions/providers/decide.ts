import { endpoints } from "../../shared/api/providers.ts";
import { http } from "../http.ts";
import { moved, recordMove } from "./moves.ts";
import { pageOf } from "./reply.ts";

/** POST /providers/{code}/decision · 决定是否定点: by a third officer; it counts from today or later, one that was imported from its own day. */
export const handler = http(endpoints["providers.decide"], async ({ officer, params: { code }, body }) => {
  await recordMove(officer, code, "providers.decide", body.reason);
  const { approve, ...asked } = body;
  await moved(officer, code, approve ? "approve" : "refuse", asked);
  return pageOf(officer, code);
});
