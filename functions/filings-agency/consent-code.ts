import { destinationOf, destinationShown } from "../../shared/filing/places.ts";
import { attachmentsFor, usingSteps } from "../attachments/store.ts";
import type { Officer } from "../callers/officers.ts";
import { type Profile, telephonePlace } from "../people/profile.ts";
import { unseal } from "../sealing.ts";
import { checkedCode, newCode, usedUp } from "../sign-in/codes.ts";
import { sendAgentCode as send } from "../sms.ts";
import { type Step, toPut, write } from "../write.ts";

/** What a code is a yes to: this officer files for this person, to this place, as the message said. */
interface Agreed {
  readonly personNo: string;
  readonly officerNo: string;
  readonly destination: string;
}
const about = ({ personNo, officerNo, destination }: Agreed) => `${personNo}#${officerNo}#${destination}`;

/** 代办验证码 · asks the person, at the telephone on record, whether this officer may file for them; without one nothing is sent. */
export async function sendAgentCode(profile: Profile, agent: Officer, destination: string): Promise<void> {
  if (!profile.telephoneSealed) return;
  const telephone = await unseal(profile.telephoneSealed, telephonePlace(profile.personNo));
  const { code, minutes, Item } = await newCode(
    "filing",
    about({ personNo: profile.personNo, officerNo: agent.officerNo, destination }),
  );
  await write(toPut(Item));
  await send(telephone, agent.name, destinationShown(destinationOf(destination)), code, minutes);
}

/** Checks how the person agreed, or refuses; the steps use it up with the filing that it is good for, or not at all. */
export async function consentSteps(
  agreed: Agreed,
  consent: { by: "code"; code: string } | { by: "paper"; attachmentNo: string },
  filingNo: string,
): Promise<Step[]> {
  if (consent.by === "paper")
    return usingSteps(
      await attachmentsFor(agreed.personNo, [consent.attachmentNo], "filing-consent", filingNo),
      filingNo,
    );
  return [{ ...(await checkedCode("filing", about(agreed), consent.code)), refusal: () => usedUp("filing") }];
}
