import { calledBy, type Fact, filledIn } from "../../shared/messages.ts";
import { maskNumber } from "../../shared/person.ts";
import { Refusal } from "../../shared/refusal.ts";
import { config } from "../config.ts";
import type { Profile } from "../people/profile.ts";
import { accountOf, accountsOf, signInTelephoneOf } from "../sign-in/accounts.ts";
import { sendNotice } from "../sms.ts";

/**
 * 换号预告 · tells both numbers by SMS that a change will wait, or is refused: who is not told cannot stop it. The telephones that the
 * person's accounts sign in with are told as well, as far as they can be.
 */
export async function tellWaits(profile: Profile, before: string | null, telephone: string): Promise<void> {
  // A telephone that stood for the proof is on record; where it is gone since, the window is left.
  if (before === null) throw new Refusal("no-telephone-on-record");
  const tell = teller(profile, telephone);
  await tell(before);
  await tell(telephone);
  const accounts = await Promise.all((await accountsOf(profile.personNo)).map(({ accountNo }) => accountOf(accountNo)));
  const others = new Set(await Promise.all(accounts.map(signInTelephoneOf)));
  await Promise.allSettled([...others].map((one) => one !== null && one !== before && one !== telephone && tell(one)));
}

function teller({ name }: Profile, telephone: string): (to: string) => Promise<void> {
  const template = config.messageTemplates().sms["telephone-waits"];
  if (!template) throw new Refusal("way-not-offered", { detail: "换手机号请带身份证到窗口" });
  const fact: Fact = { about: "telephone-waits", telephone: maskNumber(telephone), changeNo: "" };
  return (to) => sendNotice(to, template, filledIn(fact, calledBy(name)));
}
