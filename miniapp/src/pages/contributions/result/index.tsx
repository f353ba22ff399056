import { View } from "@tarojs/components";
import { useRouter } from "@tarojs/taro";
import { useEffect, useState } from "react";
import { mayRefund } from "../../../../../shared/contribution/refund.ts";
import { day } from "../../../../../shared/day.ts";
import { call, type Order, type Refused } from "../../../api.ts";
import { refusedBy } from "../../../ask.ts";
import { Icon } from "../../../parts/icon.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button, Press } from "../../../parts/press.tsx";
import { Amount, Fact, Heading, Note, Problem, ReadAloud, Skeleton } from "../../../parts/tell.tsx";
import { go, goToTab } from "../../../route.ts";
import { today } from "../../../today.ts";
import { dayWords, expired, lineWhose, money, orderWords, type Tone } from "../../../words.ts";
import { PaymentsClosed, usePaymentsClosed } from "../closed.tsx";
import { payment } from "../drafts.ts";
import { finished, toCashier } from "../flow.tsx";
import { useOrder } from "../watch-order.ts";

type Outcome = Order["lines"][number]["outcome"];

/** 缴费单 · what became of an order: number, what happens next, and what can still be done. */
export default function Result() {
  const { orderNo = "", paid } = useRouter().params;
  const { answer, refused, again } = useOrder(orderNo, paid === "1");
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

function Told({ order, onChange }: { order: Order; onChange: () => void }) {
  const { tone } = orderWords(order);
  const [heading, sentences] = storyOf(order);
  const on = today.use()?.today;
  const refundOf = (at: number): (() => void) | null => {
    const line = order.lines[at];
    if (!on || line?.outcome !== "enrolled") return null;
    const { benefitYear, coverFrom } = line;
    if (!mayRefund(day(on), { benefitYear, coverFrom: day(coverFrom) })) return null;
    return () => go("refunds/request", { orderNo: order.orderNo, line: String(at) });
  };
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
      {order.lines.length > 1 &&
        order.lines.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two masked names can be alike, and the lines of an order never move
          <One key={i} line={line} onRefund={refundOf(i)} />
        ))}
      <View className="card">
        <Fact name="缴费单号" wide>
          {order.orderNo}
        </Fact>
        <Fact name="下单日期">{dayWords(order.createdOn)}</Fact>
        {order.lines.length === 1 && order.lines[0] && <Line line={order.lines[0]} />}
        <Fact name="一共">
          <Amount value={order.total} />
        </Fact>
        {order.lines.length === 1 && <AskRefund onRefund={refundOf(0)} />}
      </View>
    </>
  );
}

