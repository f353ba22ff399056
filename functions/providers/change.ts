import { endpoints } from "../../shared/api/providers.ts";
import { http } from "../http.ts";
import { propose } from "../proposal.ts";
import { recordMove } from "./moves.ts";
import { planChange } from "./plans.ts";

/** PUT /providers/{code} · 变更等级、服务和联系方式: proposed; once another officer agrees it counts from its day, and what counted before stays known. */
export const handler = http(endpoints["providers.change"], async ({ officer, ...said }) => {
  await recordMove(officer, said.params.code, "providers.change", said.body.reason);
  return propose("providers.change", said, officer, planChange);
});
