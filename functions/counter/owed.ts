import { endpoints } from "../../shared/api/counter.ts";
import { Refusal } from "../../shared/refusal.ts";
import { owedBy } from "../contributions/price.ts";
import { http } from "../http.ts";
import { shownAtCounter } from "./store.ts";

/** POST /counter/people/{personNo}/owed · 窗口看应缴多少: what counter.order will expect, by the same price. */
export const handler = http(endpoints["counter.owed"], async ({ officer, params: { personNo }, body }) => {
  const page = await shownAtCounter(officer, personNo, "counter.owed");
  if (page.profile.diedOn) throw new Refusal("deceased");
  return { name: page.profile.name, ...owedBy(page, body) };
});
