import { View } from "@tarojs/components";
import { useRouter } from "@tarojs/taro";
import { useEffect, useState } from "react";
import { call, type Order, type Refused } from "../../api.ts";
import { refusedBy, useAsk } from "../../ask.ts";
import { payment } from "../../drafts.ts";
import { finished, toCashier } from "../../flow.tsx";
import { Amount, Button, Fact, Heading, Icon, Note, Page, Problem, ReadAloud, Skeleton } from "../../parts.tsx";
import { go, goToTab } from "../../route.ts";
import { dayWords, expired, lineWhose, money, orderWords } from "../../words.ts";

/** How often, and how long, an order that may just have been paid is looked at (milliseconds). */
const interval = 2_000;
const longest = 180_000;

/** 缴费单 · what became of an order: number, what happens next, and what can still be done. */
export default function Result() {
  const { orderNo = "" } = useRouter().params;
  const { answer, refused, again } = useAsk(orderNo, () => call("contributions.order-state", { params: { orderNo } }));
  const awaited = answer !== null && answer.state === "awaiting-payment" && !expired(answer);
  usePolling(awaited, again);
  const booked = answer?.state === "booked";
  useEffect(() => {
    if (booked) finished();
  }, [booked]);
  return (
    <Page>
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer && <Told order={answer} onChange={again} />}
    </Page>
  );
}

function usePolling(on: boolean, ask: () => void): void {
  useEffect(() => {
    if (!on) return;
    const until = Date.now() + longest;
    const polling = setInterval(() => (Date.now() < until ? ask() : clearInterval(polling)), interval);
    return () => clearInterval(polling);
  }, [on, ask]);
}

function Told({ order, onChange }: { order: Order; onChange: () => void }) {
  const { tone } = orderWords(order);
  const [heading, sentences] = storyOf(order);
  return (
    <>
      <View className={`card center outcome ${tone}`}>
        <Icon name={tone} />
        <Heading level={1}>{heading}</Heading>
        {sentences.map((sentence) => (
          <View key={sentence}>{sentence}</View>
        ))}
        <ReadAloud words={[heading, ...sentences].join("。")} />
      </View>
      <WaysOn order={order} onChange={onChange} />
      <View className="card">
        <Fact name="缴费单号" wide>
          {order.orderNo}
        </Fact>
        <Fact name="下单日期">{dayWords(order.createdOn)}</Fact>
        {order.lines.map((line) => (
          <Line key={`${line.name} ${line.benefitYear}`} line={line} />
        ))}
        <Fact name="一共">
          <Amount value={order.total} />
        </Fact>
      </View>
    </>
  );
}

/** What happened, and what happens next and by when. */
function storyOf(order: Order): [heading: string, sentences: string[]] {
  switch (order.state) {
    case "booked":
      return ["已参保", [...order.lines.map(enrolledSentence), "接下来不用再做什么。"]];
    case "partly-booked":
      return ["部分参保，其余待退", ["有的人已经参保，他们的钱用上了；其余的钱没有用上，记在待退款里，没有丢。"]];
    case "suspended":
      return ["钱收到了，没有用来参保", ["这笔钱记在待退款里，没有丢，等待退还。如有疑问，请打12393，报缴费单号。"]];
    case "closed":
      return ["已取消", ["没有扣款。想缴可以重新开始。"]];
    case "awaiting-payment":
      return expired(order)
        ? ["已过期", ["没有扣款。想缴可以重新开始。"]]
        : ["还没有收到付款", [`请在${clock(order.expiresAt)}前付款。刚付完的话请等一会儿，这一页会自己更新。`]];
  }
}

const enrolledSentence = ({ name, benefitYear, coverFrom, waitingMonths }: Order["lines"][number]) => {
  const waiting = waitingMonths > 0 ? `（要等${waitingMonths}个月）` : "";
  return `${name}${benefitYear}年的居民医保办好了，${dayWords(coverFrom)}起能报销${waiting}。`;
};

const clock = (time: number) => {
  const at = new Date(time);
  return `${at.getHours()}点${String(at.getMinutes()).padStart(2, "0")}分`;
};

function Line({ line }: { line: Order["lines"][number] }) {
  return (
    <>
      <Fact name="给谁缴">{lineWhose(line)}</Fact>
      <Fact name="哪一年">{line.benefitYear}年</Fact>
      {line.subsidised !== "0.00" && <Fact name="资助">− {money(line.subsidised)}</Fact>}
      {line.repairYears > 0 && <Fact name={`补缴断保的${line.repairYears}年`}>{money(line.repairCost)}</Fact>}
      <Fact name="要付">{money(line.amount)}</Fact>
      <Fact name="从哪天起能报销">{line.outcome === "suspended" ? "没有参保，钱待退" : dayWords(line.coverFrom)}</Fact>
    </>
  );
}

function WaysOn({ order, onChange }: { order: Order; onChange: () => void }) {
  const [no, setNo] = useState<Refused | null>(null);
  const [busy, setBusy] = useState<"pay" | "close" | null>(null);
  const attempt = async (what: "pay" | "close", run: () => Promise<unknown>) => {
    setNo(null);
    setBusy(what);
    try {
      await run();
    } catch (error) {
      setNo(refusedBy(error));
    } finally {
      setBusy(null);
      onChange();
    }
  };
  if (order.state === "awaiting-payment" && !expired(order)) {
    const close = () => call("contributions.close", { params: { orderNo: order.orderNo } });
    return (
      <View className="ways-on">
        {no && <Note tone="stop">{no.message}</Note>}
        <Button busy={busy === "pay"} onPress={() => void attempt("pay", () => toCashier(order.orderNo))}>
          去支付 {money(order.total)}
        </Button>
        <Button quiet busy={busy === "close"} onPress={() => void attempt("close", close)}>
          取消这张缴费单
        </Button>
      </View>
    );
  }
  const another = () => {
    payment.clear();
    go("whom");
  };
  return (
    <View className="ways-on">
      <Button onPress={() => goToTab("home")}>回首页</Button>
      <Button quiet onPress={another}>
        {order.state === "booked" ? "再给别人缴费" : "重新缴费"}
      </Button>
    </View>
  );
}
