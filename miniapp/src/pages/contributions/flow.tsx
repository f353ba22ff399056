import { View } from "@tarojs/components";
import Taro from "@tarojs/taro";
import { plus, text, yuan } from "../../../../shared/money.ts";
import { type Choice, call, type Order, type Owed, Refused, type Whom } from "../../api.ts";
import { useAsk, wayOut } from "../../ask.ts";
import { requestNoOf } from "../../drafts.ts";
import type { Outcome } from "../../outcome.ts";
import { Option, Options } from "../../parts/form.tsx";
import { forgetQuotes, payable, quoteOf, quotesOf } from "../../quotes.ts";
import { arrive } from "../../route.ts";
import { inBrowser } from "../../store.ts";
import { dayWords, expired, money } from "../../words.ts";
import { noWish, type Payees, payeeKey, payees, payment, request, type Wish } from "./drafts.ts";

/** Everything that was answered on the way to an order. */
export interface Answers {
  readonly whom: Whom;
  readonly benefitYear: number;
  readonly tier: number;
  readonly repairYears: number;
}

/** What was answered so far, or null where a page was opened without what comes before it. */
export function useAnswers(): Answers | null {
  const { whom, benefitYear, tier, repairYears } = payment.use();
  if (!whom || benefitYear === null) return null;
  return { whom, benefitYear, tier: tier ?? 1, repairYears };
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

/** One person's part of an order, as it is agreed to. */
export interface Priced {
  readonly answers: Answers;
  readonly owed: Owed;
  readonly choice: Choice;
}

/** 一共 · what an order of these parts comes to; another sum is refused by the API. */
export const sumOf = (parts: readonly Priced[]): string => text(plus(...parts.map(({ choice }) => yuan(choice.total))));

/** 一起缴费 · one of several: their part, or in words why there is none. */
export type OneOfSeveral =
  | { readonly whom: Whom; readonly answers: Answers; readonly owed: Owed; readonly none?: never }
  | { readonly whom: Whom; readonly none: string };

/** The people who were chosen to be paid for in one order. */
export const chosenPeople = ({ chosen, others }: Payees): Whom[] =>
  chosen.map((key): Whom => {
    if (key === "self") return { who: "self" };
    return others.find((one) => payeeKey(one) === key) ?? { who: "member", tieNo: key };
  });

/** Asks what is owed for several people at once; a refusal that concerns one of them stays with that one. */
export function useSeveral(list: Payees) {
  const people = chosenPeople(list).map((whom) => ({ whom, wish: list.wishes[payeeKey(whom)] ?? noWish }));
  const key = JSON.stringify(people.map(({ whom, wish: { benefitYear, tier } }) => [whom, benefitYear, tier]));
  return useAsk(key, () => Promise.all(people.map(oneOfSeveral)));
}

async function oneOfSeveral({ whom, wish }: { whom: Whom; wish: Wish }): Promise<OneOfSeveral> {
  try {
    const years = await quotesOf(whom);
    const able = years.filter(payable).map(([year]) => year);
    const benefitYear = able.find((year) => year === wish.benefitYear) ?? able[0];
    if (benefitYear === undefined) return { whom, none: years.map(whyNot).join("") };
    const tier = wish.tier ?? 1;
    const { owed, refused } = await quoteOf(whom, benefitYear, tier);
    if (!owed) return { whom, none: refused.message };
    return { whom, answers: { whom, benefitYear, tier, repairYears: wish.repairYears }, owed };
  } catch (error) {
    if (!(error instanceof Refused) || wayOut(error.code) || error.status === 0) throw error;
    return { whom, none: error.message };
  }
}

const whyNot = ([year, { refused }]: readonly [number, Outcome]): string =>
  `${year}年：${refused?.message ?? "现在缴也来不及享受了。"}`;

/** The parts of those who can be paid for, each with the repair that was chosen last. */
export function pricedOf(several: readonly OneOfSeveral[], { wishes }: Payees): Priced[] {
  return several.flatMap((one) => {
    if (one.none !== undefined) return [];
    const { repairYears } = wishes[payeeKey(one.whom)] ?? noWish;
    const answers = { ...one.answers, repairYears };
    return [{ answers, owed: one.owed, choice: chosenOf(one.owed, answers) }];
  });
}

/** 补缴断保的年份 · the choices, each with its price, its waiting and the first day of cover. */
export function RepairChoices({
  whose = "",
  choices,
  chosen,
  onChoose,
}: {
  whose?: string;
  choices: readonly Choice[];
  chosen: number;
  onChoose: (repairYears: number) => void;
}) {
  return (
    <Options label={`${whose}要不要补缴断保的年份`}>
      {choices.map((choice) => (
        <Option
          key={choice.repairYears}
          title={choice.repairYears === 0 ? "不补缴" : `补缴${choice.repairYears}年，多付 ${money(choice.cost)}`}
          chosen={choice.repairYears === chosen}
          disabled={choice.coverFrom === null}
          onChoose={() => onChoose(choice.repairYears)}
        >
          <View>
            {choice.waitingMonths === 0 ? "不用等" : `等${choice.waitingMonths}个月`}
            {choice.coverFrom ? `，${dayWords(choice.coverFrom)}起能报销` : "，那时这一年已经结束"}
          </View>
        </Option>
      ))}
    </Options>
  );
}

/** 下单 · places the order that the payer agreed to; the same press again, after a lost reply, is the same order. */
export async function placeOrder(agreed: readonly Priced[]): Promise<Order> {
  const lines = agreed.map(({ answers: { whom, benefitYear, tier }, choice: { repairYears } }) => ({
    whom,
    benefitYear,
    tier,
    repairYears,
  }));
  const body = { lines, expected: sumOf(agreed) };
  const place = (renew: boolean) =>
    call("contributions.order", { body: { ...body, requestNo: requestNoOf(request, JSON.stringify(body), renew) } });
  const order = await place(false);
  forgetQuotes();
  return order.state === "closed" || expired(order) ? place(true) : order;
}

/** A computer, whose payer takes the phone to WeChat: a mouse, and a screen wider than any phone. */
const onComputer = (): boolean => inBrowser && window.matchMedia("(pointer: fine) and (min-width: 700px)").matches;

/**
 * 去支付 · opens the cashier: WeChat's own in the mini-program, the channel's page in a phone's browser, a code to scan on a
 * computer; all lead to the result.
 */
export async function toCashier(orderNo: string): Promise<void> {
  if (onComputer()) return arrive("contributions/scan", { orderNo });
  const opened = await call("contributions.pay", { params: { orderNo }, body: { how: inBrowser ? "h5" : "jsapi" } });
  if (opened.how === "h5") window.location.assign(opened.page);
  if (opened.how !== "jsapi") return;
  const paid = await paidInWeChat(opened.parameters);
  arrive("contributions/result", { orderNo, ...(paid && { paid: "1" }) });
}

/** Does WeChat say that it was paid? Somebody who goes back has not, and may try again. */
async function paidInWeChat(parameters: Taro.requestPayment.Option): Promise<boolean> {
  try {
    await Taro.requestPayment(parameters);
    return true;
  } catch {
    return false;
  }
}

/** Forgets the answers of a contribution that is done. */
export function finished(): void {
  payment.clear();
  payees.clear();
  request.clear();
  forgetQuotes();
}
