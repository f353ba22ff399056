import { endpoints } from "../../shared/api/residents.ts";
import { policyOf } from "../../shared/areas/areas.ts";
import { coverOf, yearsAhead } from "../../shared/contribution/cover.ts";
import { mustAskContact } from "../../shared/person.ts";
import { unitName } from "../callers/units.ts";
import { today } from "../clock.ts";
import { http } from "../http.ts";
import { coverYears, personPage } from "../people/page.ts";
import type { Profile } from "../people/profile.ts";

/** GET /me · 我是谁、我参保了吗. */
export const handler = http(endpoints["residents.me"], async ({ resident: { account, personNo } }) => {
  const { signedInBy, telephoneMasked: telephone } = account;
  if (personNo === null) return { signedInBy, telephone, person: null, contact: null };
  const page = await personPage(personNo);
  const { profile } = page;
  return {
    signedInBy,
    telephone,
    person: {
      name: profile.name,
      identityNumber: profile.identityNumberMasked,
      poolingArea: profile.poolingArea,
      areaName: policyOf(profile.poolingArea).name,
      unitName: await unitName(profile.village),
      deceased: profile.diedOn !== null,
      cover: yearsAhead(today()).map((year) => coverOf(year, today(), coverYears(page), profile.employeeCovered)),
    },
    contact: contactOf(profile),
  };
});

function contactOf({ telephoneMasked: telephone, telephoneConfirmedOn: confirmedOn }: Profile) {
  return { telephone, confirmedOn, ask: mustAskContact(telephone, confirmedOn, today()) };
}
