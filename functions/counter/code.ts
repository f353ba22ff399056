import { endpoints } from "../../shared/api/counter.ts";
import { http } from "../http.ts";
import { historyPut } from "../people/contact.ts";
import { toldOnOldWay } from "../people/old-way.ts";
import { newCode } from "../sign-in/codes.ts";
import { toPut, writeTogether } from "../write.ts";
import { aliveAtCounter } from "./store.ts";

/** POST /counter/people/{personNo}/codes · 窗口发核验码: shown this once and kept as a hash; a new one replaces the old. */
export const handler = http(endpoints["counter.code"], async ({ officer, params: { personNo }, body: { seen } }) => {
  const { profile, witness } = await aliveAtCounter(officer, personNo, "counter.code", seen);
  const { code, minutes, Item } = await newCode("counter", profile.personNo);
  await writeTogether([
    toPut(Item),
    historyPut(profile.personNo, { what: "counter-code" }, witness),
    toldOnOldWay(profile, "code-given"),
  ]);
  return { code, validMinutes: minutes };
});
