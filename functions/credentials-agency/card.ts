import { endpoints } from "../../shared/api/credentials-agency.ts";
import { aliveAtCounter } from "../counter/store.ts";
import { cardShown, registerCard } from "../credentials/cards.ts";
import { http } from "../http.ts";

/** PUT /counter/people/{personNo}/card · 登记社会保障卡号: of whoever stands at the counter with it; the number before is nobody's. */
export const handler = http(
  endpoints["credentials-agency.card"],
  async ({ officer, params: { personNo }, body: { number, seen } }) => {
    const { profile } = await aliveAtCounter(officer, personNo, "credentials-agency.card", seen);
    const { personNo: holder } = profile;
    const card = await registerCard(holder, number, officer.officerNo);
    return { card: await cardShown(holder, card), on: card.on };
  },
);
