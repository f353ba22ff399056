import { endpoints } from "../../shared/api/endpoints.ts";
import { recordAccess } from "../audit.ts";
import { http } from "../http.ts";
import { mustBeWithin } from "../officers/store.ts";
import { ask } from "./moves.ts";
import { byOfficer } from "./officers.ts";
import { officersReply } from "./reply.ts";
import { enrolledBy } from "./store.ts";

/** POST /agency/refunds · 提出退费: for somebody of the officer's unit; another officer decides. */
export const handler = http(endpoints["refunds.propose"], async ({ officer, body }) => {
  const { line } = await enrolledBy(body.orderNo, body.line);
  mustBeWithin(officer, line.village);
  await recordAccess(officer, { personNo: line.personNo }, { call: "refunds.propose", reason: body.reason });
  return officersReply(await ask(body, byOfficer(officer), (found) => mustBeWithin(officer, found.line.village)));
});
