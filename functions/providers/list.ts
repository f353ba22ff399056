import { endpoints } from "../../shared/api/providers.ts";
import { stateNow } from "../../shared/provider/provider.ts";
import { today } from "../clock.ts";
import { http } from "../http.ts";
import { mustRunRegister } from "./moves.ts";
import { summaryOf, unitNames } from "./reply.ts";
import { listProviders, type Provider } from "./store.ts";

const most = 200;

/** GET /providers · 定点机构名单: of the officer's county or city, by county and code. */
export const handler = http(endpoints["providers.list"], async ({ officer, query }) => {
  mustRunRegister(officer);
  const { state, kind, q = "", after } = query;
  const wanted = ({ agreement, kind: own, name, code }: Provider) =>
    (!state || stateNow(agreement, today()) === state) &&
    (!kind || own === kind) &&
    (name.includes(q) || code.startsWith(q.toUpperCase()));
  const { providers, more } = await listProviders(officer.unit, { wanted, after, most });
  const names = await unitNames(providers.map(({ county }) => county));
  return { providers: providers.map((one) => summaryOf(one, names)), more };
});
