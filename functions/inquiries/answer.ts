import { endpoints } from "../../shared/api/inquiries.ts";
import { http } from "../http.ts";
import { answer, inquiryFor } from "./moves.ts";
import { inquiryReply } from "./reply.ts";

/** POST /agency/inquiries/{inquiryNo}/answer · 答复协查: what was found, by whoever checked it. */
export const handler = http(endpoints["inquiries.answer"], async ({ officer, params: { inquiryNo }, body }) => {
  await inquiryFor(officer, inquiryNo, "inquiries.answer");
  return inquiryReply(await answer(inquiryNo, officer, body), officer);
});
