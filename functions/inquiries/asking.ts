import type { Read } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import { areas } from "../../shared/areas/areas.ts";
import { destinationOf, liesIn } from "../../shared/filing/places.ts";
import { dueOn } from "../../shared/inquiry/inquiry.ts";
import { maskName, normalName } from "../../shared/person.ts";
import { Refusal } from "../../shared/refusal.ts";
import type { Officer } from "../callers/officers.ts";
import { unitName } from "../callers/units.ts";
import { today } from "../clock.ts";
import { byOfficer } from "../hand.ts";
import { key } from "../key.ts";
import { newNo } from "../numbers.ts";
import { personWith } from "../people/find.ts";
import type { Profile } from "../people/profile.ts";
import { isAt, type Key } from "../read.ts";
import { servedPerson } from "../served.ts";
import type { Inquiry } from "./store.ts";

type Asked = Read<Endpoints["inquiries.ask"]>["body"];

/** The inquiry that an officer asks for, of somebody of their area, or why it is none. */
export async function inquiryAsked(officer: Officer, asked: Asked): Promise<Inquiry> {
  const { provider, from, until, amount, claimNo, filingNo, doubts, questions } = asked;
  const on = today();
  if (until < from || until > on) throw new Refusal("day-out-of-order");
  const profile = await personAsked(officer, asked.person);
  const { personNo, village } = profile;
  const [checking, askingName] = await Promise.all([
    checkingAgency(asked, profile),
    unitName(officer.unit),
    ...(claimNo === null ? [] : [mustExist(key.claim(personNo, claimNo))]),
    ...(filingNo === null ? [] : [mustExist(key.filing(personNo, filingNo))]),
  ]);
  return {
    inquiryNo: newNo(on),
    person: { personNo, village, name: maskName(profile.name) },
    provider,
    from,
    until,
    amount,
    claimNo,
    filingNo,
    doubts,
    questions,
    asking: { unit: officer.unit, name: askingName, by: byOfficer(officer) },
    asked: checking,
    state: checking.kind === "unit" ? "asked" : "calling",
    askedOn: on,
    dueOn: dueOn(on),
    owner: null,
    answer: null,
    withdrawnFor: null,
    calls: [],
    history: [],
    version: 1,
  };
}

/** A person of the officer's area; anybody else is not found, as if they did not exist. */
async function personAsked(officer: Officer, who: Asked["person"]): Promise<Profile> {
  const personNo = "personNo" in who ? who.personNo : await personWith(who.identityNumber);
  const profile = await servedPerson(officer, personNo, null);
  if ("name" in who && normalName(who.name) !== normalName(profile.name)) throw new Refusal("name-mismatch");
  return profile;
}

/** 被协查方 · an agency of the place of care, which is not the person's own. */
async function checkingAgency({ asked, provider: { place } }: Asked, profile: Profile): Promise<Inquiry["asked"]> {
  destinationOf(place);
  if (place === profile.poolingArea) throw new Refusal("inquiry-own-area");
  if (asked.kind === "outside") return asked;
  const isThere = areas.has(asked.unit) && liesIn(asked.unit, place) && asked.unit !== profile.poolingArea;
  if (!isThere) throw new Refusal("inquiry-asked");
  return { ...asked, name: await unitName(asked.unit) };
}

/** A claim or a filing of the person that the inquiry names. */
async function mustExist(at: Key): Promise<void> {
  if (!(await isAt(at))) throw new Refusal("not-found");
}
