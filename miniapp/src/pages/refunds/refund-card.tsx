import { View } from "@tarojs/components";
import { type RefundState, refundReasons, refundStates } from "../../../../shared/contribution/refund.ts";
import { call, type Refund } from "../../api.ts";
import { useAttempt } from "../../ask.ts";
import { Icon } from "../../parts/icon.tsx";
import { Button } from "../../parts/press.tsx";
import { Amount, Fact, Heading, Note } from "../../parts/tell.tsx";
import { dayWords, type Tone } from "../../words.ts";

const tones: Record<RefundState, Tone> = {
  requested: "waiting",
  approved: "waiting",
  failed: "attention",
  refunded: "done",
  rejected: "attention",
  withdrawn: "plain",
};

/** Does a request stand in the way of another for the same person and year? */
export const stands = ({ state }: Refund): boolean => state !== "rejected" && state !== "withdrawn";

/** What happens next, and who does it. */
function nextOf({ state, proposed, decision, carrier }: Refund): string {
  const back = carrier === "cash" ? "请带身份证到原来缴费的窗口领钱。" : "钱会按原路退回微信。";
  switch (state) {
    case "requested":
      return proposed
        ? "这是经办人员提出的，要由另一位经办人员审核。审核前，参保一直有效。"
        : "等经办人员审核，结果在这里看。审核前，参保一直有效，可以撤回。";
    case "approved":
      return `参保已经取消。${back}`;
    case "failed":
      return "参保已经取消，但钱没有退成功。经办人员会再退一次，钱不会丢。";
    case "refunded":
      return carrier === null ? "参保已经取消，没有要退的钱。" : "参保已经取消，钱已经退了。";
    case "rejected":
      return `没有同意：${decision?.reason ?? ""}　参保仍然有效。`;
    case "withdrawn":
      return "您撤回了申请，参保仍然有效。";
  }
}

/** 一笔退费 · how far it has come and what happens next; its payer may take it back before anybody decided. */
export function RefundCard({ refund, onChange }: { refund: Refund; onChange: () => void }) {
  const { busy, said, attempt } = useAttempt<"withdraw">();
  const { refundNo, name, benefitYear, state } = refund;
  const withdraw = () =>
    attempt("withdraw", async () => {
      await call("refunds.withdraw", { params: { refundNo } });
      onChange();
    });
  const no = said("withdraw");
  return (
    <View className="card">
      <Heading>
        {name}　{benefitYear}年
      </Heading>
      <View className={`state ${tones[state]}`}>
        <Icon name={tones[state]} />
        <View className="fill">
          <View className="title">{refundStates[state].name}</View>
          <View>{nextOf(refund)}</View>
        </View>
      </View>
      <Fact name="要退的钱">
        <Amount value={refund.amount} />
      </Fact>
      <Fact name="为什么退">{refundReasons[refund.reason]}</Fact>
      {refund.note && (
        <Fact name="补充说明" wide>
          {refund.note}
        </Fact>
      )}
      <Fact name="申请日期">{dayWords(refund.requestedOn)}</Fact>
      <Fact name="退费单号" wide>
        {refundNo}
      </Fact>
      {no && <Note tone="stop">{no}</Note>}
      {state === "requested" && !refund.proposed && (
        <Button quiet busy={busy === "withdraw"} onPress={withdraw}>
          撤回申请
        </Button>
      )}
    </View>
  );
}
