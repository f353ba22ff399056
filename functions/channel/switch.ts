import * as z from "zod";
import { areas } from "../../shared/areas/areas.ts";
import { CalendarDay } from "../../shared/edge.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now, today } from "../clock.ts";
import { OfficerHand } from "../hand.ts";
import { key, partition } from "../key.ts";
import { newNo } from "../numbers.ts";
import { itemAt, itemsIn } from "../read.ts";
import { toPut, unchanged, write, writeTogether } from "../write.ts";

/** 缴费开关 · whether contributions are taken; where not, one sentence that says why and until when. */
interface Turned {
  readonly open: boolean;
  readonly sentence: string | null;
}

const Proposal = z.object({
  proposalNo: z.string(),
  open: z.boolean(),
  sentence: z.string().nullable(),
  by: OfficerHand,
  at: z.int(),
});

const PaymentSwitch = z.object({
  /** A pooling area, or nothing for the channel, which all areas share. */
  area: z.string().nullable().default(null),
  open: z.boolean(),
  sentence: z.string().nullable(),
  on: CalendarDay,
  by: OfficerHand,
  /** 复核人 · the second hand, where the switch is the channel's. */
  agreedBy: OfficerHand.nullable().default(null),
  proposed: Proposal.nullable().default(null),
  version: z.int().default(1),
});
type PaymentSwitch = z.output<typeof PaymentSwitch>;

/** Nobody has touched it yet. */
const taken: Turned = { open: true, sentence: null };
const untouched = { ...taken, on: null, by: null, agreedBy: null, proposed: null, version: 0 };

/** A proposal that nobody answered within a day is not there any more: nobody remembers what it was about. */
const proposalLives = 24 * 3_600_000;

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

/** The channel's switch, with what is proposed and not yet answered. */
export async function channelSwitch() {
  const turned = (await itemAt(key.paymentSwitch(null), PaymentSwitch)) ?? untouched;
  const { proposed } = turned;
  return { ...turned, proposed: proposed && proposed.at + proposalLives > now() ? proposed : null };
}
type ChannelSwitch = Awaited<ReturnType<typeof channelSwitch>>;

const keepChannel = (was: ChannelSwitch, to: object): Promise<void> => {
  const item = {
    ...key.paymentSwitch(null),
    ...was,
    on: was.on ?? today(),
    ...to,
    area: null,
    version: was.version + 1,
  };
  return writeTogether([{ ...toPut(item, unchanged(was.version)), refusal: () => new Refusal("try-again") }]);
};

/** Proposes to turn the channel's switch: it takes the place of what was proposed before. */
export async function proposeChannel({ open, sentence }: Turned, by: OfficerHand): Promise<void> {
  const was = await channelSwitch();
  if (was.open && open) throw new Refusal("channel-open");
  await keepChannel(was, { by: was.by ?? by, proposed: { proposalNo: newNo(today()), open, sentence, by, at: now() } });
}

/** Another hand lets a proposal stand; or anybody, its maker too, puts it away. */
export async function answerChannel(proposalNo: string, agreed: boolean, by: OfficerHand): Promise<void> {
  const was = await channelSwitch();
  const { proposed } = was;
  if (proposed?.proposalNo !== proposalNo) throw new Refusal("proposal-gone");
  if (!agreed) return keepChannel(was, { proposed: null });
  if (proposed.by.no === by.no) throw new Refusal("channel-same-hand");
  const { open, sentence } = proposed;
  await keepChannel(was, { open, sentence, by: proposed.by, agreedBy: by, on: today(), proposed: null });
}
