import * as z from "zod";
import { endpoint } from "./endpoint.ts";

export const gateway = {
  "gateway.call": endpoint({
    method: "POST",
    path: "/gateway",
    title: "两定机构接口",
    caller: { audience: "provider" },
    access: { main: "write", ledger: "append", audit: "append" },
    /** A national message in, a national message out: the codec of `shared/gateway/wire.ts` spells both. */
    reply: z.string(),
  }),
};
