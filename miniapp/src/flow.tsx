import { View } from "@tarojs/components";
import { type Choice, call, type Order, type Owed, type Whom } from "./api.ts";
import { useAsk } from "./ask.ts";
import { payment, request, requestNoOf, whomOf } from "./drafts.ts";
import { Button, Note } from "./parts.tsx";
import { forgetQuotes, type Outcome, quoteOf } from "./quotes.ts";
import { go, goToTab } from "./route.ts";
import { inBrowser } from "./store.ts";
import { expired } from "./words.ts";

/** Everything that was answered on the way to an order. */
export interface Answers {
  readonly whom: Whom;
  readonly benefitYear: number;
  readonly tier: number;
  readonly repairYears: number;
}

/** What was answered so far, or null where a page was opened without what comes before it. */
export function useAnswers(): Answers | null {
  const draft = payment.use();
  const whom = whomOf(draft);
  if (!whom || draft.benefitYear === null) return null;
  return { whom, benefitYear: draft.benefitYear, tier: draft.tier ?? 1, repairYears: draft.repairYears };
}

/** Asks what is owed for the answers. */
export const useQuote = (answers: Answers) =>
  useAsk<Outcome>(JSON.stringify([answers.whom, answers.benefitYear, answers.tier]), () =>
    quoteOf(answers.whom, answers.benefitYear, answers.tier),
  );

/** The repair that was chosen; where that brings no cover, or is not offered any more, the least that does. */
export function chosenOf({ choices }: Owed, { repairYears }: Answers): Choice {
  const chosen = choices[repairYears];
  return chosen?.coverFrom ? chosen : (choices.find(({ coverFrom }) => coverFrom) ?? choices[0]!);
}

/** A page in the middle of a task that was opened by itself. */
export function Lost() {
  return (
    <View className="card">
      <Note tone="plain">这一步前面的内容已经办完，或者过了太久。请从头开始。</Note>
      <Button onPress={() => goToTab("home")}>回首页</Button>
    </View>
  );
}

/** 下单 · places the order that the payer agreed to; the same press again, after a lost reply, is the same order. */
export async function placeOrder(
  { whom, benefitYear, tier }: Answers,
  { repairYears, total: expected }: Choice,
): Promise<Order> {
  const body = { lines: [{ whom, benefitYear, tier, repairYears }], expected };
  const place = (renew: boolean) =>
    call("contributions.order", { body: { ...body, requestNo: requestNoOf(JSON.stringify(body), renew) } });
  const order = await place(false);
  forgetQuotes();
  return order.state === "closed" || expired(order) ? place(true) : order;
}

/** 去支付 · opens the cashier; WeChat has none of its own here yet, a page there says how to pay in a browser. */
export async function toCashier(orderNo: string): Promise<void> {
  const { cashier } = await call("contributions.pay", { params: { orderNo } });
  if (inBrowser) window.location.assign(cashier);
  else go("cashier", { orderNo, cashier });
}

/** Forgets the answers of a contribution that is done. */
export function finished(): void {
  payment.clear();
  request.clear();
  forgetQuotes();
}
