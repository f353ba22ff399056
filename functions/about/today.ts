import { endpoints } from "../../shared/api/about.ts";
import { areas } from "../../shared/areas/areas.ts";
import { paymentSwitches } from "../channel/switch.ts";
import { demonstration, today } from "../clock.ts";
import { http } from "../http.ts";

/** GET /today · 业务日期与统筹区, and whether contributions are taken now: at all, and by each area. */
export const handler = http(endpoints["about.today"], async () => {
  const { channel, of } = await paymentSwitches();
  return {
    today: today(),
    demonstration: demonstration(),
    payments: channel,
    areas: [...areas.values()].map(({ area, name, province }) => ({ code: area, name, province, payments: of(area) })),
  };
});
