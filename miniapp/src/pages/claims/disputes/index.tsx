import { View } from "@tarojs/components";
import { call } from "../../../api.ts";
import { useAsk } from "../../../ask.ts";
import { Page } from "../../../parts/page.tsx";
import { Button } from "../../../parts/press.tsx";
import { Heading, Problem, Skeleton } from "../../../parts/tell.tsx";
import { DisputeCard, daysAreOurs } from "../dispute-parts.tsx";
import { toClaims } from "../to-claims.ts";

/** 我的争议 · one's own and those of the family, the newest first. */
export default function Disputes() {
  const { answer, refused, again } = useAsk("disputes", () => call("claims.disputes"));
  return (
    <Page>
      <Heading level={1}>我的争议</Heading>
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer?.disputes.length === 0 && <Nothing />}
      {answer?.disputes.map((dispute) => (
        <DisputeCard key={dispute.disputeNo} dispute={dispute} onChange={again} toClaim />
      ))}
      {answer && answer.disputes.length > 0 && <View className="muted">{daysAreOurs}</View>}
    </Page>
  );
}

const Nothing = () => (
  <View className="card">
    <View>没有争议。看到不是您的费用，或觉得金额不对，可以在那笔费用里提出，进度会在这里。</View>
    <Button quiet onPress={() => toClaims()}>
      看我的费用
    </Button>
  </View>
);
