import { endpoints } from "../../shared/api/refunds-agency.ts";
import { recordAccess } from "../audit.ts";
import { byOfficer } from "../hand.ts";
import { http } from "../http.ts";
import { ask } from "../refunds/moves.ts";
import { officersReply } from "../refunds/reply.ts";
import { enrolledBy } from "../refunds/store.ts";
import { mustServe } from "../served.ts";

/** POST /agency/refunds · 提出退费: for somebody of the officer's unit; another officer decides. */
export const handler = http(endpoints["refunds-agency.propose"], async ({ officer, body }) => {
  const { line } = await enrolledBy(body.orderNo, body.line);
  mustServe(officer, [line.village]);
  await recordAccess(officer, { personNo: line.personNo }, { call: "refunds-agency.propose", reason: body.reason });
  return officersReply(await ask(body, byOfficer(officer), (found) => mustServe(officer, [found.line.village])));
});
