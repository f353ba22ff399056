import { endpoints } from "../../shared/api/providers.ts";
import { Refusal } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { http } from "../http.ts";
import { moved } from "./moves.ts";
import { pageOf } from "./reply.ts";

/** POST /providers/{code}/decision · 决定是否定点: by a third officer; the agreement counts from today or later. */
export const handler = http(endpoints["providers.decide"], async ({ officer, params: { code }, body }) => {
  if (body.approve && (body.from < today() || body.until < body.from)) throw new Refusal("agreement-period");
  const { approve, ...asked } = body;
  await moved(officer, code, approve ? "approve" : "refuse", asked);
  return pageOf(officer, code);
});
