import { PlusOutlined } from "@ant-design/icons";
import { Button, type TableColumnsType } from "antd";
import { Link, useLocation, useNavigate, useParams } from "react-router";
import { dayShown } from "../../../../shared/day.ts";
import { inquiryDays } from "../../../../shared/inquiry/inquiry.ts";
import { type AskedOf, useRead } from "../../api.ts";
import { useMe, useTitle } from "../../desk.tsx";
import { useRowKeys } from "../../keyboard.ts";
import { Due } from "../../parts/due.tsx";
import { Amount } from "../../parts/facts.tsx";
import { Page } from "../../parts/page.tsx";
import { Failure, Waiting } from "../../parts/tell.tsx";
import { Cases, Reread, Stale, Tabs, useTab } from "../../parts/waits.tsx";
import { InquiryView } from "./case.tsx";
import { InquiryForm } from "./form.tsx";
import { type InquiryRow, StateShown, stayShown } from "./words.tsx";
import "./inquiries.css";

type InquirySide = AskedOf<"inquiries.list">["query"]["side"];

/** 协查 · what the officer's unit asked and is asked, one case, or a new one. */
export default function InquiriesPage() {
  const { inquiryNo } = useParams();
  if (inquiryNo === undefined) return <List />;
  return inquiryNo === "new" ? <InquiryForm /> : <InquiryView key={inquiryNo} inquiryNo={inquiryNo} />;
}

const tabs: Record<InquirySide, { title: string; other: string; empty: string }> = {
  received: {
    title: "请我协查的",
    other: "谁请查的",
    empty: "没有等我们核查的协查。别的经办机构请我们核实住院时，会出现在这里。",
  },
  sent: {
    title: "我发出的",
    other: "请谁查",
    empty: "没有还在等结果的协查。按 n 发起一个。",
  },
};

const titles = { received: tabs.received.title, sent: tabs.sent.title };

function List() {
  const me = useMe();
  const navigate = useNavigate();
  const { search } = useLocation();
  const [side, show] = useTab(tabs);
  const inquiries = useRead("inquiries.list", { query: { side } });
  const create = () => navigate({ pathname: "/inquiries/new", search });
  useTitle("协查");
  useRowKeys({ n: create });
  if (inquiries.error && !inquiries.data) {
    return <Failure error={inquiries.error} retry={() => void inquiries.refetch()} />;
  }
  return (
    <Page
      above="异地就医"
      title="协查"
      small={me.unit.name}
      tools={
        <>
          <Reread of={inquiries} />
          <Button type="primary" icon={<PlusOutlined />} onClick={create}>
            发起协查 <kbd>n</kbd>
          </Button>
        </>
      }
    >
      <Stale of={inquiries} />
      <div className="worklist-head">
        <Tabs label="看哪一边" titles={titles} value={side} show={show} />
        <span className="muted hint">j / k 选择　回车打开　n 发起</span>
      </div>
      {inquiries.data ? <Lists side={side} {...inquiries.data} /> : <Waiting />}
    </Page>
  );
}

interface Told {
  readonly side: InquirySide;
  readonly open: readonly InquiryRow[];
  readonly more: boolean;
  readonly over: readonly InquiryRow[];
}

function Lists({ side, open, more, over }: Told) {
  return (
    <>
      <section className="card panel" aria-label={tabs[side].title}>
        <header className="panel-head">
          <h2>
            等结果的<span className="aside">{open.length}个</span>
          </h2>
        </header>
        <Rows side={side} inquiries={open} empty={tabs[side].empty} />
        <p className="muted under">
          {more && `最先到期的${open.length}个，后面还有。`}
          最先到期的在最上面。期限 {inquiryDays} 天是暂定的，没有查到规定这个期限的文件。
        </p>
      </section>
      {over.length > 0 && (
        <section className="card panel" aria-label="已经结束的">
          <header className="panel-head">
            <h2>
              已经结束的<span className="aside">最近{over.length}个</span>
            </h2>
          </header>
          <Rows side={side} inquiries={over} empty="" />
        </section>
      )}
    </>
  );
}

function Rows({ side, inquiries, empty }: { side: InquirySide; inquiries: readonly InquiryRow[]; empty: string }) {
  const { search } = useLocation();
  const columns: TableColumnsType<InquiryRow> = [
    {
      title: "期限",
      width: 140,
      render: (_, { dueOn, state }) => (
        <>
          {state !== "answered" && state !== "withdrawn" && <Due on={dueOn} />}
          <div className="muted">{dayShown(dueOn)}</div>
        </>
      ),
    },
    {
      title: "查谁",
      width: 190,
      render: (_, { inquiryNo, person }) => (
        <>
          <Link data-row to={{ pathname: `/inquiries/${inquiryNo}`, search }}>
            {person.name}
          </Link>
          <div className="muted number">{person.identityNumber}</div>
        </>
      ),
    },
    {
      title: "哪次住院",
      render: (_, { provider, from, until }) => (
        <>
          {provider.name}
          <div className="muted">
            {provider.place.name}　{stayShown(from, until)}
          </div>
        </>
      ),
    },
    {
      title: "总费用",
      width: 130,
      align: "right",
      render: (_, { amount }) => (amount === null ? <span className="muted">不清楚</span> : <Amount of={amount} />),
    },
    {
      title: tabs[side].other,
      width: 220,
      render: (_, { askingName, asked }) =>
        side === "received" ? (
          askingName
        ) : (
          <>
            {asked.name}
            {asked.kind === "outside" && <div className="muted">系统外，电话核实</div>}
          </>
        ),
    },
    { title: "现在", width: 130, render: (_, inquiry) => <StateShown inquiry={inquiry} /> },
  ];
  return <Cases<InquiryRow> rowKey="inquiryNo" columns={columns} dataSource={inquiries} empty={empty} />;
}
