import { View } from "@tarojs/components";
import { useState } from "react";
import { type Choice, type Owed, type Refused, signedOut } from "../../api.ts";
import { refusedBy } from "../../ask.ts";
import { type Answers, chosenOf, finished, Lost, placeOrder, toCashier, useAnswers, useQuote } from "../../flow.tsx";
import { Amount, Button, Fact, Heading, Note, Page, Press, Problem, Skeleton } from "../../parts.tsx";
import { forgetQuotes } from "../../quotes.ts";
import { arrive, go, returnTo } from "../../route.ts";
import { dayWords, money } from "../../words.ts";

/** 核对 · everything that was answered, once more, and the button that pays. */
export default function Check() {
  const answers = useAnswers();
  if (answers) return <Answered answers={answers} />;
  return (
    <Page>
      <Lost />
    </Page>
  );
}

function Answered({ answers }: { answers: Answers }) {
  const { answer, refused, again } = useQuote(answers);
  const [no, setNo] = useState<Refused | null>(null);
  const [busy, setBusy] = useState(false);
  const owed = answer?.owed;
  const choice = owed && chosenOf(owed, answers);

  const pay = async (agreed: Choice) => {
    setNo(null);
    setBusy(true);
    try {
      const order = await placeOrder(answers, agreed);
      if (order.state === "awaiting-payment") await toCashier(order.orderNo);
      else {
        finished();
        arrive("result", { orderNo: order.orderNo });
      }
    } catch (error) {
      const refusal = refusedBy(error);
      setNo(refusal);
      if (newFacts.has(refusal.code)) {
        forgetQuotes();
        again();
      }
      if (signedOut(refusal.code)) go("sign-in");
    } finally {
      setBusy(false);
    }
  };

  const foot = choice?.coverFrom && (
    <Button busy={busy} onPress={() => void pay(choice)}>
      {choice.total === "0.00" ? "确认参保（不用付钱）" : `支付 ${money(choice.total)}`}
    </Button>
  );
  return (
    <Page foot={foot}>
      <Heading level={1}>请核对</Heading>
      {no && <Note tone="stop">{wordsFor(no)}</Note>}
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer?.refused && (
        <View className="card">
          <Note tone="stop">{answer.refused.message}</Note>
          <Button onPress={() => returnTo("year")}>换一年</Button>
        </View>
      )}
      {owed && <Summary owed={owed} answers={answers} />}
    </Page>
  );
}

/** Refusals after which what is shown is out of date. */
const newFacts = new Set([
  "price-changed",
  "already-enrolled",
  "duplicate-enrolment",
  "cover-too-late",
  "window-not-open",
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
      <Fact name="从哪天起能报销">{choice.coverFrom && dayWords(choice.coverFrom)}</Fact>
      <View className="buttons">
        <Press className="text-button" onPress={() => returnTo("year")}>
          改年份
        </Press>
        {(quote.repair || tiers.length > 1) && (
          <Press className="text-button" onPress={() => returnTo("owed")}>
            改{quote.repair ? "补缴" : "档次"}
          </Press>
        )}
      </View>
    </View>
  );
}
