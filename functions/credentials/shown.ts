import { endpoints } from "../../shared/api/credentials.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now } from "../clock.ts";
import { actingFor } from "../family/acting.ts";
import { http } from "../http.ts";
import { decideAndWrite } from "../write.ts";
import { ownPhone } from "./phones.ts";
import { credentialOf } from "./store.ts";
import { keepShowing } from "./uses-store.ts";

/** POST /credential/showings · 记下家人的手机出示了医保码: kept with the dependant, who sees it. */
export const handler = http(
  endpoints["credentials.shown"],
  async ({ resident, body: { tie, deviceNo, times: given } }) => {
    const { personNo } = await actingFor(resident.personNo, tie, null);
    const credential = await credentialOf(personNo);
    if (!credential) throw new Refusal("phone-unknown");
    ownPhone(credential, deviceNo, resident.personNo);
    const times = [...new Set(given)].filter((at) => at <= now());
    const steps = times.map((at) => keepShowing(personNo, { guardianNo: resident.personNo, at, deviceNo }));
    return decideAndWrite(async () => ({ answer: { kept: times.length }, steps }));
  },
);