/** What happened, and what happens next and by when. */
function storyOf(order: Order): [heading: string, sentences: string[]] {
  switch (order.state) {
    case "booked":
      return order.lines.length > 1
        ? ["都参保了", [`${order.lines.length}个人的居民医保都办好了，每个人从哪天起能报销，看下面。`]]
        : ["已参保", [...order.lines.map(enrolledSentence), "接下来不用再做什么。"]];
    case "confirming":
      return [
        "已扣款，正在确认",
        [
          "正在和微信支付核对这笔钱，一般几秒钟就好，这一页会自己更新。",
          "请不要再付一次。关掉这一页也没关系：核对好了就参保，没用上的钱会自动退回，结果在“我的缴费单”里看。",
        ],
      ];
    case "partly-booked":
      return ["部分参保", [`有的人已经参保，他们的钱用上了；${restSentence(order)}`]];
    case "suspended":
      return ["钱收到了，没有用来参保", ["这笔钱没有丢，会自动按原路退回。如有疑问，请打12393，报缴费单号。"]];
    case "returned":
      return ["钱已退回", ["没有用来参保，已经按原路退回。"]];
    case "refunded":
      return ["已退费", ["参保已经取消。钱退到哪一步，看“我的退费”。"]];
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

const restSentence = ({ lines }: Order) =>
  lines.some(({ outcome }) => outcome === "suspended")
    ? "其余的钱没有用上，没有丢，会自动按原路退回。"
    : "其余的钱没有用上，已经按原路退回。";

const clock = (time: number) => {
  const at = new Date(time);
  return `${at.getHours()}点${String(at.getMinutes()).padStart(2, "0")}分`;
};

/** What is told of a part of an order that enrolled nobody, or no longer does. */
const lost = {
  suspended: "没有参保，钱待退",
  returned: "没有参保，钱已退回",
  refunded: "已退费，没有参保",
} as const satisfies Partial<Record<Outcome, string>>;

const isLost = (outcome: Outcome): outcome is keyof typeof lost => outcome in lost;

function Line({ line }: { line: Order["lines"][number] }) {
  return (
    <>
      <Fact name="给谁缴">{lineWhose(line)}</Fact>
      <Fact name="哪一年">{line.benefitYear}年</Fact>
      {line.subsidised !== "0.00" && <Fact name="资助">− {money(line.subsidised)}</Fact>}
      {line.repairYears > 0 && <Fact name={`补缴断保的${line.repairYears}年`}>{money(line.repairCost)}</Fact>}
      <Fact name="要付">{money(line.amount)}</Fact>
      <Fact name="哪天起能报销">{isLost(line.outcome) ? lost[line.outcome] : dayWords(line.coverFrom)}</Fact>
    </>
  );
}

const outcomes: Record<Outcome, readonly [tone: Tone, name: string]> = {
  open: ["attention", "等付款"],
  enrolled: ["done", "已参保"],
  suspended: ["attention", lost.suspended],
  returned: ["plain", lost.returned],
  refunded: ["plain", lost.refunded],
};

/** The way to a refund, as long as there is one. */
const AskRefund = ({ onRefund }: { onRefund: (() => void) | null }) =>
  onRefund && (
    <Press className="text-button" onPress={onRefund}>
      申请退费
    </Press>
  );

/** One person's part of an order for several: what became of it, then what it was. */
function One({ line, onRefund }: { line: Order["lines"][number]; onRefund: (() => void) | null }) {
  const [tone, name] = outcomes[line.outcome];
  return (
    <View className="card">
      <View className={`state ${tone}`}>
        <Icon name={tone} />
        <View className="fill">
          <View className="title">{`${lineWhose(line)}　${name}`}</View>
        </View>
      </View>
      <Fact name="哪一年">{line.benefitYear}年</Fact>
      {line.subsidised !== "0.00" && <Fact name="资助">− {money(line.subsidised)}</Fact>}
      {line.repairYears > 0 && <Fact name={`补缴断保的${line.repairYears}年`}>{money(line.repairCost)}</Fact>}
      <Fact name="要付">{line.amount === "0.00" ? "不用缴" : money(line.amount)}</Fact>
      {line.waitingMonths > 0 && <Fact name="要等多久">{line.waitingMonths}个月</Fact>}
      {!isLost(line.outcome) && <Fact name="哪天起能报销">{dayWords(line.coverFrom)}</Fact>}
      <AskRefund onRefund={onRefund} />
    </View>
  );
}

function WaysOn({ order, onChange }: { order: Order; onChange: () => void }) {
  const [no, setNo] = useState<Refused | null>(null);
  const [busy, setBusy] = useState<"pay" | "close" | null>(null);
  const closed = usePaymentsClosed() !== null;
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
        <PaymentsClosed />
        <Button
          busy={busy === "pay"}
          disabled={closed}
          onPress={() => void attempt("pay", () => toCashier(order.orderNo))}
        >
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
    go("contributions/whom");
  };
  return (
    <View className="ways-on">
      <Button onPress={() => goToTab("home")}>回首页</Button>
      {order.lines.some(({ outcome }) => outcome === "enrolled") && (
        <Button quiet onPress={() => go("receipts/mine")}>
          看票据
        </Button>
      )}
      {order.lines.some(({ outcome }) => outcome === "refunded") && (
        <Button quiet onPress={() => go("refunds/mine")}>
          看我的退费
        </Button>
      )}
      <Button quiet onPress={another}>
        {order.state === "booked" ? "再给别人缴费" : "重新缴费"}
      </Button>
    </View>
  );
}
