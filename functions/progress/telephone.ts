import { endpoints } from "../../shared/api/progress.ts";
import { Refusal } from "../../shared/refusal.ts";
import { http } from "../http.ts";
import { personPage } from "../people/page.ts";
import { telephonePlace } from "../people/profile.ts";
import { mayReveal } from "../reveal.ts";
import { unseal } from "../sealing.ts";
import { mustServe } from "../served.ts";

/** POST /visits/telephone · 查看完整电话: the reason is kept before the number is shown. */
export const handler = http(endpoints["progress.telephone"], async ({ officer, body: { personNo, reason } }) => {
  const { profile } = await personPage(personNo);
  mustServe(officer, [profile.village], "person-not-found");
  if (!profile.telephoneSealed) throw new Refusal("no-telephone");
  await mayReveal(officer, profile.personNo, { call: "progress.telephone", reason });
  return { telephone: await unseal(profile.telephoneSealed, telephonePlace(personNo)) };
});
