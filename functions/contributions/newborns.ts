import { key } from "../key.ts";
import { personPage } from "../people/page.ts";
import { type Action, both, exists, having, toUpdate } from "../write.ts";
import { isOpen, type Order } from "./store.ts";

/** An open order whose newborns may have been found to be people of the register meanwhile: their lines are theirs. */
export async function asMerged(order: Order): Promise<Order> {
  if (!isOpen(order)) return order;
  const lines = await Promise.all(
    order.lines.map(async (line) => {
      if (!line.temporary) return line;
      const { profile } = await personPage(line.personNo);
      const { personNo, village, temporary } = profile;
      return personNo === line.personNo ? line : { ...line, personNo, village, temporary };
    }),
  );
  return { ...order, lines };
}

/** A booking for a temporary person fails once they are merged, and a merge fails that has not seen the booking. */
export const bookingOf = (personNo: string): Action =>
  toUpdate(key.person(personNo), { add: { bookings: 1 } }, both(exists, having({ mergedInto: undefined })));
