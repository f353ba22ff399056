import { View } from "@tarojs/components";
import { useRouter } from "@tarojs/taro";
import { type ReactNode, useState } from "react";
import type { Owed, Refused } from "../../../api.ts";
import { refusedBy, wayOut } from "../../../ask.ts";
import { Page } from "../../../parts/page.tsx";
import { Button, Press } from "../../../parts/press.tsx";
import { Amount, Fact, Heading, Lost, Note, Problem, Skeleton } from "../../../parts/tell.tsx";
import { forgetQuotes } from "../../../quotes.ts";
import { arrive, go, returnTo } from "../../../route.ts";
import { dayWords, money } from "../../../words.ts";
import { PaymentsClosed, usePaymentsClosed } from "../closed.tsx";
import { type Payees, payeeKey, payees } from "../drafts.ts";
import {
  type Answers,
  chosenOf,
  finished,
  type Priced,
  placeOrder,
  pricedOf,
  sumOf,
  toCashier,
  useAnswers,
  useQuote,
  useSeveral,
} from "../flow.tsx";

/** 核对 · everything that was answered, once more, for one person or several, and the button that pays. */
export default function Check() {
  const answers = useAnswers();
  const list = payees.use();
  if (useRouter().params.several) return list.chosen.length > 0 ? <OfSeveral list={list} /> : <Nobody />;
  return answers ? <OfOne answers={answers} /> : <Nobody />;
}

function Nobody() {
  return (
    <Page>
      <Lost />
    </Page>
  );
}

function OfOne({ answers }: { answers: Answers }) {
  const { answer, refused, again } = useQuote(answers);
  const owed = answer?.owed;
  const parts = owed ? [{ answers, owed, choice: chosenOf(owed, answers) }] : answer && [];
  return (
    <Agreed parts={parts} refused={answer ? null : refused} again={again}>
      {answer?.refused && (
        <View className="card">
          <Note tone="stop">{answer.refused.message}</Note>
          <Button onPress={() => returnTo("contributions/year")}>换一年</Button>
        </View>
      )}
      {owed && <Summary owed={owed} answers={answers} />}
    </Agreed>
  );
}

function OfSeveral({ list }: { list: Payees }) {
  const { answer, refused, again } = useSeveral(list);
  const parts = answer && pricedOf(answer, list);
  return (
    <Agreed parts={parts} refused={answer ? null : refused} again={again}>
      {parts?.map((part) => (
        <Part key={payeeKey(part.answers.whom)} part={part} />
      ))}
      {parts?.length === 0 && <Note tone="plain">选的人现在都不用缴，或者缴不了。没有扣款。</Note>}
      {parts && (
        <View className="card">
          <Fact name={`${parts.length}个人一共要付`}>
            <Amount value={sumOf(parts)} />
          </Fact>
          <Press className="text-button" onPress={() => returnTo("contributions/several")}>
            改年份或补缴
          </Press>
          <Press className="text-button" onPress={() => returnTo("contributions/whom")}>
            改给谁缴
          </Press>
        </View>
      )}
    </Agreed>
  );
}

/** The page around what is to be agreed to: its refusals, and the button that places the order. */
function Agreed({
  parts,
  refused,
  again,
  children,
}: {
  parts: readonly Priced[] | null;
  refused: Refused | null;
  again: () => void;
  children: ReactNode;
}) {
  const [no, setNo] = useState<Refused | null>(null);
  const [busy, setBusy] = useState(false);
  const pay = async (agreed: readonly Priced[]) => {
    setNo(null);
    setBusy(true);
    try {
      const order = await placeOrder(agreed);
      if (order.state === "awaiting-payment") await toCashier(order.orderNo);
      else {
        finished();
        arrive("contributions/result", { orderNo: order.orderNo });
      }
    } catch (error) {
      const refusal = refusedBy(error);
      setNo(refusal);
      if (newFacts.has(refusal.code)) {
        forgetQuotes();
        again();
      }
      const way = wayOut(refusal.code);
      if (way) go(way);
    } finally {
      setBusy(false);
    }
  };
  const closed = usePaymentsClosed() !== null;
  const payable = parts && parts.length > 0 && parts.every(({ choice }) => choice.coverFrom !== null);
  const sum = sumOf(parts ?? []);
  const foot = payable && (
    <Button busy={busy} disabled={closed} onPress={() => void pay(parts)}>
      {sum === "0.00" ? "确认参保（不用付钱）" : `支付 ${money(sum)}`}
    </Button>
  );
  return (
    <Page foot={foot}>
      <Heading level={1}>请核对</Heading>
      <PaymentsClosed />
      {no && <Note tone="stop">{wordsFor(no)}</Note>}
      {refused && <Problem refused={refused} onRetry={again} />}
      {!refused && !parts && <Skeleton />}
      {children}
    </Page>
  );
}

