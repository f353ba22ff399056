import { endpoints } from "../../shared/api/officers.ts";
import { recordOfficerSignIn } from "../audit.ts";
import { pathOf, unitOf, unitReply } from "../callers/units.ts";
import { http } from "../http.ts";
import { lookupHash } from "../sealing.ts";

/** GET /officer · 我的岗位与辖区: a console's first call, by which a sign-in at the issuer is kept here. */
export const handler = http(endpoints["officers.me"], async ({ officer, address }) => {
  await recordOfficerSignIn(officer, await lookupHash("address", address));
  return {
    name: officer.name,
    unit: unitReply(await unitOf(officer.unit)),
    roles: officer.roles,
    path: (await pathOf(officer.unit)).map(unitReply),
  };
});
