import { View } from "@tarojs/components";
import { call, type Order } from "../../../api.ts";
import { useAsk } from "../../../ask.ts";
import { Icon } from "../../../parts/icon.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button, Press } from "../../../parts/press.tsx";
import { Amount, Heading, Problem, Skeleton } from "../../../parts/tell.tsx";
import { go } from "../../../route.ts";
import { dayWords, orderWords } from "../../../words.ts";

/** 我的缴费单 · the account's orders, the newest first. */
export default function Orders() {
  const { answer, refused, again } = useAsk("orders", () => call("contributions.orders"));
  return (
    <Page>
      <Heading level={1}>我的缴费单</Heading>
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer?.orders.length === 0 && <Nothing />}
      {answer?.orders.map((order) => (
        <Row key={order.orderNo} order={order} />
      ))}
    </Page>
  );
}

function Nothing() {
  return (
    <View className="card">
      <View>还没有缴费单。缴费以后，每一张的结果都会在这里。</View>
      <Button onPress={() => go("contributions/whom")}>去缴费</Button>
    </View>
  );
}

function Row({ order }: { order: Order }) {
  const { tone, name } = orderWords(order);
  return (
    <Press className="card order" onPress={() => go("contributions/result", { orderNo: order.orderNo })}>
      <View className="fill">
        {order.lines.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two masked names can be alike, and the lines of an order never move
          <View key={i} className="title">
            {line.name}　{line.benefitYear}年
          </View>
        ))}
        <View className="muted">{dayWords(order.createdOn)}下单</View>
        <View className={`state ${tone}`}>
          <Icon name={tone} />
          <View className="fill">{name}</View>
        </View>
      </View>
      <Amount value={order.total} />
      <Icon name="forward" />
    </Press>
  );
}
