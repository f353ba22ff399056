import { endpoints, namedReply, versionReply } from "../../shared/api/catalogue.ts";
import { Refusal } from "../../shared/refusal.ts";
import { http } from "../http.ts";
import { catalogueAreaOf, storedItems } from "./store.ts";

/** GET /catalogue/{code} · 目录项目的历次规定: what held from which day on. */
export const handler = http(endpoints["catalogue.item"], async ({ officer, params: { code } }) => {
  const item = (await storedItems(catalogueAreaOf(officer.unit), [code])).get(code);
  if (!item) throw new Refusal("not-found");
  return { ...namedReply(item), synthetic: item.synthetic === true, versions: item.versions.map(versionReply) };
});
