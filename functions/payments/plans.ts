import { suspenseReasons, suspenseStates } from "../../shared/contribution/suspense.ts";
import { addDays } from "../../shared/day.ts";
import { text } from "../../shared/money.ts";
import { Refusal } from "../../shared/refusal.ts";
import { mustRunChannel, mustRunFund } from "../callers/officers.ts";
import { channelSwitch, channelTurned } from "../channel/switch.ts";
import { today } from "../clock.ts";
import { goingBack, suspenseOf } from "../contributions/suspense.ts";
import { byOfficer } from "../hand.ts";
import type { Planner } from "../proposal.ts";

/** 退回暂收款 · money without an order, or that was stuck, leaves the fund by two hands of the area that holds it. */
export const planReturn: Planner<"payments.return"> = async ({ params: { suspenseNo } }, officer) => {
  mustRunFund(officer);
  const item = await suspenseOf(suspenseNo);
  const { parts, state, attempt, owner, amount, why, payment } = item;
  if (parts[0]?.poolingArea !== officer.unit) throw new Refusal("not-found");
  return {
    unit: officer.unit,
    what: `暂收款 ${payment.transactionNo}`,
    changes: [
      { name: "现在", before: suspenseStates[state].name, after: "退回付款人" },
      { name: "金额", before: null, after: `¥${text(amount)}` },
    ],
    reason: suspenseReasons[why],
    seen: [suspenseNo, state, attempt, owner],
    steps: goingBack(item),
  };
};

/** 支付渠道 · stopped and opened for every area by two hands of the one that runs the merchant's account, within a day. */
export const planChannel: Planner<"payments.propose-channel"> = async ({ body }, officer, proposer) => {
  mustRunChannel(officer);
  const { open } = body;
  const was = await channelSwitch();
  if (was.open && open) throw new Refusal("channel-open");
  const to = { open, sentence: open ? null : body.sentence };
  const shown = (one: { open: boolean; sentence: string | null }) =>
    one.open ? "正在收缴费" : `暂停缴费，居民看到“${one.sentence}”`;
  return {
    unit: officer.unit,
    what: "支付渠道（所有统筹区）",
    changes: [{ name: "现在", before: shown(was), after: shown(to) }],
    reason: body.sentence,
    until: addDays(today(), 1),
    seen: [was.version],
    steps: [channelTurned(was, to, byOfficer(proposer), byOfficer(officer))],
  };
};
