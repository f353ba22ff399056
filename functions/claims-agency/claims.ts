import { endpoints } from "../../shared/api/claims-agency.ts";
import { recordAccess, recordList } from "../audit.ts";
import { unitName } from "../callers/units.ts";
import { disputesOf, openDisputes } from "../claims/dispute-store.ts";
import { claimsOf } from "../claims/store.ts";
import { http } from "../http.ts";
import { spendTry } from "../limits.ts";
import { factsOf } from "../people/facts.ts";
import { personWith } from "../people/find.ts";
import { ownerReply } from "../people/reply.ts";
import { mustServe } from "../served.ts";
import { disputedClaims, rowReply } from "./reply.ts";
import { isShown, personOfClaim, shownAt, shownClaim } from "./store.ts";

const most = 500;
const call = "claims-agency.claims";

/** POST /agency/claims/search · 查询费用: of a person, one by its number, or what a provider settled on a day; with a reason. */
export const handler = http(endpoints["claims-agency.claims"], async ({ officer, body }) => {
  await spendTry("claims-find", officer.officerNo);
  const { reason } = body;
  if (body.by === "provider") {
    const { seen, more } = await shownAt(officer, body.providerCode, body.on, most);
    await recordList(
      officer,
      seen.map(({ profile }) => profile),
      { call, reason },
    );
    const disputed = disputedClaims(await openDisputes(officer.unit));
    return { person: null, claims: await Promise.all(seen.map((one) => rowReply(one, disputed))), more };
  }
  if (body.by === "claim") {
    const personNo = /^[HP]/.test(body.of) ? await personOfClaim(body.of, body.claimNo) : body.of;
    const seen = await shownClaim(officer, personNo, body.claimNo);
    await recordAccess(officer, { personNo }, { call, reason });
    return { person: null, claims: [await rowReply(seen, disputedClaims(await disputesOf(personNo)))], more: false };
  }
  const { profile } = await factsOf(await personWith(body.identityNumber), []);
  const all = (await claimsOf(profile.personNo)).toReversed().map((claim) => ({ claim, profile }));
  const seen = all.filter((one) => isShown(officer, one));
  if (seen.length === 0) mustServe(officer, [profile.village], "person-not-found");
  await recordAccess(officer, { personNo: profile.personNo }, { call, reason });
  const [place, disputes] = await Promise.all([unitName(profile.village), disputesOf(profile.personNo)]);
  const claims = await Promise.all(seen.slice(0, most).map((one) => rowReply(one, disputedClaims(disputes))));
  return { person: { ...(await ownerReply(profile)), unitName: place }, claims, more: seen.length > most };
});
