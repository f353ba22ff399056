import { endpoints } from "../../shared/api/inquiries.ts";
import { http } from "../http.ts";
import { inquiryFor, take } from "./moves.ts";
import { inquiryReply } from "./reply.ts";

/** POST /agency/inquiries/{inquiryNo}/take · 接手协查: one officer of the agency that is asked checks from now on. */
export const handler = http(endpoints["inquiries.take"], async ({ officer, params: { inquiryNo } }) => {
  await inquiryFor(officer, inquiryNo, "inquiries.take");
  return inquiryReply(await take(inquiryNo, officer), officer);
});
