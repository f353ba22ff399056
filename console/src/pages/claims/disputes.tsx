import type { TableColumnsType } from "antd";
import { Link, useLocation, useParams } from "react-router";
import { dayShown } from "../../../../shared/day.ts";
import { disputeKinds } from "../../../../shared/dispute/dispute.ts";
import type { Reply } from "../../api.ts";
import { useMe } from "../../desk.tsx";
import { useRowKeys } from "../../keyboard.ts";
import { dueColumn } from "../../parts/due.tsx";
import { Cases, Waits } from "../../parts/waits.tsx";
import { DisputeView } from "./dispute.tsx";
import "./claims.css";

type Dispute = Reply<"claims-agency.disputes">["disputes"][number];

/** 争议 · what waits in the officer's unit for an answer, or one case. */
export default function DisputesPage() {
  const { disputeNo } = useParams();
  return disputeNo === undefined ? <List /> : <DisputeView key={disputeNo} disputeNo={disputeNo} />;
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

/** What waits, the soonest due first. */
function List() {
  const me = useMe();
  useRowKeys();
  return (
    <Waits
      above="费用与争议"
      title="争议"
      read={["claims-agency.disputes", { query: { unit: me.unit.code } }]}
      rowsOf={({ disputes }) => disputes}
      tabs={tabs}
      hint={() => "j / k 选择　回车打开"}
    >
      {(tab, disputes) => (
        <section className="card panel" aria-label={tabs[tab].title}>
          <Rows disputes={disputes} empty={tabs[tab].empty} />
          <p className="muted under">
            最先到期的在最上面。期限（不是我的费用 {disputeKinds["not-mine"].days} 天，金额有疑问{" "}
            {disputeKinds.amount.days} 天）是暂定的，没有查到规定这个期限的文件。
          </p>
        </section>
      )}
    </Waits>
  );
}

function Rows({ disputes, empty }: { disputes: readonly Dispute[]; empty: string }) {
  const { search } = useLocation();
  const columns: TableColumnsType<Dispute> = [
    dueColumn(140),
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
  return <Cases<Dispute> rowKey="disputeNo" columns={columns} dataSource={disputes} empty={empty} />;
}
