import { endpoints, listedReply, namedReply } from "../../shared/api/catalogue.ts";
import { versionOn } from "../../shared/catalogue/catalogue.ts";
import { search } from "../../shared/catalogue/search.ts";
import { today } from "../clock.ts";
import { http } from "../http.ts";
import { namesOf } from "./names.ts";
import { catalogueAreaOf, storedItems } from "./store.ts";

const mostShown = 50;

/** GET /catalogue · 查医保目录: by words of the name or the beginning of the code, as the catalogue stands on a day. */
export const handler = http(endpoints["catalogue.search"], async ({ officer, query }) => {
  const area = catalogueAreaOf(officer.unit);
  const on = query.on ?? today();
  const { codes, more } = search(await namesOf(area, query.kind), query.q, mostShown);
  const items = await storedItems(area, codes);
  const found = codes.flatMap((code) => items.get(code) ?? []);
  return { on, more, items: found.map((item) => ({ ...namedReply(item), version: listedReply(versionOn(item, on)) })) };
});
