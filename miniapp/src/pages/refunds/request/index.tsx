import { View } from "@tarojs/components";
import { useRouter } from "@tarojs/taro";
import {
  mayRefund,
  type RefundReason,
  refundReasonNames,
  refundReasons,
} from "../../../../../shared/contribution/refund.ts";
import { type Day, day } from "../../../../../shared/day.ts";
import { call, type Order, type Refund } from "../../../api.ts";
import { mustBeFresh, useAsk, useAttempt } from "../../../ask.ts";
import { draft } from "../../../drafts.ts";
import { Field, Option, Options } from "../../../parts/form.tsx";
import { Page } from "../../../parts/page.tsx";
import { Button } from "../../../parts/press.tsx";
import { Amount, Fact, Heading, Note, Problem, Skeleton } from "../../../parts/tell.tsx";
import { arrive, go } from "../../../route.ts";
import { askToday } from "../../../today.ts";
import { lineWhose } from "../../../words.ts";
import { RefundCard, stands } from "../refund-card.tsx";

/** 申请退费 · what was answered so far, about one line of one order. */
const refunding = draft<{ readonly of: string; readonly reason: RefundReason | null; readonly note: string }>(
  "refund",
  { of: "", reason: null, note: "" },
);

interface Known {
  readonly order: Order;
  readonly standing: Refund | null;
  readonly today: Day;
}

async function ask(orderNo: string, at: number): Promise<Known> {
  await mustBeFresh();
  const [order, { refunds }, today] = await Promise.all([
    call("contributions.order-state", { params: { orderNo } }),
    call("refunds.mine"),
    askToday(),
  ]);
  const standing = refunds.find((one) => one.orderNo === orderNo && one.line === at && stands(one)) ?? null;
  return { order, standing, today };
}

/** 申请退费 · asks for one person's part of an order to be given back, before the benefit year begins. */
export default function AskRefund() {
  const { orderNo = "", line = "" } = useRouter().params;
  const at = Number(line);
  const { answer, refused, again } = useAsk(`${orderNo} ${at}`, () => ask(orderNo, at));
  const part = answer?.order.lines[at];
  if (answer && part && !answer.standing && part.outcome === "enrolled" && mayRefund(answer.today, ofDays(part)))
    return <Form orderNo={orderNo} at={at} part={part} />;
  return (
    <Page>
      <Heading level={1}>申请退费</Heading>
      {refused && !answer && <Problem refused={refused} onRetry={again} />}
      {!refused && !answer && <Skeleton />}
      {answer?.standing && <RefundCard refund={answer.standing} onChange={again} />}
      {answer && !answer.standing && <NotPossible part={part} />}
    </Page>
  );
}

type Part = Order["lines"][number];

const ofDays = ({ benefitYear, coverFrom }: Part) => ({ benefitYear, coverFrom: day(coverFrom) });

function NotPossible({ part }: { part: Part | undefined }) {
  const why = part?.outcome === "enrolled" ? "待遇期已经开始，不能退费了。" : "这一份没有参保，没有要退的。";
  return (
    <View className="card">
      <Note tone="plain">{part ? why : "我们没有找到这一份缴费。"}</Note>
      <Button onPress={() => go("contributions/orders")}>看我的缴费单</Button>
    </View>
  );
}

function Form({ orderNo, at, part }: { orderNo: string; at: number; part: Part }) {
  const of = `${orderNo} ${at}`;
  const kept = refunding.use();
  const { reason, note } = kept.of === of ? kept : { reason: null, note: "" };
  const { busy, said, refuse, attempt } = useAttempt<"ask">();
  const submit = () => {
    if (!reason) return refuse("ask", "请先选一个原因。");
    attempt("ask", async () => {
      await call("refunds.request", { body: { orderNo, line: at, reason, note } });
      refunding.clear();
      arrive("refunds/mine", { asked: "1" });
    });
  };
  const no = said("ask");
  return (
    <Page
      foot={
        <Button busy={busy === "ask"} onPress={submit}>
          提交退费申请
        </Button>
      }
    >
      <Heading level={1}>为什么要退费？</Heading>
      {no && <Note tone="stop">{no}</Note>}
      <View className="card">
        <Fact name="退谁的">{lineWhose(part)}</Fact>
        <Fact name="哪一年">{part.benefitYear}年</Fact>
        <Fact name="要退的钱">
          <Amount value={part.amount} />
        </Fact>
      </View>
      <Note tone="attention">
        退费以后，{part.name}
        {part.benefitYear}年的参保就取消了，看病不能报销。要由经办人员审核，同意了才退。
      </Note>
      <Options label="为什么要退费">
        {refundReasonNames.map((one) => (
          <Option
            key={one}
            title={refundReasons[one]}
            chosen={one === reason}
            onChoose={() => refunding.change({ of, reason: one, note })}
          />
        ))}
      </Options>
      <View className="card">
        <Field
          label="补充说明"
          hint="可以不填"
          maxlength={200}
          value={note}
          fault={null}
          onChange={(words) => refunding.change({ of, reason, note: words })}
        />
      </View>
    </Page>
  );
}
