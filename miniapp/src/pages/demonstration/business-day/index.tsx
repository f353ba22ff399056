import { View } from "@tarojs/components";
import { useState } from "react";
import { addDays, addMonths, type Day, day, dayShown, isDay } from "../../../../../shared/day.ts";
import { Field } from "../../../parts/form.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button, Press } from "../../../parts/press.tsx";
import { Heading, Note } from "../../../parts/tell.tsx";
import { forgetQuotes } from "../../../quotes.ts";
import { back } from "../../../route.ts";
import { today, turnDay } from "../../../today.ts";

/** 改业务日期 · turns the demonstration's business clock, for everybody who uses this demonstration. */
export default function BusinessDay() {
  const told = today.use()?.today ?? "";
  const [typed, setTyped] = useState(told);
  const [fault, setFault] = useState<string | null>(null);
  const turn = async (to: string) => {
    if (!isDay(to)) return setFault("这不是存在的日期，请写成 2025-12-31 这样。");
    try {
      await turnDay(to);
      forgetQuotes();
      back();
    } catch {
      setFault("没有改成，请再试一次。");
    }
  };
  return (
    <Page foot={<Button onPress={() => void turn(typed.trim())}>改成这一天</Button>}>
      <Heading level={1}>演示：今天是哪一天？</Heading>
      <Note tone="plain">系统按业务日期算缴费期、等待和年龄。改了以后，用这套演示的人看到的都变。</Note>
      <View className="card">
        <Field
          label="业务日期"
          hint="写成 2025-12-31 这样"
          maxlength={10}
          value={typed}
          fault={fault}
          onChange={setTyped}
          onDone={() => void turn(typed.trim())}
        />
        {isDay(told) && (
          <View className="buttons">
            {nearby(day(told)).map(([words, to]) => (
              <Press key={words} className="text-button" onPress={() => setTyped(to)}>
                {words}：{dayShown(to)}
              </Press>
            ))}
          </View>
        )}
      </View>
    </Page>
  );
}

const nearby = (on: Day): [string, Day][] => [
  ["后一天", addDays(on, 1)],
  ["后一个月", addMonths(on, 1)],
  ["开始的一天", day("2025-11-20")],
];
