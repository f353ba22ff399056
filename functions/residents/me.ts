import { endpoints } from "../../shared/api/residents.ts";
import { policyOf } from "../../shared/areas/areas.ts";
import { coverOf, yearsAhead } from "../../shared/contribution/cover.ts";
import { calledBy } from "../../shared/messages.ts";
import { maskNumber, mustAskContact } from "../../shared/person.ts";
import { unitName } from "../callers/units.ts";
import { today } from "../clock.ts";
import { http } from "../http.ts";
import { coverYears, personPage } from "../people/page.ts";
import type { Profile } from "../people/profile.ts";
import { identityNumberShown, telephoneShown } from "../people/reply.ts";
import { type Account, signInTelephoneOf } from "../sign-in/accounts.ts";
import { changesTo, stoppableBy } from "../telephone/waiting.ts";

/** GET /me · 我是谁、我参保了吗: name and number alone open whether a year is covered; where one lives and is reached, a second proof. */
export const handler = http(endpoints["residents.me"], async ({ resident: { account, personNo, proof } }) => {
  const { signedInBy } = account;
  const signedInWith = await signInTelephoneOf(account);
  const telephone = signedInWith && maskNumber(signedInWith);
  const telephoneChanges = await changesShown(account, proof !== null);
  if (personNo === null) return { signedInBy, telephone, person: null, contact: null, telephoneChanges };
  const page = await personPage(personNo);
  const { profile } = page;
  return {
    signedInBy,
    telephone,
    person: {
      name: profile.name,
      identityNumber: await identityNumberShown(profile),
      poolingArea: profile.poolingArea,
      areaName: policyOf(profile.poolingArea).name,
      unitName: proof && (await unitName(profile.village)),
      deceased: profile.diedOn !== null,
      cover: yearsAhead(today()).map((year) => coverOf(year, today(), coverYears(page), profile.employeeCovered)),
    },
    contact: proof && (await contactOf(profile)),
    telephoneChanges,
  };
});

async function contactOf(profile: Profile) {
  const telephone = await telephoneShown(profile);
  const { telephoneConfirmedOn: confirmedOn } = profile;
  return { telephone, confirmedOn, ask: mustAskContact(telephone, confirmedOn, today()) };
}

async function changesShown(account: Account, isProven: boolean) {
  const waiting = (await stoppableBy(account)).filter(({ state }) => state === "waiting");
  return Promise.all(
    waiting.map(async (change) => ({
      changeNo: change.changeNo,
      name: calledBy((await personPage(change.personNo)).profile.name),
      // Name and number alone do not open how somebody will be reached; that it waits, and to stop it, they do.
      telephone: isProven || change.personNo !== account.personNo ? maskNumber(await changesTo(change)) : null,
      effectiveAt: change.effectiveAt,
    })),
  );
}
