import { endpoints } from "../../shared/api/counter.ts";
import { isLive, stateOn } from "../../shared/family/family.ts";
import { today } from "../clock.ts";
import { counterReply } from "../family/reply.ts";
import { tiesOf } from "../family/store.ts";
import { http } from "../http.ts";
import { shownAtCounter } from "./store.ts";

/** GET /counter/people/{personNo}/ties · 窗口看亲情账户: whom a person holds and who holds them, asked for or agreed. */
export const handler = http(endpoints["counter.ties"], async ({ officer, params: { personNo } }) => {
  const { profile } = await shownAtCounter(officer, personNo, "counter.ties");
  const live = async (side: "member" | "guardian") => {
    const ties = await tiesOf(profile.personNo, side);
    return Promise.all(ties.filter((tie) => isLive(stateOn(tie, today()))).map(counterReply));
  };
  const [dependants, guardians] = await Promise.all([live("member"), live("guardian")]);
  return { dependants, guardians };
});
