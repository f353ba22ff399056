import { CheckOutlined, CloseOutlined, RedoOutlined } from "@ant-design/icons";
import { App, Button, Modal } from "antd";
import { useState } from "react";
import { refundReasons, refundStates } from "../../../../shared/contribution/refund.ts";
import { payBackFailures } from "../../../../shared/contribution/suspense.ts";
import { dayShown } from "../../../../shared/day.ts";
import { mayPayOut } from "../../access.ts";
import { type Reply, useAct } from "../../api.ts";
import { useMe } from "../../desk.tsx";
import { money } from "../../figures.ts";
import { carrierNames } from "../../parts/carrier.ts";
import { DecisionDialog } from "../../parts/decision.tsx";
import { Amount, Fact } from "../../parts/facts.tsx";
import { PaperChoice, type PaperSeen } from "../../parts/seen.tsx";
import { Wrong } from "../../parts/tell.tsx";
import { useUnitName } from "../../parts/unit-name.ts";
import { readings } from "./lines.ts";

/** 退费 · one case. */
export type Refund = Reply<"refunds-agency.decide">;

/** 一笔退费 · what it is, what happened to it, and what can be done next. */
export function RefundCase({ refund, ask }: { refund: Refund; ask: (yes: boolean) => void }) {
  const { name, benefitYear, amount, subsidised, reason, note, carrier, orderNo, line, refundNo, village } = refund;
  const place = useUnitName(village);
  return (
    <section className="card panel case" aria-label="退费申请">
      <h2>
        {name}，{benefitYear}年度，{money(amount)}
      </h2>
      <div className="case-halves">
        <dl className="facts">
          <Fact title="情形">{refundReasons[reason]}</Fact>
          <Fact title="说明">
            {note === "" ? <span className="muted">没有写</span> : <span className="note">{note}</span>}
          </Fact>
          <Fact title="退给本人">
            <Amount of={amount} />
            {carrier === null ? "，本人没有交钱" : `，${carrierNames[carrier].back}`}
          </Fact>
          {subsidised !== "0.00" && (
            <Fact title="资助部分">
              <Amount of={subsidised} />
              <span className="muted">，不再由资助方承担</span>
            </Fact>
          )}
          {place.data && <Fact title="登记地">{place.data}</Fact>}
          <Fact title="缴费单号">
            <span className="number">{orderNo}</span>
            <div className="muted">单上第 {line + 1} 位</div>
          </Fact>
          <Fact title="退费单号">
            <span className="number">{refundNo}</span>
          </Fact>
        </dl>
        <History refund={refund} />
      </div>
      <Bar refund={refund} ask={ask} />
    </section>
  );
}

/** 经过 · what happened to a refund so far, and who did it. */
function History({ refund: { requestedOn, proposedBy, decision, decidedBy, state, failure } }: { refund: Refund }) {
  return (
    <ol className="history" aria-label="经过">
      <li>
        <b>{proposedBy === null ? "居民申请" : `${proposedBy}提出`}</b>
        <div className="muted">{dayShown(requestedOn)}</div>
      </li>
      {decision && (
        <li>
          <b>
            {decidedBy}
            {decision.approve ? "同意" : "不同意"}
          </b>
          <div className="muted">
            {dayShown(decision.on)}，{decision.reason}
          </div>
        </li>
      )}
      {failure !== null && (
        <li>
          <b className="wrong">没有退成</b>
          <div className="muted">{payBackFailures[failure]}</div>
        </li>
      )}
      <li>
        <b>现在：{refundStates[state].name}</b>
      </li>
    </ol>
  );
}

