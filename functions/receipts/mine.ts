import { endpoints } from "../../shared/api/receipts.ts";
import { dependantsOf } from "../family/held.ts";
import { http } from "../http.ts";
import { personPage } from "../people/page.ts";
import { receiptReply } from "./reply.ts";
import { receiptsOf } from "./store.ts";

/** GET /receipts · 我和家人的票据: every year's, the newest first. */
export const handler = http(endpoints["receipts.mine"], async ({ resident: { personNo } }) => {
  const people = [personNo, ...(await dependantsOf(personNo))];
  const receipts = await Promise.all(
    people.map(async (one) => {
      const found = await receiptsOf(await personPage(one));
      return Promise.all(found.map((receipt) => receiptReply(receipt, one === personNo)));
    }),
  );
  const newest = receipts.flat().sort((a, b) => b.benefitYear - a.benefitYear || (a.on < b.on ? 1 : -1));
  return { receipts: newest };
});
