import { endpoints } from "../../shared/api/family.ts";
import { mayHold, mayRegisterNewborn, readBirthCertificate } from "../../shared/family/family.ts";
import { Refusal } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { http } from "../http.ts";
import { spendTry } from "../limits.ts";
import { registerNewborn } from "../newborns/children.ts";
import { personPage } from "../people/page.ts";
import { memberReply } from "./reply.ts";
import { requestedTie, tieRequest } from "./store.ts";

/** POST /family/newborns · 登记还没有身份证号的新生儿: by a parent, on the birth certificate and a commitment. */
export const handler = http(endpoints["family.newborn"], async ({ resident, body }) => {
  const { accountNo, personNo } = resident;
  const request = tieRequest(resident, body);
  const before = await requestedTie(request);
  if (before) return memberReply(before, personNo);
  const { name, sex, bornOn, commitment } = body;
  const certificate = readBirthCertificate(body.birthCertificate);
  if (certificate === null) throw new Refusal("birth-certificate");
  if (!commitment) throw new Refusal("commitment-needed");
  mayRegisterNewborn(bornOn, today());
  await spendTry("look-up", accountNo);
  const { profile: parent } = await personPage(personNo);
  mayHold(parent, { personNo: "", bornOn, diedOn: null }, "child", today());
  return memberReply(await registerNewborn(request, parent, { name, sex, bornOn, certificate }), personNo);
});
