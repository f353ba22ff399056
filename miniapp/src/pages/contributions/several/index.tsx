import { View } from "@tarojs/components";
import type { Choice, Whom } from "../../../api.ts";
import { Page } from "../../../parts/page.tsx";
import { Button, Press } from "../../../parts/press.tsx";
import { Amount, Heading, Lost, Note, Problem, Skeleton } from "../../../parts/tell.tsx";
import { go, returnTo } from "../../../route.ts";
import { dayWords, money } from "../../../words.ts";
import { keepWish, noWish, type Payees, payeeKey, payees, payment } from "../drafts.ts";
import { type OneOfSeveral, pricedOf, RepairChoices, sumOf, useSeveral } from "../flow.tsx";
import "./several.scss";

/** 一起缴费 · what each of several people owes, what waiting and repair mean for each, and the sum. */
export default function Several() {
  const list = payees.use();
  if (list.chosen.length > 0) return <Chosen list={list} />;
  return (
    <Page>
      <Lost />
    </Page>
  );
}

function Chosen({ list }: { list: Payees }) {
  const { answer, refused, again } = useSeveral(list);
  const parts = answer ? pricedOf(answer, list) : [];
  const foot =
    parts.length > 0 ? (
      <>
        <View className="title-row sum">
          <View>{parts.length}个人一共要付</View>
          <Amount value={sumOf(parts)} />
        </View>
        <Button onPress={() => go("contributions/check", { several: "1" })}>下一步：核对</Button>
      </>
    ) : (
      <Button onPress={() => returnTo("contributions/whom")}>重新选人</Button>
    );
  return (
    <Page foot={answer && foot}>
      <Heading level={1}>每个人要缴多少</Heading>
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer?.map((one) => (
        <One key={payeeKey(one.whom)} one={one} list={list} />
      ))}
    </Page>
  );
}

function One({ one, list }: { one: OneOfSeveral; list: Payees }) {
  if (one.none !== undefined) {
    return (
      <View className="card">
        <Heading>{typedName(one.whom, list)}</Heading>
        <Note tone="plain">不在这次的缴费单里。{one.none}</Note>
      </View>
    );
  }
  return <Payable one={one} list={list} />;
}

/** What somebody is called where the API did not say. */
const typedName = (whom: Whom, { others }: Payees): string =>
  whom.who === "self" ? "我自己" : (others.find((one) => payeeKey(one) === payeeKey(whom))?.name ?? "家人");

function Payable({ one, list }: { one: Extract<OneOfSeveral, { owed: object }>; list: Payees }) {
  const { owed, whom } = one;
  const [part] = pricedOf([one], list);
  if (!part) return null;
  const { answers, choice } = part;
  const wish = list.wishes[payeeKey(whom)] ?? noWish;
  const change = () => {
    const { benefitYear } = answers;
    payment.change({ whom, among: true, ...wish, benefitYear, repairYears: choice.repairYears });
    go("contributions/year");
  };
  return (
    <View className="card">
      <View className="title-row">
        <Heading>
          {owed.name}
          {whom.who === "self" && "（自己）"}
        </Heading>
        <Amount value={choice.total} />
      </View>
      <View className="title">
        {answers.benefitYear}年的费{owed.tiers.length > 1 && `　第${answers.tier}档`}
      </View>
      {choice.total === "0.00" && <Note tone="done">不用缴，直接参保。</Note>}
      {owed.quote.subsidised !== "0.00" && choice.total !== "0.00" && (
        <View>已经替您付了资助的 {money(owed.quote.subsidised)}。</View>
      )}
      <Starts choice={choice} newborn={owed.quote.channel === "newborn"} />
      {owed.quote.repair && (
        <>
          <View>要不要补缴断保的年份？补缴可以少等，也可以不补。</View>
          <RepairChoices
            whose={owed.name}
            choices={owed.choices}
            chosen={choice.repairYears}
            onChoose={(repairYears) => keepWish(whom, { ...wish, repairYears })}
          />
        </>
      )}
      <Press className="text-button" label={`${owed.name}：换年份，看怎么算的`} onPress={change}>
        换年份，看怎么算的
      </Press>
    </View>
  );
}

function Starts({ choice: { coverFrom, waitingMonths }, newborn }: { choice: Choice; newborn: boolean }) {
  if (!coverFrom) return null;
  const from = `${dayWords(coverFrom)}${newborn ? "（出生那天）" : ""}起能报销。`;
  if (waitingMonths === 0) return <View>{from}</View>;
  return (
    <Note tone="attention">
      要等{waitingMonths}个月（待遇等待期）：{from}等待的时候看病不能报销。
    </Note>
  );
}
