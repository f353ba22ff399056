import * as z from "zod";
import { carriers } from "../shared/contribution/posting.ts";
import type { Yuan } from "../shared/money.ts";

export const Fen = z.int().min(0) as unknown as z.ZodType<Yuan, number>;

/** Money that came: the carrier's own number of it, our number of the trade, the whole sum. */
export const Paid = z.object({
  transactionNo: z.string(),
  /** What the channel knows the order as; null where no channel carried the money. */
  tradeNo: z.string().nullable(),
  amount: Fen,
  carrier: z.enum(carriers),
});
