import { endpoints } from "../../shared/api/about.ts";
import { areas } from "../../shared/areas/areas.ts";
import { paymentSwitch } from "../channel/switch.ts";
import { demonstration, today } from "../clock.ts";
import { http } from "../http.ts";

/** GET /today · 业务日期与统筹区, and whether contributions are taken now. */
export const handler = http(endpoints["about.today"], async () => ({
  today: today(),
  demonstration: demonstration(),
  payments: await paymentSwitch().then(({ open, sentence }) => ({ open, sentence })),
  areas: [...areas.values()].map(({ area, name, province }) => ({ code: area, name, province })),
}));
