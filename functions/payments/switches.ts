import { endpoints } from "../../shared/api/payments.ts";
import { mustRunFund } from "../callers/officers.ts";
import { areaSwitch, channelSwitch } from "../channel/switch.ts";
import { config } from "../config.ts";
import { http } from "../http.ts";

/** GET /agency/payments · 缴费开关: the own area's and the channel's. */
export const handler = http(endpoints["payments.switches"], async ({ officer }) => {
  mustRunFund(officer);
  const { unit } = officer;
  const [area, channel] = await Promise.all([areaSwitch(unit), channelSwitch()]);
  return {
    area: {
      open: area?.open ?? true,
      sentence: area?.sentence ?? null,
      by: area?.by.name ?? null,
      on: area?.on ?? null,
    },
    channel: {
      open: channel.open,
      sentence: channel.sentence,
      by: channel.by?.name ?? null,
      on: channel.on ?? null,
      yours: unit === config.collectingArea(),
      agreedBy: channel.agreedBy?.name ?? null,
    },
  };
});
