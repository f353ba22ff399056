import { View } from "@tarojs/components";
import type { Whom } from "../../../api.ts";
import { useAsk } from "../../../ask.ts";
import type { Outcome } from "../../../outcome.ts";
import { Option, Options } from "../../../parts/form.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button, Press } from "../../../parts/press.tsx";
import { Heading, Lost, Note, Problem, Skeleton } from "../../../parts/tell.tsx";
import { payable, quotesOf } from "../../../quotes.ts";
import { back, go } from "../../../route.ts";
import { dayWords, money } from "../../../words.ts";
import { PaymentsClosed } from "../closed.tsx";
import { payment } from "../drafts.ts";
import { toCalendar } from "../to-calendar.ts";

/** 缴哪一年 · the years that can be paid, each with its price and first day of cover, or why not. */
export default function Year() {
  const { whom } = payment.use();
  if (whom) return <Years whom={whom} />;
  return (
    <Page>
      <Lost />
    </Page>
  );
}

function Years({ whom }: { whom: Whom }) {
  const { benefitYear } = payment.use();
  const { answer, refused, again } = useAsk(JSON.stringify(whom), () => quotesOf(whom));
  const able = answer?.filter(payable).map(([year]) => year) ?? [];
  const chosen = able.find((year) => year === benefitYear) ?? able[0];
  const next = (year: number) => {
    if (year !== benefitYear) payment.change({ benefitYear: year, tier: null, repairYears: 0 });
    go("contributions/owed");
  };
  const foot =
    chosen === undefined ? <Button onPress={back}>返回</Button> : <Button onPress={() => next(chosen)}>下一步</Button>;
  return (
    <Page foot={answer && foot}>
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer && <Choices whom={whom} answer={answer} chosen={chosen} />}
    </Page>
  );
}

function Choices({
  whom,
  answer,
  chosen,
}: {
  whom: Whom;
  answer: Awaited<ReturnType<typeof quotesOf>>;
  chosen: number | undefined;
}) {
  const name = answer.find(([, { owed }]) => owed)?.[1].owed?.name;
  return (
    <>
      <Heading level={1}>{chosen === undefined ? "现在没有可以缴的年份" : "缴哪一年？"}</Heading>
      {whom.who !== "self" && name && <View className="muted">给 {name} 缴费</View>}
      <PaymentsClosed />
      <Options label="缴哪一年">
        {answer.map(([year, outcome]) => (
          <Option
            key={year}
            title={`${year}年`}
            chosen={year === chosen}
            disabled={!payable([year, outcome])}
            onChoose={() => payment.change({ benefitYear: year, tier: null, repairYears: 0 })}
          >
            <About outcome={outcome} able={payable([year, outcome])} />
          </Option>
        ))}
      </Options>
      <Press className="text-button" onPress={() => toCalendar(whom, chosen)}>
        <Icon name="calendar" />
        看参保日历
      </Press>
      {chosen === undefined && <Note tone="plain">没有扣款。如果觉得不对，请打电话问一问。</Note>}
    </>
  );
}

function About({ outcome: { owed, refused }, able }: { outcome: Outcome; able: boolean }) {
  if (refused) return <View>{refused.message}</View>;
  if (!able) return <View>现在缴，等到能报销的时候这一年已经结束，缴了也享受不到。</View>;
  const { due, cover, channel } = owed.quote;
  return (
    <>
      <View>{due === "0.00" ? "不用自己付钱" : `应缴 ${money(due)}`}</View>
      {cover.from ? (
        <View>
          {cover.waitingMonths > 0 && `要等${cover.waitingMonths}个月，`}
          {channel === "newborn" ? "从出生那天" : dayWords(cover.from)}起能报销
        </View>
      ) : (
        <View>补缴断保的年份才来得及</View>
      )}
    </>
  );
}
