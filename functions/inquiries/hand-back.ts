import { endpoints } from "../../shared/api/inquiries.ts";
import { http } from "../http.ts";
import { handBack, inquiryFor } from "./moves.ts";
import { inquiryReply } from "./reply.ts";

/** POST /agency/inquiries/{inquiryNo}/hand-back · 放回协查: for a colleague to take. */
export const handler = http(endpoints["inquiries.hand-back"], async ({ officer, params: { inquiryNo } }) => {
  await inquiryFor(officer, inquiryNo, "inquiries.hand-back");
  return inquiryReply(await handBack(inquiryNo, officer), officer);
});
