import type { EndpointName } from "../../../../shared/api/endpoints.ts";
import { receiptStates } from "../../../../shared/contribution/receipt.ts";
import { mayRefund, refundStates } from "../../../../shared/contribution/refund.ts";
import { type Day, dayShown } from "../../../../shared/day.ts";
import type { Reply } from "../../api.ts";
import { money } from "../../figures.ts";
import { carrierNames } from "../../parts/carrier.ts";

/** What is read again after anything was done to a refund. */
export const readings = ["refunds-agency.worklist", "counter.orders"] as const satisfies readonly EndpointName[];

/** 缴费记录 · one line of a person's. */
export type PersonLine = Reply<"counter.orders">["lines"][number];

/** "2026年度，¥400.00". */
export const lineText = ({ benefitYear, amount }: PersonLine): string => `${benefitYear}年度，${money(amount)}`;

/** When and how it was paid, and what has become of it. */
export const lineFate = ({ on, carrier, subsidised, refund, receipt }: PersonLine): string =>
  [
    `${dayShown(on)}${carrier === null ? "参保，本人没有交钱" : carrierNames[carrier].came}`,
    ...(subsidised === "0.00" ? [] : [`资助 ${money(subsidised)}`]),
    refund ? `退费：${refundStates[refund.state].name}` : receiptStates[receipt.state],
  ].join("，");

/** Can somebody still propose to give this line back? The API decides again. */
export const isRefundable = (line: PersonLine, today: Day): boolean =>
  line.outcome === "enrolled" && line.refund === null && mayRefund(today, line);
