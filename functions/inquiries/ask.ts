import { endpoints } from "../../shared/api/inquiries.ts";
import { doubts } from "../../shared/inquiry/inquiry.ts";
import { recordAccess } from "../audit.ts";
import { http } from "../http.ts";
import { spendTry } from "../limits.ts";
import { inquiryAsked } from "./asking.ts";
import { inquiryReply } from "./reply.ts";
import { inquiryRequest, openInquiry, requestedInquiry } from "./store.ts";

/** POST /agency/inquiries · 发起协查: asks the agency of the place of care to check a stay; once for a request. */
export const handler = http(endpoints["inquiries.ask"], async ({ officer, body: { requestNo, ...body } }) => {
  const request = inquiryRequest(officer.officerNo, requestNo, body);
  const standing = await requestedInquiry(request);
  if (!standing) await spendTry("inquiry", officer.officerNo);
  const inquiry = standing ?? (await inquiryAsked(officer, { requestNo, ...body }));
  const reason = inquiry.doubts.map((doubt) => doubts[doubt]).join("、");
  await recordAccess(officer, { personNo: inquiry.person.personNo }, { call: "inquiries.ask", reason });
  return inquiryReply(standing ?? (await openInquiry(request, inquiry)), officer);
});
