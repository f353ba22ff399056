import { endpoints } from "../../shared/api/credentials-agency.ts";
import { recordList } from "../audit.ts";
import { countsOf, shownUses } from "../credentials/usage-list.ts";
import { http } from "../http.ts";
import { providerOf } from "../providers/store.ts";

const most = 300;

/** GET /agency/providers/{code}/code-uses · 一家机构一天读过的码: of people of the officer's area; that they read the list is recorded. */
export const handler = http(
  endpoints["credentials-agency.usage"],
  async ({ officer, params: { code }, query: { on } }) => {
    const { name } = await providerOf(code);
    const seen = await shownUses(officer, code, on);
    await recordList(
      officer,
      seen.map(({ profile }) => profile),
      { call: "credentials-agency.usage" },
    );
    const uses = seen.slice(0, most).map(({ reply }) => reply);
    return { provider: name, counts: countsOf(seen.map(({ reply }) => reply)), uses, more: seen.length > most };
  },
);
