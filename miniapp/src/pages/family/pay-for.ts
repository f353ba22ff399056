import type { Member } from "../../api.ts";
import { go } from "../../route.ts";
import { noWish, payment } from "../contributions/drafts.ts";

/** Starts the contribution of somebody who is held. */
export function payFor({ tieNo }: Member): void {
  payment.change({ whom: { who: "member", tieNo }, among: false, ...noWish });
  go("contributions/year");
}
