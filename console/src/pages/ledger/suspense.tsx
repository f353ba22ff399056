import { RollbackOutlined } from "@ant-design/icons";
import { App, Button, Table, type TableColumnsType } from "antd";
import {
  payBackFailures,
  suspenseOwners,
  suspenseReasons,
  suspenseStates,
} from "../../../../shared/contribution/suspense.ts";
import { dayShown } from "../../../../shared/day.ts";
import { live, type Reply, useAct, useRead } from "../../api.ts";
import { counted, money, sumOf } from "../../figures.ts";
import { carrierNames } from "../../parts/carrier.ts";
import { Amount } from "../../parts/facts.tsx";
import { Empty, Failure, Waiting, Wrong } from "../../parts/tell.tsx";

type Suspense = Reply<"payments.suspense">["items"][number];

/** 暂收款 · money that could not be booked, who has to do the next thing, and sending it back. */
export function SuspenseList() {
  const suspense = useRead("payments.suspense", {}, live);
  const giveBack = useAct("payments.return", ["payments.suspense", "proposals.list"]);
  const { message, modal } = App.useApp();
  if (suspense.error) return <Failure error={suspense.error} retry={() => void suspense.refetch()} />;
  if (!suspense.data) return <Waiting />;
  const { items } = suspense.data;
  const ask = ({ suspenseNo, amount, failure }: Suspense) =>
    modal.confirm({
      title: `提出把 ${money(amount)} 退回付款人？`,
      content: `先提出，另一位经办人员在“待复核”里同意以后按原路退回，退到账后自动记账。${failure === "abnormal" ? "请先在商户平台处理好收款账户。" : ""}`,
      okText: "提出退回",
      cancelText: "先不退",
      onOk: () =>
        giveBack.mutateAsync({ params: { suspenseNo } }).then(
          () => {
            message.success(`已提出退回 ${money(amount)}，等另一位经办人员复核`);
          },
          () => {},
        ),
    });
  const columns: TableColumnsType<Suspense> = [
    { title: "收到日", width: 130, render: (_, { on }) => dayShown(on) },
    { title: "金额", width: 110, align: "right", render: (_, { amount }) => <Amount of={amount} /> },
    { title: "为什么没入账", width: 150, render: (_, { why }) => suspenseReasons[why] },
    { title: "怎么付的", width: 100, render: (_, { carrier }) => carrierNames[carrier].came },
    {
      title: "现在",
      render: (_, { state, failure }) => (
        <>
          {suspenseStates[state].name}
          {failure !== null && <div className="wrong">{payBackFailures[failure]}</div>}
        </>
      ),
    },
    { title: "负责人", width: 120, render: (_, { owner }) => suspenseOwners[owner] },
    {
      title: "单号",
      render: (_, { transactionNo, orderNo }) => (
        <>
          <div>{transactionNo}</div>
          <div className="muted">{orderNo ?? "没有缴费单"}</div>
        </>
      ),
    },
    {
      title: "办理",
      width: 100,
      render: (_, item) =>
        isForFinance(item) && (
          <Button size="small" icon={<RollbackOutlined />} onClick={() => ask(item)}>
            退回
          </Button>
        ),
    },
  ];
  return (
    <section className="card panel" aria-label="暂收款">
      <header className="panel-head">
        <h2>
          暂收款 {counted(items.length)} 笔，
          <Amount of={sumOf(items.map(({ amount }) => amount))} />
        </h2>
        <span className="muted">系统会自己退的不用管；负责人是基金财务的，请查清后退回。</span>
      </header>
      <Wrong error={giveBack.error} />
      {items.length === 0 ? (
        <Empty>没有暂收款。收到的钱都入了账，或已经退回。</Empty>
      ) : (
        <Table<Suspense>
          size="small"
          rowKey="suspenseNo"
          columns={columns}
          dataSource={items}
          pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        />
      )}
    </section>
  );
}

/** What is stuck, or has no order, waits for a finance officer's word; cash is given back at a counter. */
const isForFinance = ({ state, owner, carrier }: Suspense): boolean =>
  carrier !== "cash" && (state === "failed" || (state === "held" && owner === "finance"));