function Bar({ refund, ask }: { refund: Refund; ask: (yes: boolean) => void }) {
  const me = useMe();
  const { message } = App.useApp();
  const again = useAct("refunds-agency.again", readings);
  const { state, carrier, failure, refundNo, proposed, name } = refund;
  const [isPaying, setPaying] = useState(false);
  return (
    <footer className="decision-bar">
      {state === "requested" && (
        <>
          <span className="muted">
            同意后撤销这一年的参保{carrier !== null && "，钱按原路退回"}。{proposed && "提出的人不能自己审核。"}
          </span>
          <Button icon={<CloseOutlined />} onClick={() => ask(false)}>
            不同意 <kbd>r</kbd>
          </Button>
          <Button type="primary" icon={<CheckOutlined />} onClick={() => ask(true)}>
            同意 <kbd>a</kbd>
          </Button>
        </>
      )}
      {state === "approved" && carrier === "cash" && (
        <>
          <span className="muted">当时收的是现金，要在窗口付出现金。</span>
          {mayPayOut(me) && (
            <Button type="primary" onClick={() => setPaying(true)}>
              付出现金
            </Button>
          )}
        </>
      )}
      {state === "approved" && carrier !== "cash" && (
        <span className="muted">系统正在让支付渠道退款，到账后自动记账，不用操作。</span>
      )}
      {state === "failed" && (
        <>
          <span className="muted">
            负责人：退费审核岗位。
            {failure === "abnormal" ? "先在商户平台处理收款账户，再退一次。" : "支付渠道没有动这笔钱，可以再退一次。"}
          </span>
          <Button
            type="primary"
            icon={<RedoOutlined />}
            loading={again.isPending}
            onClick={() =>
              again.mutate(
                { params: { refundNo } },
                { onSuccess: () => message.success(`已让支付渠道再退一次，退给${name}`) },
              )
            }
          >
            再退一次
          </Button>
        </>
      )}
      <Wrong error={again.error} />
      {isPaying && <PayOutDialog refund={refund} close={() => setPaying(false)} />}
    </footer>
  );
}

const agreeing = ["情况属实，同意退费", "已核对缴费记录，同意退费"];
const refusing = ["情况不属实", "没有提供材料", "不属于可以退费的情形"];

/** 审核退费 · says beforehand what each answer does. */
export function RefundDecision({ refund, approve, close }: { refund: Refund; approve: boolean; close: () => void }) {
  const { message } = App.useApp();
  const decide = useAct("refunds-agency.decide", readings);
  const { name, benefitYear, amount, carrier, refundNo } = refund;
  return (
    <DecisionDialog
      title={`${approve ? "同意" : "不同意"}${name}的退费？`}
      will={
        <p>
          {approve
            ? `${name}${benefitYear}年度的参保马上撤销，${carrier ? `${money(amount)} ${carrierNames[carrier].back}` : "本人没有交钱，不用退钱"}。撤销以后还想参保，要重新缴费。`
            : "参保不变。申请人会看到您写的理由，可以重新申请。"}
        </p>
      }
      reasons={approve ? agreeing : refusing}
      least={2}
      verb={approve ? "同意退费" : "不同意"}
      isRefusal={!approve}
      isPending={decide.isPending}
      error={decide.error}
      decide={(reason) =>
        decide.mutate(
          { params: { refundNo }, body: { approve, reason } },
          {
            onSuccess: ({ state }) => {
              message.success(`${name}：${refundStates[state].name}`);
              close();
            },
          },
        )
      }
      close={close}
    />
  );
}

/** 付出现金 · to whoever shows a paper for it. */
function PayOutDialog({ refund: { refundNo, name, amount }, close }: { refund: Refund; close: () => void }) {
  const { message } = App.useApp();
  const pay = useAct("counter.pay-out", readings);
  const [seen, setSeen] = useState<PaperSeen>("identity-card");
  return (
    <Modal
      open
      title={`付出${name}的退费 ${money(amount)}？`}
      okText="现金已付出"
      cancelText="先不付"
      onCancel={close}
      confirmLoading={pay.isPending}
      onOk={() =>
        pay.mutate(
          { params: { refundNo }, body: { seen } },
          {
            onSuccess: () => {
              message.success(`已付出${name}的退费 ${money(amount)}`);
              close();
            },
          },
        )
      }
    >
      <div className="decision">
        <p>付出以后不能撤销。</p>
        <span>看过领款人的哪种证件</span>
        <PaperChoice value={seen} choose={setSeen} />
        <Wrong error={pay.error} />
      </div>
    </Modal>
  );
}
