import { endpoints } from "../../shared/api/claims.ts";
import { stateOn } from "../../shared/family/family.ts";
import { today } from "../clock.ts";
import { actingFor } from "../family/acting.ts";
import { tiesOf } from "../family/store.ts";
import { http } from "../http.ts";
import { disputesOf } from "./dispute-store.ts";
import { disputeReply } from "./reply.ts";

/** GET /disputes · 我的争议: one's own and those of the family, the newest first. */
export const handler = http(endpoints["claims.disputes"], async ({ resident: { personNo } }) => {
  const ties = (await tiesOf(personNo, "member")).filter((tie) => stateOn(tie, today()) === "agreed");
  const whose = await Promise.all(
    [undefined, ...ties.map((tie) => tie.tieNo)].map((tieNo) => actingFor(personNo, tieNo, "claims.disputes")),
  );
  const found = await Promise.all(
    whose.map(async ({ personNo: of, tieNo, profile: { name } }) =>
      (await disputesOf(of)).map((dispute) => ({ at: dispute.filedAt, reply: disputeReply(dispute, { name, tieNo }) })),
    ),
  );
  const newest = found.flat().sort((a, b) => b.at - a.at);
  return { disputes: newest.map(({ reply }) => reply) };
});
