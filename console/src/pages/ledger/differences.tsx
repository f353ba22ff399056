import { CheckCircleFilled, CloseCircleFilled } from "@ant-design/icons";
import { Segmented, Table, type TableColumnsType } from "antd";
import { differenceKinds } from "../../../../shared/contribution/reconciliation.ts";
import { dayShown } from "../../../../shared/day.ts";
import { live, type Reply, useRead } from "../../api.ts";
import { useAddress, useTitle } from "../../desk.tsx";
import { counted, gapOf } from "../../figures.ts";
import { Amount } from "../../parts/facts.tsx";
import { Page } from "../../parts/page.tsx";
import { Empty, Failure, Waiting } from "../../parts/tell.tsx";
import { SuspenseList } from "./suspense.tsx";
import "./ledger.css";

type Reconciliation = Reply<"payments.differences">;

type Billed = Reconciliation["days"][number];
type Difference = Reconciliation["differences"][number];

/** 对账与暂收 · where the channel's bill and our books differ, and the money that could not be booked. */
export default function DifferencesPage() {
  const [parameters, change] = useAddress();
  const show = parameters.get("show") === "suspense" ? "suspense" : "bills";
  useTitle("对账与暂收");
  return (
    <Page
      above="基金账"
      title="对账与暂收"
      tools={
        <Segmented
          aria-label="看什么"
          value={show}
          options={[
            { value: "bills", label: "对账差异" },
            { value: "suspense", label: "暂收款" },
          ]}
          onChange={(one) => change({ show: one })}
        />
      }
    >
      {show === "bills" ? <Bills /> : <SuspenseList />}
    </Page>
  );
}

function Bills() {
  const found = useRead("payments.differences", {}, live);
  if (found.error) return <Failure error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Waiting />;
  const { days, differences } = found.data;
  const isClean = differences.length === 0;
  return (
    <>
      {days.length > 0 && (
        <section className={isClean ? "card verdict good" : "card verdict bad"} role="status">
          <h2>
            {isClean ? <CheckCircleFilled /> : <CloseCircleFilled />}{" "}
            {isClean ? "账单和账一致" : `有 ${counted(differences.length)} 处差异要查`}
          </h2>
          <p>
            近一个月对过 {counted(days.length)}{" "}
            天的账单。账单里有、我们没收到通知的收款，已自动补入账；其余差异列在下面，由基金财务查清。
          </p>
        </section>
      )}
      {!isClean && <Differences differences={differences} />}
      <Days days={days} />
    </>
  );
}

/** "—" where one side has nothing of it. */
const Side = ({ of }: { of: string | null }) =>
  of === null ? <span className="muted">没有</span> : <Amount of={of} />;

function Differences({ differences }: { differences: readonly Difference[] }) {
  const columns: TableColumnsType<Difference> = [
    { title: "账单日", width: 130, render: (_, { day }) => dayShown(day) },
    { title: "差异", render: (_, { kind }) => differenceKinds[kind] },
    { title: "我们的账", width: 130, align: "right", render: (_, { ours }) => <Side of={ours} /> },
    { title: "渠道账单", width: 130, align: "right", render: (_, { theirs }) => <Side of={theirs} /> },
    {
      title: "相差",
      width: 120,
      align: "right",
      render: (_, { ours, theirs }) => <Amount of={gapOf(ours ?? "0.00", theirs ?? "0.00")} />,
    },
    {
      title: "单号",
      render: (_, { number, tradeNo }) => (
        <>
          <div>{number}</div>
          <div className="muted">{tradeNo}</div>
        </>
      ),
    },
  ];
  return (
    <section className="card panel" aria-label="差异">
      <header className="panel-head">
        <h2>差异</h2>
        <span className="muted">负责人：基金财务</span>
      </header>
      <Table<Difference>
        size="small"
        rowKey={({ day, kind, number }) => `${day}${kind}${number}`}
        columns={columns}
        dataSource={differences}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      />
    </section>
  );
}

function Days({ days }: { days: readonly Billed[] }) {
  const columns: TableColumnsType<Billed> = [
    { title: "账单日", render: (_, { day }) => dayShown(day) },
    { title: "账单笔数", align: "right", render: (_, { lines }) => counted(lines) },
    { title: "收款", align: "right", render: (_, { paid }) => <Amount of={paid} /> },
    { title: "退款", align: "right", render: (_, { refunded }) => <Amount of={refunded} /> },
    { title: "补入账", align: "right", render: (_, { foundMissing }) => `${counted(foundMissing)} 笔` },
    {
      title: "差异",
      align: "right",
      render: (_, { differences }) =>
        differences === 0 ? (
          <span className="status done">
            <CheckCircleFilled /> 没有
          </span>
        ) : (
          <span className="status stop">
            <CloseCircleFilled /> {counted(differences)} 处
          </span>
        ),
    },
    {
      title: "对账时间",
      align: "right",
      render: (_, { at }) => new Date(at).toLocaleString("zh-CN", { hour12: false }),
    },
  ];
  return (
    <section className="card panel" aria-label="每天的账单">
      <header className="panel-head">
        <h2>每天的账单</h2>
        <span className="muted">每天自动下载前一天的微信支付账单来对</span>
      </header>
      {days.length === 0 ? (
        <Empty>近一个月还没有对过账单。每天对完以后，会列在这里。</Empty>
      ) : (
        <Table<Billed> size="small" rowKey="day" columns={columns} dataSource={days} pagination={false} />
      )}
    </section>
  );
}
