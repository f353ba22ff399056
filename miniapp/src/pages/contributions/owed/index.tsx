import { View } from "@tarojs/components";
import { useState } from "react";
import { day } from "../../../../../shared/day.ts";
import type { Choice, Owed } from "../../../api.ts";
import { useElder } from "../../../elder.ts";
import { Option, Options } from "../../../parts/form.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button, Press } from "../../../parts/press.tsx";
import { Amount, Heading, Lost, Note, Problem, ReadAloud, Skeleton } from "../../../parts/tell.tsx";
import { go, returnTo } from "../../../route.ts";
import { today } from "../../../today.ts";
import { daysLeft, dayWords, money } from "../../../words.ts";
import { keepWish, payment } from "../drafts.ts";
import { type Answers, chosenOf, RepairChoices, useAnswers, useQuote } from "../flow.tsx";
import { assumptionWords, type Question, reasonsFor } from "./why.ts";
import { Why } from "./why-sheet.tsx";
import "./owed.scss";

/** 应缴多少 · what is owed, when cover starts, what waiting and repair mean; all of it before anything is paid. */
export default function OwedPage() {
  const answers = useAnswers();
  if (!answers) {
    return (
      <Page>
        <Lost />
      </Page>
    );
  }
  return <Quoted answers={answers} />;
}

function Quoted({ answers }: { answers: Answers }) {
  const { answer, refused, again } = useQuote(answers);
  const tierChosen = payment.use().tier !== null;
  const owed = answer?.owed;
  const asksTier = owed !== undefined && owed.tiers.length > 1 && !tierChosen;
  return (
    <Page foot={owed && !asksTier && <Next owed={owed} answers={answers} />}>
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer?.refused && <Refusal words={answer.refused.message} />}
      {asksTier && <Tiers tiers={owed.tiers} />}
      {owed && !asksTier && <Explained owed={owed} answers={answers} />}
    </Page>
  );
}

function Refusal({ words }: { words: string }) {
  return (
    <View className="card">
      <Note tone="stop">{words}</Note>
      <Button onPress={() => returnTo("contributions/year")}>换一年</Button>
    </View>
  );
}

function Tiers({ tiers }: { tiers: readonly string[] }) {
  return (
    <>
      <Heading level={1}>缴哪一档？</Heading>
      <Options label="缴哪一档">
        {tiers.map((amount, i) => (
          <Option
            key={amount}
            title={`第${i + 1}档　${money(amount)}`}
            chosen={false}
            onChoose={() => payment.change({ tier: i + 1, repairYears: 0 })}
          />
        ))}
      </Options>
    </>
  );
}

function Next({ owed, answers }: { owed: Owed; answers: Answers }) {
  const { among } = payment.use();
  if (chosenOf(owed, answers).coverFrom === null)
    return <Button onPress={() => returnTo("contributions/year")}>换一年</Button>;
  if (!among) return <Button onPress={() => go("contributions/check")}>下一步：核对</Button>;
  const toList = () => {
    const { whom, ...wish } = answers;
    keepWish(whom, wish);
    returnTo("contributions/several");
  };
  return <Button onPress={toList}>就这样，回到清单</Button>;
}

function Explained({ owed, answers }: { owed: Owed; answers: Answers }) {
  const [elder] = useElder();
  const [asked, ask] = useState<Question | null>(null);
  const [detailed, detail] = useState(!elder);
  const { quote, tiers } = owed;
  const choice = chosenOf(owed, answers);
  const whose = answers.whom.who === "self" ? "您" : owed.name;
  return (
    <>
      <View className="card center">
        <Heading level={1}>
          {whose}
          {answers.benefitYear}年应缴
        </Heading>
        <Amount value={choice.total} large />
        {quote.due === "0.00" && <View>全额资助，不用自己付钱。</View>}
        <View className="muted">{assumptionWords(quote)}</View>
        <WhyButton question="due" onAsk={ask} />
        {tiers.length > 1 && (
          <Press className="text-button" onPress={() => payment.change({ tier: null, repairYears: 0 })}>
            换一档
          </Press>
        )}
      </View>

      <View className="card">
        <Heading>{choice.waitingMonths > 0 ? "要等多久" : "从哪天起能报销"}</Heading>
        <Starts owed={owed} choice={choice} benefitYear={answers.benefitYear} />
        <View className="buttons">
          <WhyButton question="cover" onAsk={ask} />
          <ReadAloud words={spoken(owed, choice, whose, answers.benefitYear)} />
        </View>
      </View>

      {quote.repair && <Repair owed={owed} answers={answers} onAsk={ask} />}

      {detailed ? (
        <Details owed={owed} choice={choice} onAsk={ask} />
      ) : (
        <Button quiet onPress={() => detail(true)}>
          看看钱是怎么算的
        </Button>
      )}
      <Why quote={quote} choice={choice} question={asked} onClose={() => ask(null)} />
    </>
  );
}

