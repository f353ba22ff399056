import { endpoints } from "../../shared/api/payments.ts";
import { addDays, dayInShanghai } from "../../shared/day.ts";
import { mustRunFund } from "../callers/officers.ts";
import { now } from "../clock.ts";
import { http } from "../http.ts";
import { reconciledOn } from "./reconciled.ts";

/** GET /agency/payments/differences · 对账: the last month's bills and where they differ from our books. */
export const handler = http(endpoints["payments.differences"], async ({ officer }) => {
  mustRunFund(officer);
  const yesterday = addDays(dayInShanghai(now()), -1);
  const { days, differences } = await reconciledOn(
    Array.from({ length: 31 }, (_, ago) => addDays(yesterday, -ago)),
    officer.unit,
  );
  return { days: days.map(({ area: _, ...told }) => told), differences };
});
