import { endpoints } from "../../shared/api/credentials.ts";
import { actingForLiving } from "../family/acting.ts";
import { http } from "../http.ts";
import { keptReply, newPhone } from "./phones.ts";
import { changeCredential, opened, withPhone } from "./store.ts";

/** POST /credential · 开通医保码: with its first phone, or one phone more; the same phone again is answered alike. */
export const handler = http(endpoints["credentials.open"], async ({ resident, query: { tie }, body }) => {
  const whose = await actingForLiving(resident.personNo, tie, null);
  const { personNo, profile, by } = whose;
  const phone = newPhone(whose, body);
  const credential = await changeCredential(personNo, by, (before) => {
    if (before && before.state !== "closed") return withPhone(before, phone);
    return { next: { ...opened(personNo, profile.poolingArea), phones: [phone] }, what: "opened", detail: phone.name };
  });
  return keptReply(whose, credential, phone);
});
