import { CheckOutlined, CloseOutlined, ReloadOutlined } from "@ant-design/icons";
import { App, Button, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { caseKinds, caseStates } from "../../../../shared/credential/case.ts";
import { dayShown } from "../../../../shared/day.ts";
import { type Reply, useAct, useRead } from "../../api.ts";
import { useMe, useTitle } from "../../desk.tsx";
import { moveRow, openRow, useKeys } from "../../keyboard.ts";
import { DecisionDialog } from "../../parts/decision.tsx";
import { Due } from "../../parts/due.tsx";
import { Fact } from "../../parts/facts.tsx";
import { Failure, Notice, Waiting } from "../../parts/tell.tsx";
import { UsesTable } from "./words.tsx";

type CodeCase = Reply<"credentials-agency.cases">["cases"][number];

/** 用码疑点 · what waits in the officer's unit for a decision, or one case. */
export default function CredentialCasesPage() {
  const { caseNo } = useParams();
  const me = useMe();
  const cases = useRead("credentials-agency.cases", { query: { unit: me.unit.code } });
  useTitle("用码疑点");
  if (cases.error && !cases.data) return <Failure error={cases.error} retry={() => void cases.refetch()} />;
  if (!cases.data) return <Waiting />;
  const all = cases.data.cases;
  if (caseNo === undefined) return <List of={all} reload={() => void cases.refetch()} isReading={cases.isFetching} />;
  const found = all.find((one) => one.caseNo === caseNo);
  if (found) return <Case key={caseNo} found={found} />;
  return (
    <Notice sentence="这个疑点已经核查完，或不在您的辖区。">
      <Link className="button" to="/credential-cases">
        回到用码疑点
      </Link>
    </Notice>
  );
}

function List({ of, reload, isReading }: { of: readonly CodeCase[]; reload: () => void; isReading: boolean }) {
  const me = useMe();
  useKeys({ j: () => moveRow(1), k: () => moveRow(-1) });
  const columns: TableColumnsType<CodeCase> = [
    {
      title: "期限",
      width: 150,
      render: (_, { dueOn }) => (
        <>
          <Due on={dueOn} />
          <div className="muted">{dayShown(dueOn)}</div>
        </>
      ),
    },
    {
      title: "谁的码",
      width: 180,
      render: (_, { caseNo, name }) => (
        <Link data-row to={`/credential-cases/${caseNo}`}>
          {name}
        </Link>
      ),
    },
    {
      title: "怎么回事",
      render: (_, { kind, words }) => (
        <>
          {caseKinds[kind]}
          {words && <div className="muted one-line">{words}</div>}
        </>
      ),
    },
    { title: "在哪里用的", render: (_, { uses }) => [...new Set(uses.map(({ provider }) => provider))].join("、") },
    { title: "登记地", width: 240, dataIndex: "unitName" },
    { title: "提出日", width: 132, render: (_, { filedOn }) => dayShown(filedOn) },
  ];
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <nav className="crumbs">医保码</nav>
          <h1>
            用码疑点<small>{me.unit.name}</small>
          </h1>
        </div>
        <div className="page-tools">
          <span className="muted hint">j / k 选择　回车打开</span>
          <Button icon={<ReloadOutlined />} loading={isReading} onClick={reload}>
            重新读取
          </Button>
        </div>
      </header>
      <section className="card panel" aria-label="等核查">
        <Table<CodeCase>
          className="choose"
          size="small"
          rowKey="caseNo"
          columns={columns}
          dataSource={[...of]}
          pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
          locale={{
            emptyText: (
              <div className="empty">没有等核查的疑点。居民说“不是我用的”，或同一个码离线用了两次，会出现在这里。</div>
            ),
          }}
          onRow={() => ({ onClick: openRow })}
        />
        <p className="muted under">最先到期的在最上面。期限是暂定的，没有查到规定这个期限的文件。</p>
      </section>
    </div>
  );
}

function Case({ found }: { found: CodeCase }) {
  const { caseNo, kind, words, name, unitName, filedOn, dueOn, state, uses } = found;
  const navigate = useNavigate();
  const [uphold, setUphold] = useState<boolean | null>(null);
  useKeys({ u: () => navigate("/credential-cases"), a: () => setUphold(true), r: () => setUphold(false) });
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <nav className="crumbs">
            <Link to="/credential-cases">用码疑点</Link>
          </nav>
          <h1>
            {name}：{caseKinds[kind]}
          </h1>
        </div>
      </header>
      <div className="split">
        <section className="card panel" aria-label="用码记录">
          <header className="panel-head">
            <h2>哪几次用码</h2>
          </header>
          <UsesTable uses={uses} empty="没有用码记录。" />
        </section>
        <section className="card panel said" aria-label="怎么回事">
          <h2>怎么回事</h2>
          {words ? <blockquote>{words}</blockquote> : <p className="muted">没有写说明。</p>}
          <dl className="facts">
            <Fact title="登记地">{unitName}</Fact>
            <Fact title="提出日">{dayShown(filedOn)}</Fact>
            <Fact title="期限">
              {dayShown(dueOn)} <b className="assumed">暂定</b>
            </Fact>
            <Fact title="现在">{caseStates[state].name}</Fact>
            <Fact title="核查编号">
              <span className="number">{caseNo}</span>
            </Fact>
          </dl>
        </section>
      </div>
      <footer className="card panel decision-bar bar">
        <span className="muted">核查结果和理由，居民都会看到。医保码不会自动恢复，由本人或窗口解除挂失。</span>
        <Button icon={<CloseOutlined />} onClick={() => setUphold(false)}>
          不属实 <kbd>r</kbd>
        </Button>
        <Button type="primary" icon={<CheckOutlined />} onClick={() => setUphold(true)}>
          属实 <kbd>a</kbd>
        </Button>
      </footer>
      {uphold !== null && <Answer found={found} uphold={uphold} close={() => setUphold(null)} />}
    </div>
  );
}

function Answer({ found: { caseNo, name }, uphold, close }: { found: CodeCase; uphold: boolean; close: () => void }) {
  const { message } = App.useApp();
  const navigate = useNavigate();
  const decide = useAct("credentials-agency.decide", ["credentials-agency.cases"]);
  return (
    <DecisionDialog
      title={`${name}的用码疑点${uphold ? "属实" : "不属实"}？`}
      will={
        uphold
          ? "记为属实，居民会收到结果。对机构怎么处理，另按协议办理；产生的费用由居民在“我的费用”里提出争议。"
          : "记为不属实，居民会收到结果和理由。"
      }
      reasons={uphold ? ["已和机构核实，不是本人使用", "两处同时使用，至少一处不是本人"] : ["已核对，是本人或家人使用"]}
      least={2}
      verb={uphold ? "属实" : "不属实"}
      isRefusal={!uphold}
      isPending={decide.isPending}
      error={decide.error}
      decide={(reason) =>
        decide.mutate(
          { params: { caseNo }, body: { uphold, reason } },
          {
            onSuccess: ({ state }) => {
              message.success(caseStates[state].name);
              close();
              navigate("/credential-cases");
            },
          },
        )
      }
      close={close}
    />
  );
}
