import { endpoints } from "../../shared/api/refunds.ts";
import { http } from "../http.ts";
import { refundReply } from "./reply.ts";
import { refundsOf } from "./store.ts";

/** GET /refunds · 我的退费, the newest first. */
export const handler = http(endpoints["refunds.mine"], async ({ resident }) => ({
  refunds: (await refundsOf(resident.personNo)).map(refundReply),
}));
