import { endpoints } from "../../shared/api/inquiries.ts";
import { http } from "../http.ts";
import { inquiryFor, logCall } from "./moves.ts";
import { inquiryReply } from "./reply.ts";

/** POST /agency/inquiries/{inquiryNo}/calls · 记一次电话核实: whom, when, and what was said. */
export const handler = http(endpoints["inquiries.log-call"], async ({ officer, params: { inquiryNo }, body }) => {
  await inquiryFor(officer, inquiryNo, "inquiries.log-call");
  return inquiryReply(await logCall(inquiryNo, officer, body), officer);
});