/** One of several, in short. */
function Part({ part: { owed, answers, choice } }: { part: Priced }) {
  return (
    <View className="card">
      <Heading>
        {owed.name}
        {answers.whom.who === "self" && "（自己）"}
      </Heading>
      <Fact name="哪一年">
        {answers.benefitYear}年{owed.tiers.length > 1 && `　第${answers.tier}档`}
      </Fact>
      {owed.quote.subsidised !== "0.00" && <Fact name="资助">− {money(owed.quote.subsidised)}</Fact>}
      {choice.repairYears > 0 && <Fact name={`补缴断保的${choice.repairYears}年`}>{money(choice.cost)}</Fact>}
      <Fact name="要付">{choice.total === "0.00" ? "不用缴" : <Amount value={choice.total} />}</Fact>
      {choice.waitingMonths > 0 && <Fact name="要等多久">{choice.waitingMonths}个月</Fact>}
      <Fact name="哪天起能报销">{choice.coverFrom && dayWords(choice.coverFrom)}</Fact>
    </View>
  );
}

/** Refusals after which what is shown is out of date. */
const newFacts = new Set([
  "price-changed",
  "already-enrolled",
  "duplicate-enrolment",
  "cover-too-late",
  "window-not-open",
  "member-not-agreed",
]);

/** Nothing has been charged before the cashier says so: people are told that first. */
function wordsFor({ code, message }: Refused): string {
  if (code === "offline" || code === "unreachable") return `${message}没有扣款，可以放心再点一次，不会重复缴费。`;
  return message.includes("没有扣款") ? message : `${message}没有扣款。`;
}

function Summary({ owed, answers }: { owed: Owed; answers: Answers }) {
  const { quote, tiers } = owed;
  const choice = chosenOf(owed, answers);
  return (
    <View className="card">
      <Fact name="给谁缴">
        {owed.name}
        {answers.whom.who === "self" && "（自己）"}
      </Fact>
      <Fact name="哪一年">{answers.benefitYear}年</Fact>
      {tiers.length > 1 && <Fact name="哪一档">第{answers.tier}档</Fact>}
      <Fact name="个人缴费标准">{money(quote.standard)}</Fact>
      {quote.subsidised !== "0.00" && <Fact name="资助">− {money(quote.subsidised)}</Fact>}
      {choice.repairYears > 0 && <Fact name={`补缴断保的${choice.repairYears}年`}>{money(choice.cost)}</Fact>}
      <Fact name="一共要付">
        <Amount value={choice.total} />
      </Fact>
      {choice.waitingMonths > 0 && <Fact name="要等多久">{choice.waitingMonths}个月</Fact>}
      <Fact name="哪天起能报销">{choice.coverFrom && dayWords(choice.coverFrom)}</Fact>
      <View className="buttons">
        <Press className="text-button" onPress={() => returnTo("contributions/year")}>
          改年份
        </Press>
        {(quote.repair || tiers.length > 1) && (
          <Press className="text-button" onPress={() => returnTo("contributions/owed")}>
            改{quote.repair ? "补缴" : "档次"}
          </Press>
        )}
      </View>
    </View>
  );
}
