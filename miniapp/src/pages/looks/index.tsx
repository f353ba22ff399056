import { View } from "@tarojs/components";
import { call } from "../../api.ts";
import { useAsk } from "../../ask.ts";
import { Button, Fact, Heading, Page, Problem, Skeleton } from "../../parts.tsx";
import { go } from "../../route.ts";
import { dayWords } from "../../words.ts";

/** 家人看过我的费用 · who of the family looked, on which day, at what. */
export default function Looks() {
  const { answer, refused, again } = useAsk("looks", () => call("claims.looks"));
  const days = [...new Set(answer?.looks.map(({ on }) => on))];
  return (
    <Page>
      <Heading level={1}>家人看过我的费用</Heading>
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer?.looks.length === 0 && (
        <View className="card">
          <View>没有家人看过。您同意加入亲情账户以后，家人每看一次，这里都会记下来。</View>
        </View>
      )}
      {days.map((day) => (
        <View key={day} className="card">
          <Heading>{dayWords(day)}</Heading>
          {answer?.looks
            .filter(({ on }) => on === day)
            .map(({ name, call: what, times }) => (
              <Fact key={`${name} ${what}`} name={name}>
                {words[what]}
                {times > 1 && `，${times}次`}
              </Fact>
            ))}
        </View>
      ))}
      {answer && (
        <Button quiet onPress={() => go("family")}>
          看亲情账户，不想让谁看可以解除
        </Button>
      )}
    </Page>
  );
}

const words = {
  "claims.mine": "看了全年费用",
  "claims.one": "看了一笔费用",
  "claims.lines": "看了费用明细",
  "claims.dispute": "替您提了争议",
  "claims.disputes": "看了争议",
  "claims.withdraw": "替您撤回争议",
  "credentials.uses": "看了谁用过您的医保码",
} as const;
