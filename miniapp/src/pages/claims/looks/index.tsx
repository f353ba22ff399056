import { View } from "@tarojs/components";
import { call } from "../../../api.ts";
import { useAsk } from "../../../ask.ts";
import { Page } from "../../../parts/page.tsx";
import { Button } from "../../../parts/press.tsx";
import { Fact, Heading, Problem, Skeleton } from "../../../parts/tell.tsx";
import { go } from "../../../route.ts";
import { dayWords } from "../../../words.ts";

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
        <Button quiet onPress={() => go("family/members")}>
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
  "attachments.look": "看了您的材料",
  "filings.options": "看了您能怎么备案",
  "filings.example": "看了您备案前后的对比",
  "filings.mine": "看了您的异地备案",
  "filings.draft": "替您填了异地备案",
  "filings.one": "看了一个异地备案",
  "filings.rewrite": "替您改了异地备案",
  "filings.submit": "替您提交了异地备案",
  "filings.supply": "替您补交了证明",
  "filings.end": "替您撤回、结束了异地备案",
} as const;
