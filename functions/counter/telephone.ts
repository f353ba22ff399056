import { endpoints } from "../../shared/api/counter.ts";
import { maskNumber } from "../../shared/person.ts";
import { http } from "../http.ts";
import { confirmTelephone, telephoneOf } from "../people/contact.ts";
import { changeAtOnce, stopChange } from "../telephone/waiting.ts";
import { aliveAtCounter } from "./store.ts";

/** PUT /counter/people/{personNo}/telephone · 窗口登记或更换手机号: the number that is on record already is confirmed. */
export const handler = http(endpoints["counter.telephone"], async ({ officer, params, body: { telephone, seen } }) => {
  const { profile, witness } = await aliveAtCounter(officer, params.personNo, "counter.telephone", seen);
  const same = (await telephoneOf(profile)) === telephone;
  const confirmedOn = await (same ? confirmTelephone(profile, witness) : changeAtOnce(profile, telephone, witness));
  // Who says at the counter which number it is has answered a change that waits.
  if (same) await stopChange(profile.personNo, witness);
  return { telephone: maskNumber(telephone), confirmedOn };
});
