import * as z from "zod";
import { areas } from "../../shared/areas/areas.ts";
import { CalendarDay } from "../../shared/edge.ts";
import { Refusal } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { OfficerHand } from "../hand.ts";
import { key, partition } from "../key.ts";
import { itemAt, itemsIn } from "../read.ts";
import { type Action, toPut, unchanged, write } from "../write.ts";

/** 缴费开关 · whether contributions are taken; where not, one sentence that says why and until when. */
interface Turned {
  readonly open: boolean;
  readonly sentence: string | null;
}

const PaymentSwitch = z.object({
  /** A pooling area, or nothing for the channel, which all areas share. */
  area: z.string().nullable().default(null),
  open: z.boolean(),
  sentence: z.string().nullable(),
  on: CalendarDay,
  by: OfficerHand,
  /** 复核人 · the second hand, where the switch is the channel's. */
  agreedBy: OfficerHand.nullable().default(null),
  version: z.int().default(1),
});
type PaymentSwitch = z.output<typeof PaymentSwitch>;

/** Nobody has touched it yet. */
const taken: Turned = { open: true, sentence: null };
const untouched = { ...taken, on: null, by: null, agreedBy: null, version: 0 };

/** How the switches stand: the channel's, which stops everybody, and those of the areas that have turned theirs. */
export async function paymentSwitches(): Promise<{ channel: Turned; of: (area: string) => Turned }> {
  const turned = await itemsIn(partition.paymentSwitches, PaymentSwitch, { consistent: false });
  const channel = shown(turned.find(({ area }) => area === null));
  const of = (area: string) => (channel.open ? shown(turned.find((one) => one.area === area)) : channel);
  return { channel, of };
}
const shown = (turned: PaymentSwitch | undefined): Turned =>
  turned ? { open: turned.open, sentence: turned.sentence } : taken;

/** The switch of an area itself, whatever the channel's. */
export const areaSwitch = (area: string) => itemAt(key.paymentSwitch(area), PaymentSwitch);

/** Turns the switch of an area. */
export async function turnSwitch(area: string, to: Turned, by: OfficerHand): Promise<void> {
  await write(toPut({ ...key.paymentSwitch(area), area, ...to, on: today(), by }));
}

/** Refuses with its sentence where contributions of any of these areas are not taken now; money that is on its way is booked all the same. */
export async function mustBeOpen(poolingAreas: readonly string[]): Promise<void> {
  const { of } = await paymentSwitches();
  for (const area of new Set(poolingAreas)) {
    const { open, sentence } = of(area);
    if (open) continue;
    const whose = areas.get(area)?.name ?? area;
    throw new Refusal("payments-closed", { ...(sentence && { detail: `${whose}：${sentence}` }) });
  }
}

/** The channel's switch. */
export const channelSwitch = async () => (await itemAt(key.paymentSwitch(null), PaymentSwitch)) ?? untouched;

/** The write that turns the channel's switch from how it was read, by two hands. */
export const channelTurned = (
  { version }: Awaited<ReturnType<typeof channelSwitch>>,
  { open, sentence }: Turned,
  by: OfficerHand,
  agreedBy: OfficerHand,
): Action =>
  toPut(
    { ...key.paymentSwitch(null), area: null, open, sentence, on: today(), by, agreedBy, version: version + 1 },
    unchanged(version),
  );
