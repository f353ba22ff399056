import * as z from "zod";
import { endpoint } from "./endpoint.ts";

export const endpoints = {
  "gateway.call": endpoint({
    method: "POST",
    path: "/gateway",
    title: "两定机构接口",
    caller: { audience: "provider" },
    access: { main: "write", ledger: "append", audit: "append" },
    /** A national message in, a national message out: the codec of `shared/gateway/wire.ts` spells both. */
    reply: z.string(),
  }),
  "gateway.filing": endpoint({
    method: "POST",
    path: "/gateway/filings",
    title: "异地备案查询",
    caller: { audience: "provider" },
    access: { main: "write", audit: "append" },
    /** Our own words, spelt by `shared/gateway/filing-query.ts`: the national interface has no transaction for it. */
    reply: z.string(),
  }),
};
