import { endpoints } from "../../shared/api/proof.ts";
import { Refusal } from "../../shared/refusal.ts";
import { http } from "../http.ts";
import { confirmTelephone } from "../people/contact.ts";
import { telephoneShown } from "../people/reply.ts";
import { proving } from "./store.ts";

/** POST /me/telephone/confirmed · 确认还是这个手机号. */
export const handler = http(endpoints["proof.contact"], async ({ resident }) => {
  const profile = await proving(resident);
  const telephone = await telephoneShown(profile);
  if (!telephone) throw new Refusal("no-telephone-on-record");
  const confirmedOn = await confirmTelephone(profile, { accountNo: resident.accountNo });
  return { telephone, confirmedOn };
});
