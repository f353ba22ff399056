import { endpoints } from "../../shared/api/credentials.ts";
import { actingFor } from "../family/acting.ts";
import { http } from "../http.ts";
import { spendTry } from "../limits.ts";
import { doubtUse } from "./doubts.ts";
import { caseReply, credentialReply } from "./reply.ts";
import { useOf } from "./uses-store.ts";

/** POST /credential/uses/{useNo}/case · 不是我: the credential is suspended at once, and an officer looks into the use. */
export const handler = http(
  endpoints["credentials.not-mine"],
  async ({ resident, params: { useNo }, query: { tie }, body: { words } }) => {
    const { personNo, profile, tieNo, by } = await actingFor(resident.personNo, tie, null);
    const { caseNo } = await useOf(personNo, useNo);
    if (caseNo === null) await spendTry("dispute", resident.accountNo);
    const one = await doubtUse(profile, useNo, words, by);
    return { case: caseReply(one), credential: await credentialReply(profile, { tieNo }) };
  },
);
