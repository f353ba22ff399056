import { endpoints } from "../../shared/api/payments.ts";
import { recordAccess } from "../audit.ts";
import { mustRunFund } from "../callers/officers.ts";
import { turnSwitch } from "../channel/switch.ts";
import { today } from "../clock.ts";
import { byOfficer } from "../hand.ts";
import { http } from "../http.ts";

/** PUT /agency/payments · 暂停或恢复缴费: by the finance officers of a pooling area, with a sentence for everybody. */
export const handler = http(endpoints["payments.switch"], async ({ officer, body }) => {
  mustRunFund(officer);
  const { unit } = officer;
  const { open, sentence } = body;
  await recordAccess(officer, { village: unit }, { call: "payments.switch", reason: open ? "open" : sentence });
  const shown = open ? null : sentence;
  await turnSwitch({ open, sentence: shown, on: today(), by: byOfficer(officer) });
  return { open, sentence: shown };
});
