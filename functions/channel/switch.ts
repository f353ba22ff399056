import * as z from "zod";
import { CalendarDay } from "../../shared/edge.ts";
import { Refusal } from "../../shared/refusal.ts";
import { OfficerHand } from "../hand.ts";
import { key } from "../key.ts";
import { itemAt } from "../read.ts";
import { toPut, write } from "../write.ts";

/** 缴费开关 · whether contributions are taken now; where not, one sentence that says why and until when. */
const PaymentSwitch = z.object({
  open: z.boolean(),
  sentence: z.string().nullable(),
  on: CalendarDay,
  by: OfficerHand,
});

type PaymentSwitch = z.output<typeof PaymentSwitch>;

/** How the switch stands; nobody has touched it yet means open. */
export async function paymentSwitch(): Promise<Pick<PaymentSwitch, "open" | "sentence">> {
  const turned = await itemAt(key.setting("payments"), PaymentSwitch, { consistent: false });
  return turned ?? { open: true, sentence: null };
}

/** Turns the switch, for everybody at once. */
export async function turnSwitch(to: PaymentSwitch): Promise<void> {
  await write(toPut({ ...key.setting("payments"), ...to }));
}

/** Refuses with its sentence where contributions are not taken now; money that is on its way is booked all the same. */
export async function mustBeOpen(): Promise<void> {
  const { open, sentence } = await paymentSwitch();
  if (!open) throw new Refusal("payments-closed", { ...(sentence && { detail: sentence }) });
}
