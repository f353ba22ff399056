import { CheckOutlined, CloseOutlined } from "@ant-design/icons";
import type { UseQueryResult } from "@tanstack/react-query";
import { App, Button, type TableColumnsType } from "antd";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { caseKinds, caseStates } from "../../../../shared/credential/case.ts";
import { dayShown } from "../../../../shared/day.ts";
import { type Reply, useAct, useRead } from "../../api.ts";
import { useMe, useTitle } from "../../desk.tsx";
import { useKeys, useRowKeys } from "../../keyboard.ts";
import { DecisionDialog } from "../../parts/decision.tsx";
import { dueColumn } from "../../parts/due.tsx";
import { Fact } from "../../parts/facts.tsx";
import { Bar, Page } from "../../parts/page.tsx";
import { Failure, Notice, Waiting } from "../../parts/tell.tsx";
import { Cases, Reread, Stale } from "../../parts/waits.tsx";
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
  if (caseNo === undefined) return <List of={cases} rows={all} />;
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

function List({ of, rows }: { of: UseQueryResult; rows: readonly CodeCase[] }) {
  const me = useMe();
  useRowKeys();
  const columns: TableColumnsType<CodeCase> = [
    dueColumn(150),
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
    <Page
      above="医保码"
      title="用码疑点"
      small={me.unit.name}
      tools={
        <>
          <span className="muted hint">j / k 选择　回车打开</span>
          <Reread of={of} />
        </>
      }
    >
      <Stale of={of} />
      <section className="card panel" aria-label="等核查">
        <Cases<CodeCase>
          rowKey="caseNo"
          columns={columns}
          dataSource={rows}
          empty="没有等核查的疑点。居民说“不是我用的”，或同一个码离线用了两次，会出现在这里。"
        />
        <p className="muted under">最先到期的在最上面。期限是暂定的，没有查到规定这个期限的文件。</p>
      </section>
    </Page>
  );
}

function Case({ found }: { found: CodeCase }) {
  const { caseNo, kind, words, name, unitName, filedOn, dueOn, state, uses } = found;
  const navigate = useNavigate();
  const [uphold, setUphold] = useState<boolean | null>(null);
  useKeys({ u: () => navigate("/credential-cases"), a: () => setUphold(true), r: () => setUphold(false) });
  return (
    <Page above={<Link to="/credential-cases">用码疑点</Link>} title={`${name}：${caseKinds[kind]}`}>
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
      <Bar will="核查结果和理由，居民都会看到。医保码不会自动恢复，由本人或窗口解除挂失。">
        <Button icon={<CloseOutlined />} onClick={() => setUphold(false)}>
          不属实 <kbd>r</kbd>
        </Button>
        <Button type="primary" icon={<CheckOutlined />} onClick={() => setUphold(true)}>
          属实 <kbd>a</kbd>
        </Button>
      </Bar>
      {uphold !== null && <Answer found={found} uphold={uphold} close={() => setUphold(null)} />}
    </Page>
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
        // The case may be gone from what was read before the answer is here: the way back does not depend on it.
        void decide.mutateAsync({ params: { caseNo }, body: { uphold, reason } }).then(
          ({ state }) => {
            message.success(caseStates[state].name);
            close();
            navigate("/credential-cases");
          },
          () => {},
        )
      }
      close={close}
    />
  );
}
