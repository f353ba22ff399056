import { endpoints } from "../../shared/api/payments.ts";
import { recordAccess } from "../audit.ts";
import { mustRunChannel } from "../callers/officers.ts";
import { answerChannel, channelSwitch } from "../channel/switch.ts";
import { byOfficer } from "../hand.ts";
import { http } from "../http.ts";

/** POST /agency/channel/proposals/{proposalNo} · 复核或撤下: by another hand it stands, by any hand it goes. */
export const handler = http(
  endpoints["payments.answer-channel"],
  async ({ officer, params: { proposalNo }, body: { agreed } }) => {
    mustRunChannel(officer);
    const reason = `${agreed ? "agreed" : "put away"} ${proposalNo}`;
    await recordAccess(officer, { village: officer.unit }, { call: "payments.answer-channel", reason });
    await answerChannel(proposalNo, agreed, byOfficer(officer));
    const { open, sentence } = await channelSwitch();
    return { open, sentence };
  },
);
