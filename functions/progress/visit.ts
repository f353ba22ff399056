import { endpoints } from "../../shared/api/progress.ts";
import { recordAccess } from "../audit.ts";
import { today } from "../clock.ts";
import { http } from "../http.ts";
import { personPage } from "../people/page.ts";
import { mustServe } from "../served.ts";
import { recordVisit } from "./store.ts";

/** POST /visits · 登记入户走访. */
export const handler = http(
  endpoints["progress.visit"],
  async ({ officer, body: { personNo, year, outcome, note } }) => {
    const { profile } = await personPage(personNo);
    mustServe(officer, [profile.village], "person-not-found");
    await recordAccess(officer, { personNo }, { call: "progress.visit", reason: outcome });
    const visit = { personNo, benefitYear: year, on: today(), outcome, note, by: officer.name };
    await recordVisit(visit, profile.village);
    return { on: visit.on, outcome, note, by: visit.by };
  },
);
