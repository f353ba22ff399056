import { ReloadOutlined } from "@ant-design/icons";
import { Button, Segmented, Table, type TableColumnsType } from "antd";
import { Link, useLocation, useParams } from "react-router";
import { dayShown } from "../../../../shared/day.ts";
import { disputeKinds } from "../../../../shared/dispute/dispute.ts";
import { type Reply, useRead } from "../../api.ts";
import { useAddress, useMe, useTitle } from "../../desk.tsx";
import { counted } from "../../figures.ts";
import { moveRow, openRow, useKeys } from "../../keyboard.ts";
import { Due } from "../../parts/due.tsx";
import { Failure, Waiting } from "../../parts/tell.tsx";
import { DisputeView } from "./dispute.tsx";
import "./claims.css";

type Dispute = Reply<"claims-agency.disputes">["disputes"][number];

/** 争议 · what waits in the officer's unit for an answer, or one case. */
export default function DisputesPage() {
  const { disputeNo } = useParams();
  return disputeNo === undefined ? <Waits /> : <DisputeView key={disputeNo} disputeNo={disputeNo} />;
}

const tabs = {
  free: {
    title: "等接手",
    empty: "没有等接手的争议。居民在手机上说“不是我的”或“金额有疑问”以后，会出现在这里。",
    holds: ({ owner }: Dispute) => owner === null,
  },
  own: {
    title: "我接手的",
    empty: "您没有正在处理的争议。打开一个等接手的争议，按 t 接手。",
    holds: ({ owner }: Dispute) => owner?.own === true,
  },
  others: {
    title: "别人接手的",
    empty: "没有别人正在处理的争议。",
    holds: ({ owner }: Dispute) => owner !== null && !owner.own,
  },
} as const;
type Tab = keyof typeof tabs;

function Waits() {
  const me = useMe();
  const disputes = useRead("claims-agency.disputes", { query: { unit: me.unit.code } });
  const [parameters, change] = useAddress();
  const written = parameters.get("show") ?? "";
  const tab: Tab = written in tabs ? (written as Tab) : "free";
  useTitle("争议");
  useKeys({ j: () => moveRow(1), k: () => moveRow(-1) });
  if (disputes.error && !disputes.data) return <Failure error={disputes.error} retry={() => void disputes.refetch()} />;
  if (!disputes.data) return <Waiting />;
  const all = disputes.data.disputes;
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <nav className="crumbs">费用与争议</nav>
          <h1>
            争议
            <small>{me.unit.name}</small>
          </h1>
        </div>
        <div className="page-tools">
          <Button icon={<ReloadOutlined />} loading={disputes.isFetching} onClick={() => void disputes.refetch()}>
            重新读取
          </Button>
        </div>
      </header>
      {disputes.error && (
        <p className="band attention" role="alert">
          {disputes.error.message}下面是上一次读到的。
        </p>
      )}
      <div className="worklist-head">
        <Segmented<Tab>
          aria-label="看哪些"
          value={tab}
          options={(Object.keys(tabs) as Tab[]).map((one) => ({
            value: one,
            label: `${tabs[one].title} ${counted(all.filter(tabs[one].holds).length)}`,
          }))}
          onChange={(show) => change({ show })}
        />
        <span className="muted hint">j / k 选择　回车打开</span>
      </div>
      <section className="card panel" aria-label={tabs[tab].title}>
        <Rows disputes={all.filter(tabs[tab].holds)} empty={tabs[tab].empty} />
        <p className="muted under">
          最先到期的在最上面。期限（不是我的费用 {disputeKinds["not-mine"].days} 天，金额有疑问{" "}
          {disputeKinds.amount.days} 天）是暂定的，没有查到规定这个期限的文件。
        </p>
      </section>
    </div>
  );
}

function Rows({ disputes, empty }: { disputes: readonly Dispute[]; empty: string }) {
  const { search } = useLocation();
  const columns: TableColumnsType<Dispute> = [
    {
      title: "期限",
      width: 140,
      render: (_, { dueOn }) => (
        <>
          <Due on={dueOn} />
          <div className="muted">{dayShown(dueOn)}</div>
        </>
      ),
    },
    {
      title: "谁的费用",
      width: 200,
      render: (_, { disputeNo, person }) => (
        <>
          <Link data-row to={{ pathname: `/disputes/${disputeNo}`, search }}>
            {person.name}
          </Link>
          <div className="muted number">{person.identityNumber}</div>
        </>
      ),
    },
    {
      title: "说的是什么",
      render: (_, { kind, words, byGuardian }) => (
        <>
          {disputeKinds[kind].name}
          {byGuardian && <span className="muted">（家人代提）</span>}
          {words && <div className="muted one-line">{words}</div>}
        </>
      ),
    },
    { title: "登记地", width: 240, dataIndex: "unitName" },
    { title: "提出日", width: 132, render: (_, { filedOn }) => dayShown(filedOn) },
    {
      title: "谁在处理",
      width: 140,
      render: (_, { owner }) =>
        owner === null ? <span className="muted">还没有人</span> : owner.own ? "我" : owner.name,
    },
  ];
  return (
    <Table<Dispute>
      className="choose"
      size="small"
      rowKey="disputeNo"
      columns={columns}
      dataSource={[...disputes]}
      pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      locale={{ emptyText: <div className="empty">{empty}</div> }}
      onRow={() => ({ onClick: openRow })}
    />
  );
}
