import { endpoints } from "../../shared/api/payments.ts";
import { recordAccess } from "../audit.ts";
import { mustRunFund } from "../callers/officers.ts";
import { turnSwitch } from "../channel/switch.ts";
import { byOfficer } from "../hand.ts";
import { http } from "../http.ts";

/** PUT /agency/payments · 暂停或恢复本统筹区缴费: by the finance officers of a pooling area, for its own people, with a sentence for them. */
export const handler = http(endpoints["payments.switch"], async ({ officer, body: { open, sentence } }) => {
  mustRunFund(officer);
  const { unit } = officer;
  await recordAccess(officer, { village: unit }, { call: "payments.switch", reason: open ? "open" : sentence });
  const to = { open, sentence: open ? null : sentence };
  await turnSwitch(unit, to, byOfficer(officer));
  return to;
});
