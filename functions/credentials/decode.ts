import { endpoints } from "../../shared/api/credentials.ts";
import { readCodeQuery } from "../../shared/gateway/messages.ts";
import { codesPath } from "../../shared/gateway/signing.ts";
import { recordProviderAccess } from "../audit.ts";
import { now } from "../clock.ts";
import { http } from "../http.ts";
import { shownTo } from "../providers/relation.ts";
import { senderOf } from "../providers/sender.ts";
import { answeredCode, mustBeOwn } from "./answer.ts";
import { decode } from "./decoding.ts";

/** POST /gateway/codes · 医保码解码: a code is read once, for one purpose; a refusal is an answer with code −1. */
export const handler = http(endpoints["credentials.decode"], ({ message }) =>
  answeredCode(async () => {
    const at = now();
    const { provider, fresh } = await senderOf(message, at, codesPath);
    const asked = readCodeQuery(new TextDecoder().decode(message.body));
    await fresh;
    mustBeOwn(provider, asked);
    const decoded = await decode(provider, asked, at);
    await shownTo(provider, decoded.profile.personNo, at);
    await recordProviderAccess(provider.code, decoded.profile.personNo, "ec.query");
    return decoded;
  }),
);
