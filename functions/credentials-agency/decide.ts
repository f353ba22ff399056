import { endpoints } from "../../shared/api/credentials-agency.ts";
import { recordAccess } from "../audit.ts";
import { caseOf, decideCase } from "../credentials/case-store.ts";
import { http } from "../http.ts";
import { mustServe } from "../served.ts";
import { casesReply } from "./store.ts";

/** POST /agency/credential-cases/{caseNo}/decision · 核查结果: whether the doubt was right, with the sentence that the person reads. */
export const handler = http(
  endpoints["credentials-agency.decide"],
  async ({ officer, params: { caseNo }, body: { uphold, reason } }) => {
    const { village, personNo } = await caseOf(caseNo);
    mustServe(officer, [village]);
    await recordAccess(
      officer,
      { personNo },
      { call: "credentials-agency.decide", reason: `疑点${caseNo}：${reason}` },
    );
    const [reply] = await casesReply([await decideCase(caseNo, officer, uphold, reason)]);
    return reply!;
  },
);
