import { endpoints } from "../../shared/api/claims-agency.ts";
import { claimOf } from "../claims/store.ts";
import { http } from "../http.ts";
import { factsOf } from "../people/facts.ts";
import { disputeFor, remedyOf } from "./moves.ts";
import { claimReply } from "./reply.ts";

/** GET /agency/disputes/{disputeNo} · 查看一个争议: what is said, the claim it is about, and what would become of that. */
export const handler = http(endpoints["claims-agency.dispute"], async ({ officer, params: { disputeNo } }) => {
  const found = await disputeFor(officer, disputeNo, "claims-agency.dispute");
  const { personNo, claimNo } = found;
  const [claim, { profile }, { remedy }] = await Promise.all([
    claimOf(personNo, claimNo),
    factsOf(personNo, []),
    remedyOf(found, officer.officerNo),
  ]);
  const page = await claimReply({ claim, profile }, officer);
  return { dispute: page.disputes.find((one) => one.disputeNo === disputeNo)!, claim: page, remedy };
});
