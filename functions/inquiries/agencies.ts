import { endpoints } from "../../shared/api/inquiries.ts";
import { areas } from "../../shared/areas/areas.ts";
import { unitPath } from "../../shared/org.ts";
import { http } from "../http.ts";

/** GET /agency/inquiries/agencies · 可以请来协查的机构: the pooling areas in the system, but for the officer's own. */
export const handler = http(endpoints["inquiries.agencies"], async ({ officer }) => {
  const own = unitPath(officer.unit);
  const others = [...areas.values()].filter(({ area }) => !own.includes(area));
  return { agencies: others.map(({ area, name }) => ({ code: area, name })) };
});
