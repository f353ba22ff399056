import { endpoints } from "../../shared/api/progress.ts";
import { Refusal } from "../../shared/refusal.ts";
import { recordAccess } from "../audit.ts";
import { mustBeWithin } from "../callers/officers.ts";
import { setTarget } from "../callers/units.ts";
import { http } from "../http.ts";

/** PUT /progress/{unit}/target · 下达参保目标: a unit sets the targets of those below it, not its own. */
export const handler = http(
  endpoints["progress.target"],
  async ({ officer, params: { unit }, body: { year, target } }) => {
    mustBeWithin(officer, unit);
    if (unit === officer.unit) throw new Refusal("own-target");
    await recordAccess(officer, { village: unit }, { call: "progress.target", reason: `${year}年度 ${target}` });
    await setTarget(unit, year, target);
    return { target };
  },
);
