import { endpoints } from "../../shared/api/providers.ts";
import { http } from "../http.ts";
import { propose } from "../proposal.ts";
import { recordMove } from "./moves.ts";
import { planResumption } from "./plans.ts";

/** POST /providers/{code}/resumption · 恢复协议: proposed; once another officer agrees, what was suspended is in force again. */
export const handler = http(endpoints["providers.resume"], async ({ officer, ...said }) => {
  await recordMove(officer, said.params.code, "providers.resume", said.body.reason);
  return propose("providers.resume", said, officer, planResumption);
});
