import type { Answer } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import { commitments } from "../../shared/filing/words.ts";
import type { Officer } from "../callers/officers.ts";
import { unitName } from "../callers/units.ts";
import { facts } from "../filings/reply.ts";
import { type Filing, waitsFor } from "../filings/store.ts";
import type { Profile } from "../people/profile.ts";
import { ownerReply, telephoneShown } from "../people/reply.ts";

type Reply = Answer<Endpoints["filings-agency.decide"]>;

/** Whose filing it is, as an officer sees them. */
export const personReply = async (profile: Profile, place: string) => ({
  ...(await ownerReply(profile)),
  telephone: await telephoneShown(profile),
  unitName: place,
});

/** A filing as an officer sees it; everybody who acted is named. */
export const officersReply = async (
  filing: Filing,
  profile: Profile,
  place: string,
  officer: Officer,
): Promise<Reply> => ({
  ...facts(filing, profile.name),
  person: await personReply(profile, place),
  agent: filing.consent && {
    name: filing.filedBy.name ?? filing.filedBy.no,
    consent: filing.consent.by,
    attachmentNo: filing.consent.attachmentNo,
  },
  signed: filing.commitment && {
    name: filing.commitment.signedName,
    on: filing.commitment.on,
    sentences: [...(commitments[filing.commitment.version] ?? [])],
  },
  own: filing.filedBy.no === officer.officerNo,
  waits: waitsFor(filing),
  history: filing.history.map(({ event, on, by, reason }) => ({ event, on, by: by.hand, name: by.name, reason })),
});

/** One filing that was just read or moved. */
export const replyFor = async (filing: Filing, profile: Profile, officer: Officer): Promise<Reply> =>
  officersReply(filing, profile, await unitName(profile.village), officer);
