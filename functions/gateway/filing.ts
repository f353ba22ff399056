import { endpoints } from "../../shared/api/gateway.ts";
import { readFilingQuery } from "../../shared/gateway/filing-query.ts";
import { filingsPath } from "../../shared/gateway/signing.ts";
import { recordProviderAccess } from "../audit.ts";
import { now } from "../clock.ts";
import { http } from "../http.ts";
import { senderOf } from "../providers/sender.ts";
import { answeredFiling, countedFor } from "./filings.ts";

/** POST /gateway/filings · 异地备案查询: whether care here would count as filed for, and why; a refusal is an answer with code −1. */
export const handler = http(endpoints["gateway.filing"], ({ message }) =>
  answeredFiling(async () => {
    const { provider, fresh } = await senderOf(message, now(), filingsPath);
    const asked = readFilingQuery(new TextDecoder().decode(message.body));
    await fresh;
    const counted = await countedFor(provider, asked);
    await recordProviderAccess(provider.code, asked.personNo, "filing");
    return counted;
  }),
);
