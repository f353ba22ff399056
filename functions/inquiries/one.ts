import { endpoints } from "../../shared/api/inquiries.ts";
import { http } from "../http.ts";
import { inquiryFor } from "./moves.ts";
import { inquiryReply } from "./reply.ts";

/** GET /agency/inquiries/{inquiryNo} · 查看一个协查: what is asked, what came of it, and what the reader may do. */
export const handler = http(endpoints["inquiries.one"], async ({ officer, params: { inquiryNo } }) =>
  inquiryReply(await inquiryFor(officer, inquiryNo, "inquiries.one"), officer),
);
