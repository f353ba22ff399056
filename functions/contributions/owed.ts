import { endpoints } from "../../shared/api/contributions.ts";
import { maskName } from "../../shared/person.ts";
import { http } from "../http.ts";
import { owedBy } from "./price.ts";
import { personOf } from "./whom.ts";

/** POST /contributions/owed · 应缴多少、什么时候生效: computes a quote and stores nothing. */
export const handler = http(endpoints["contributions.owed"], async ({ resident, body: { whom, ...wish } }) => {
  const page = await personOf(whom, resident);
  const { name } = page.profile;
  return { name: whom.who === "other" ? maskName(name) : name, ...owedBy(page, wish) };
});
