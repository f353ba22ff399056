import { endpoints } from "../../shared/api/proposals.ts";
import { recordAccess } from "../audit.ts";
import { http } from "../http.ts";
import { agreeTo, giveBackProposal, proposalFor, proposalReply } from "./store.ts";

/** POST /agency/proposals/{proposalNo} · 复核: another officer has it carried out; it is given back by anybody, its maker too. */
export const handler = http(endpoints["proposals.answer"], async ({ officer, params: { proposalNo }, body }) => {
  const { unit, personNo, call, what } = await proposalFor(officer, proposalNo);
  const reason = `${call} ${what}：${body.accept ? "同意" : body.reason}`;
  await recordAccess(officer, personNo === null ? { village: unit } : { personNo }, {
    call: "proposals.answer",
    reason,
  });
  const answered = body.accept ? agreeTo(proposalNo, officer) : giveBackProposal(proposalNo, officer, body.reason);
  return proposalReply(await answered, officer);
});
