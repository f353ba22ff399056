import { endpoints } from "../../shared/api/claims-agency.ts";
import { odditiesOf } from "../../shared/oddities.ts";
import { accessesOn, recordAccess } from "../audit.ts";
import { mustBeWithin } from "../callers/officers.ts";
import { unitName } from "../callers/units.ts";
import { http } from "../http.ts";
import { looksReply } from "./looks.ts";

const most = 2_000;
const call = "claims-agency.access-day";

/** POST /agency/access/days · 按天查阅记录: who looked from a unit and all below it on one day, what is odd first; reading it is recorded. */
export const handler = http(
  endpoints["claims-agency.access-day"],
  async ({ officer, body: { unit, on, no, reason } }) => {
    mustBeWithin(officer, unit);
    await recordAccess(officer, { village: unit }, { call, reason });
    const [{ accesses, more }, name] = await Promise.all([accessesOn(on, unit, no, most), unitName(unit)]);
    const told = await looksReply(accesses);
    const looks = told.map((look, i) => {
      const { personNo = null, village = null, from = null } = accesses[i]!;
      return { ...look, personNo, village, from };
    });
    const whoIs = new Map(looks.map((look) => [look.no, look]));
    const oddities = odditiesOf(looks.filter(({ from }) => from === null)).map((one) => {
      const { name, unitName } = whoIs.get(one.no)!;
      return { ...one, name, unitName };
    });
    return { unit: { code: unit, name }, oddities, looks, more };
  },
);
