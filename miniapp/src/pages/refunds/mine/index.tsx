import { View } from "@tarojs/components";
import { useRouter } from "@tarojs/taro";
import { call } from "../../../api.ts";
import { useAsk } from "../../../ask.ts";
import { Page } from "../../../parts/page.tsx";
import { Button } from "../../../parts/press.tsx";
import { Heading, Note, Problem, Skeleton } from "../../../parts/tell.tsx";
import { go } from "../../../route.ts";
import { RefundCard } from "../refund-card.tsx";

/** 我的退费 · every request of the account, the newest first. */
export default function Refunds() {
  const { asked } = useRouter().params;
  const { answer, refused, again } = useAsk("refunds", () => call("refunds.mine"));
  return (
    <Page>
      <Heading level={1}>我的退费</Heading>
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer && asked && <Note tone="done">申请已经提交。</Note>}
      {answer?.refunds.length === 0 && <Nothing />}
      {answer?.refunds.map((refund) => (
        <RefundCard key={refund.refundNo} refund={refund} onChange={again} />
      ))}
    </Page>
  );
}

function Nothing() {
  return (
    <View className="card">
      <View>没有退费。待遇期开始以前，可以在缴费单里申请退费，进度会在这里。</View>
      <Button quiet onPress={() => go("contributions/orders")}>
        看我的缴费单
      </Button>
    </View>
  );
}
