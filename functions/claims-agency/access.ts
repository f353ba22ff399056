import { endpoints } from "../../shared/api/claims-agency.ts";
import { accessesOf, recordAccess } from "../audit.ts";
import { mustBeWithin } from "../callers/officers.ts";
import { unitName } from "../callers/units.ts";
import { http } from "../http.ts";
import { personWith } from "../people/find.ts";
import { ownerReply } from "../people/reply.ts";
import { servedPerson } from "../served.ts";
import { looksReply } from "./looks.ts";

const most = 200;
const call = "claims-agency.access";

/** POST /agency/access/search · 查阅记录: who looked at a person or at lists of a unit, when and why; reading it is recorded. */
export const handler = http(endpoints["claims-agency.access"], async ({ officer, body }) => {
  const { reason } = body;
  if (body.by === "unit") {
    const { unit } = body;
    mustBeWithin(officer, unit);
    await recordAccess(officer, { village: unit }, { call, reason });
    const { accesses, before } = await accessesOf({ unit }, body.before, most);
    const named = { code: unit, name: await unitName(unit) };
    return { person: null, unit: named, looks: await looksReply(accesses), before };
  }
  const asked = body.by === "person" ? body.personNo : await personWith(body.identityNumber);
  const profile = await servedPerson(officer, asked, { call, reason });
  const { personNo } = profile;
  const [{ accesses, before }, place] = await Promise.all([
    accessesOf({ personNo }, body.before, most),
    unitName(profile.village),
  ]);
  const person = { ...(await ownerReply(profile)), unitName: place };
  return { person, unit: null, looks: await looksReply(accesses), before };
});
