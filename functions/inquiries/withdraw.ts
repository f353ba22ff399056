import { endpoints } from "../../shared/api/inquiries.ts";
import { http } from "../http.ts";
import { inquiryFor, withdraw } from "./moves.ts";
import { inquiryReply } from "./reply.ts";

/** POST /agency/inquiries/{inquiryNo}/withdrawal · 撤回协查: the agency that asked needs no answer any more. */
export const handler = http(
  endpoints["inquiries.withdraw"],
  async ({ officer, params: { inquiryNo }, body: { reason } }) => {
    await inquiryFor(officer, inquiryNo, "inquiries.withdraw");
    return inquiryReply(await withdraw(inquiryNo, officer, reason), officer);
  },
);