type Ask = (question: Question) => void;

const WhyButton = ({ question, onAsk }: { question: Question; onAsk: Ask }) => (
  <Press className="why" onPress={() => onAsk(question)}>
    为什么
  </Press>
);

function Part({
  name,
  amount,
  question,
  minus = false,
  onAsk,
}: {
  name: string;
  amount: string;
  question: Question;
  minus?: boolean;
  onAsk: Ask;
}) {
  return (
    <Press className="part" label={`${name} ${money(amount)}，为什么`} onPress={() => onAsk(question)}>
      <View className="fill">{name}</View>
      <View className="amount">
        {minus && "− "}
        {money(amount)}
      </View>
      <View className="ask">为什么</View>
    </Press>
  );
}

function Details({ owed: { quote }, choice, onAsk }: { owed: Owed; choice: Choice; onAsk: Ask }) {
  return (
    <>
      <View className="card">
        <Heading>钱是怎么算的</Heading>
        <Part name="个人缴费标准" amount={quote.standard} question="standard" onAsk={onAsk} />
        {quote.subsidised !== "0.00" && (
          <Part name="资助，替您付的" amount={quote.subsidised} minus question="subsidy" onAsk={onAsk} />
        )}
        {choice.repairYears > 0 && (
          <Part name={`补缴断保的${choice.repairYears}年`} amount={choice.cost} question="repair" onAsk={onAsk} />
        )}
        <Part name="一共要付" amount={choice.total} question="due" onAsk={onAsk} />
        <Part name="财政另外补助，不用您付" amount={quote.fiscal} question="fiscal" onAsk={onAsk} />
      </View>

      {quote.channel === "window" && <Window window={quote.window} onAsk={onAsk} />}
    </>
  );
}

function Starts({ owed, choice, benefitYear }: { owed: Owed; choice: Choice; benefitYear: number }) {
  const until = `${benefitYear}年12月31日`;
  if (!choice.coverFrom) {
    return (
      <Note tone="stop">
        现在缴，要等{choice.waitingMonths}个月，等到能报销的时候{benefitYear}
        年已经结束，缴了也享受不到，所以不收费。
      </Note>
    );
  }
  const from = dayWords(choice.coverFrom);
  if (choice.waitingMonths === 0) {
    const birth = owed.quote.channel === "newborn" ? "（出生那天）" : "";
    return (
      <Note tone="done">
        {from}
        {birth}起能报销，到{until}。
      </Note>
    );
  }
  return (
    <Note tone="attention">
      要等{choice.waitingMonths}个月（待遇等待期）：{from}起能报销，到{until}。等待的时候看病不能报销。
    </Note>
  );
}

function Repair({ owed, answers, onAsk }: { owed: Owed; answers: Answers; onAsk: Ask }) {
  const chosen = chosenOf(owed, answers).repairYears;
  return (
    <View className="card">
      <Heading>要不要补缴断保的年份？</Heading>
      <View>补缴可以少等。也可以不补。</View>
      <RepairChoices
        choices={owed.choices}
        chosen={chosen}
        onChoose={(repairYears) => payment.change({ repairYears })}
      />
      <WhyButton question="repair" onAsk={onAsk} />
    </View>
  );
}

function Window({ window, onAsk }: { window: Owed["quote"]["window"]; onAsk: Ask }) {
  const on = today.use()?.today;
  return (
    <View className="card">
      <Note tone="waiting">
        集中缴费期{on && daysLeft(day(on), window.until)}，到{dayWords(window.until)}。
      </Note>
      <WhyButton question="window" onAsk={onAsk} />
    </View>
  );
}

const spoken = ({ quote }: Owed, choice: Choice, whose: string, benefitYear: number) =>
  [
    `${whose}${benefitYear}年一共要付${money(choice.total)}。`,
    ...(["standard", "subsidy", "cover"] as const).flatMap((question) =>
      reasonsFor(quote, question, choice).map(({ sentence }) => sentence),
    ),
  ].join("");
