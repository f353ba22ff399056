import { View } from "@tarojs/components";
import { useState } from "react";
import type { MonthState } from "../../../../../shared/contribution/calendar.ts";
import { yearOf } from "../../../../../shared/day.ts";
import { type Calendar, call, type Whom } from "../../../api.ts";
import { useAsk } from "../../../ask.ts";
import { Option, Options } from "../../../parts/form.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button, Press, role } from "../../../parts/press.tsx";
import { Heading, Note, Problem, Skeleton } from "../../../parts/tell.tsx";
import { go } from "../../../route.ts";
import { askToday } from "../../../today.ts";
import { money, type Tone } from "../../../words.ts";
import { calendarOf, noWish, payment } from "../drafts.ts";
import "./calendar.scss";

interface Shown {
  readonly calendar: Calendar;
  readonly year: number;
  readonly years: readonly number[];
}

async function ask(whom: Whom, benefitYear: number | null): Promise<Shown> {
  const thisYear = yearOf(await askToday());
  const years = [thisYear, thisYear + 1];
  const shown = async (year: number) => {
    const calendar = await call("contributions.calendar", { body: { whom, benefitYear: year } });
    return { calendar, year, years };
  };
  if (benefitYear !== null) return shown(benefitYear);
  const all = await Promise.all(years.map(shown));
  return all.find(({ calendar }) => helping(calendar).length > 0) ?? all[0]!;
}

/** The payments of today that bring cover. */
const helping = ({ payments }: Calendar) => payments.filter(({ coverFrom }) => coverFrom !== null);

/** 参保日历 · twelve months of a person's year: covered, waiting, starting; and what a payment today would change. */
export default function CalendarPage() {
  const { whom, benefitYear } = calendarOf.use();
  const { answer, refused, again } = useAsk(JSON.stringify([whom, benefitYear]), () => ask(whom, benefitYear));
  const [family, setFamily] = useState(false);
  return (
    <Page>
      <Heading level={1}>参保日历</Heading>
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer && <Year shown={answer} whom={whom} />}
      {family ? (
        <Family whom={whom} />
      ) : (
        <Press className="text-button" onPress={() => setFamily(true)}>
          <Icon name="people" />
          看家人的参保日历
        </Press>
      )}
    </Page>
  );
}

function Year({ shown: { calendar, year, years }, whom }: { shown: Shown; whom: Whom }) {
  const payments = helping(calendar);
  const useless = payments.length === 0 ? calendar.payments[0] : undefined;
  const pay = () => {
    payment.change({ whom, among: false, ...noWish, benefitYear: year });
    go("contributions/owed");
  };
  return (
    <>
      <View className="years">
        {years.map((one) => (
          <Press
            key={one}
            className={`year${one === year ? " chosen" : ""}`}
            current={one === year}
            onPress={() => calendarOf.change({ benefitYear: one })}
          >
            {one}年
          </Press>
        ))}
      </View>
      <View className="card">
        <Heading>{calendar.name}</Heading>
        <View className="title">{calendar.sentence}</View>
        <Months months={calendar.months} year={year} />
      </View>
      {useless && <Note tone="plain">今天缴费：{useless.sentence}</Note>}
      {payments.length > 0 && <Heading>今天缴费会怎样</Heading>}
      {payments.map(({ repairYears, total, sentence, months }) => (
        <View key={repairYears} className="card">
          <Heading>
            {repairYears > 0 && `补缴${repairYears}年，`}
            {total === "0.00" ? "不用付钱" : `一共付 ${money(total)}`}
          </Heading>
          <View>{sentence}</View>
          <Months months={months} year={year} />
        </View>
      ))}
      {payments.length > 0 && <Button onPress={pay}>去缴费</Button>}
      {calendar.refused && <Note tone="plain">{calendar.refused.message}</Note>}
    </>
  );
}

const states: Record<MonthState, readonly [tone: Tone, word: string]> = {
  covered: ["done", "有保障"],
  waiting: ["waiting", "等待期"],
  starts: ["done", "起"],
  ends: ["attention", "止"],
  employee: ["done", "职工医保"],
  "not-covered": ["plain", "没保障"],
};

/** The months of one year; each says its state in words, and aloud in a sentence. */
const Months = ({ months, year }: Pick<Calendar, "months"> & { year: number }) => (
  <View className="months" {...role("list")}>
    {months
      .filter((month) => month.year === year)
      .map(({ month, state, on, sentence }) => {
        const [tone, word] = states[state];
        return (
          <View key={month} className={`month ${tone}`} {...role("listitem")} aria-label={`${month}月，${sentence}`}>
            <View className="title">{month}月</View>
            <View className="word">
              <Icon name={tone} />
              {on ? `${Number(on.slice(8))}日${word}` : word}
            </View>
          </View>
        );
      })}
  </View>
);

/** Whose calendar: one's own or that of a member of the family account. */
function Family({ whom }: { whom: Whom }) {
  const { answer, refused, again } = useAsk("family", () => call("family.members"));
  if (refused && !answer) return <Problem refused={refused} onRetry={again} />;
  if (!answer) return <Skeleton />;
  const members = answer.dependants.filter(({ state }) => state === "agreed");
  if (members.length === 0)
    return (
      <View className="card">
        <View>亲情账户里还没有家人。</View>
        <Button quiet onPress={() => go("family/add")}>
          添加家人
        </Button>
      </View>
    );
  const choose = (one: Whom) => calendarOf.change({ whom: one });
  return (
    <Options label="看谁的">
      <Option title="我自己" chosen={whom.who === "self"} onChoose={() => choose({ who: "self" })} />
      {members.map(({ tieNo, name }) => (
        <Option
          key={tieNo}
          title={name}
          chosen={whom.who === "member" && whom.tieNo === tieNo}
          onChoose={() => choose({ who: "member", tieNo })}
        />
      ))}
    </Options>
  );
}
