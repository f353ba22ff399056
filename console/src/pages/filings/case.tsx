import { CheckOutlined, CloseOutlined, PrinterOutlined, RollbackOutlined, StopOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type ReactNode, useEffect, useState } from "react";
import { Link, useLocation, useNavigate } from "react-router";
import { dayShown } from "../../../../shared/day.ts";
import { isInForce } from "../../../../shared/filing/filing.ts";
import { mayReviewFilings } from "../../access.ts";
import { useRead } from "../../api.ts";
import { useMe, useTitle } from "../../desk.tsx";
import { useKeys } from "../../keyboard.ts";
import { Due } from "../../parts/due.tsx";
import { Fact } from "../../parts/facts.tsx";
import { Bar, Page } from "../../parts/page.tsx";
import { Failure, Waiting } from "../../parts/tell.tsx";
import { AskInquiry, type Doubted } from "../inquiries/words.tsx";
import { FilingDecisionDialog, type Verdict } from "./decisions.tsx";
import { FilingEvidence } from "./evidence.tsx";
import { FilingHistory } from "./history.tsx";
import { FilingSlip } from "./slip.tsx";
import {
  daysWords,
  type Filing,
  type FilingCase,
  FilingLines,
  FilingRules,
  FilingStateOf,
  kindWords,
  PersonFacts,
  waitsWords,
} from "./words.tsx";

type Below = "filings" | "filing-find";
const lists: Readonly<Record<Below, string>> = { filings: "备案待办", "filing-find": "备案查询" };

/** 一个备案 · the evidence at the left, the form and what happened at the right, the decision below. */
export function FilingView({ personNo, filingNo, below }: { personNo: string; filingNo: string; below: Below }) {
  const found = useRead("filings-agency.one", { params: { personNo, filingNo } });
  const { search } = useLocation();
  const back = { pathname: `/${below}`, search };
  useTitle("异地就医备案");
  if (found.error && !found.data) {
    return (
      <Failure error={found.error} retry={() => void found.refetch()}>
        <Link className="button" to={back}>
          回到{lists[below]}
        </Link>
      </Failure>
    );
  }
  if (!found.data) return <Waiting />;
  return <Case found={found.data} below={below} back={back} />;
}

/** The filings of the list that this one was opened from, so that the next one is one key away. */
function useNext(personNo: string, filingNo: string): { next: string | null; go: (() => void) | null } {
  const navigate = useNavigate();
  const { state, search } = useLocation();
  const queue: readonly string[] = (state as { queue?: string[] } | null)?.queue ?? [];
  const at = queue.indexOf(`/filings/${personNo}/${filingNo}`);
  const next = at === -1 ? null : (queue[at + 1] ?? null);
  return { next, go: next === null ? null : () => navigate({ pathname: next, search }, { state, replace: true }) };
}

function Case({ found, below, back }: { found: FilingCase; below: Below; back: { pathname: string; search: string } }) {
  const { filing, options, others } = found;
  const navigate = useNavigate();
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [slip, setSlip] = useState<ReactNode>(null);
  const { go } = useNext(filing.person.personNo, filing.filingNo);
  const may = verdictsOf(filing, mayReviewFilings(useMe()));
  const print = () => setSlip(<FilingSlip key={Date.now()} filing={filing} />);
  // The slip must stand on the page before the printer's dialog opens.
  useEffect(() => {
    if (slip) window.print();
  }, [slip]);
  useKeys({
    u: () => navigate(back),
    p: print,
    ...(go && { n: go }),
    ...Object.fromEntries(may.map((one) => [verdicts[one].key, () => setVerdict(one)])),
  });
  return (
    <>
      <Page
        above={<Link to={back}>{lists[below]}</Link>}
        title={`${filing.person.name}：${filing.destination.name}`}
        small={filing.kindName}
        tools={
          <>
            {filing.waits && filing.dueOn && <Due on={filing.dueOn} />}
            <FilingStateOf of={filing} />
            <span className="muted hint">u 回到{lists[below]}</span>
          </>
        }
        onScreenOnly={slip ? "page" : false}
      >
        <div className="split">
          <div className="split-side">
            <FilingEvidence filing={filing} options={options} />
            <section className="card panel" aria-label="规定">
              <header className="panel-head">
                <h2>按什么规定</h2>
              </header>
              <FilingRules options={options} kind={filing.kind} />
            </section>
          </div>
          <div className="split-side">
            <Form found={found} />
            <FilingHistory of={filing} />
            <section className="card panel" aria-label="这个人别的备案">
              <h2>这个人别的备案</h2>
              {others.length === 0 ? (
                <p className="muted">没有别的备案。</p>
              ) : (
                <FilingLines filings={others} below={below} />
              )}
            </section>
          </div>
        </div>
        <Bar will={barWords(filing, may)}>
          <Button icon={<PrinterOutlined />} onClick={print}>
            回执单 <kbd>p</kbd>
          </Button>
          <AskInquiry of={doubted(filing)} />
          {go && (
            <Button onClick={go}>
              下一个 <kbd>n</kbd>
            </Button>
          )}
          {may.map((one) => (
            <Button
              key={one}
              icon={verdicts[one].icon}
              type={one === "approve" ? "primary" : "default"}
              danger={one === "revoke"}
              onClick={() => setVerdict(one)}
            >
              {filing.waits === "proof" && one === "approve" ? "收下证明" : verdicts[one].word}{" "}
              <kbd>{verdicts[one].key}</kbd>
            </Button>
          ))}
        </Bar>
        {verdict && <FilingDecisionDialog found={found} verdict={verdict} may={may} close={() => setVerdict(null)} />}
      </Page>
      {slip}
    </>
  );
}

/** What an officer can say of a filing, by its key; the one that agrees stands last. */
const verdicts: Readonly<Record<Verdict, { word: string; key: string; icon: ReactNode }>> = {
  revoke: { word: "撤销", key: "v", icon: <StopOutlined /> },
  refuse: { word: "不予备案", key: "f", icon: <CloseOutlined /> },
  return: { word: "退回补正", key: "r", icon: <RollbackOutlined /> },
  approve: { word: "同意", key: "a", icon: <CheckOutlined /> },
};

function verdictsOf({ own, state, waits }: Filing, mayReview: boolean): Verdict[] {
  if (!mayReview || own) return [];
  return [
    ...(isInForce(state) ? (["revoke"] as const) : []),
    ...(waits === "application" ? (["refuse"] as const) : []),
    ...(waits === null ? [] : (["return", "approve"] as const)),
  ];
}

/** What the bar offers, and what will come of it. */
function barWords({ own, waits, state, stateName }: Filing, may: readonly Verdict[]): string {
  if (waits && own) return "这个备案是您代办的，要由另一位经办人员审核。";
  if (waits === "application" && may.length > 0)
    return "同意：马上生效。退回：本人改好再提交。不予：到此为止。本人都会收到消息。";
  if (waits === "proof" && may.length > 0)
    return "收下：接着有效。退回：先不停，重新补交。撤销：今天停止。本人都会收到消息。";
  if (waits) return "等经办人员审核。您的岗位不能审核备案。";
  if (isInForce(state) && may.length > 0) return "正在生效，不用审核。发现备案不属实的，可以撤销。";
  return `现在是${stateName}，不用办理。`;
}

/** What an inquiry into a filing begins with. */
const doubted = ({ person: { personNo, name }, filingNo, destination, from }: Filing): Doubted => ({
  personNo,
  name,
  filingNo,
  from,
  place: destination.code,
});

const consents = { family: "亲情账户", code: "本人念了验证码", paper: "本人签了委托书" } as const;

/** 备案内容 · the form as it was filled in. */
function Form({ found: { filing, options } }: { found: FilingCase }) {
  const kind = options.kinds.find((one) => one.kind === filing.kind);
  const { agent, waits, dueOn, proofBy, proofGiven, mend, reason } = filing;
  return (
    <section className="card panel" aria-label="备案内容">
      <h2>备案内容</h2>
      <PersonFacts person={filing.person} options={options} />
      <dl className="facts">
        <Fact title="人员类别">
          <b>{filing.kindName}</b>
          {kind && <div className="muted">{kind.who}</div>}
        </Fact>
        <Fact title="就医地">
          <b>{filing.destination.name}</b>
        </Fact>
        <Fact title="什么时候">
          {daysWords(filing)}
          {filing.late && <div className="status attention">补办：从填写以前的日子算起，用于还没有出院结算的</div>}
        </Fact>
        {kind && <Fact title="这一类要什么">{kindWords(kind).join("；")}</Fact>}
        <Fact title="谁办的">
          {agent ? `${agent.name}代办，${consents[agent.consent]}同意` : "本人"}
          <div className="muted">{dayShown(filing.filedOn)}填写</div>
        </Fact>
        {waits && (
          <Fact title="等什么">
            {waitsWords[waits]}
            {dueOn && <div className="muted">最晚{dayShown(dueOn)}要有结果</div>}
          </Fact>
        )}
        {proofBy !== null && !proofGiven && <Fact title="补交证明">{dayShown(proofBy)}以前</Fact>}
        {mend.length > 0 && (
          <Fact title="要补正的">
            <ol className="filing-mend">
              {mend.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ol>
          </Fact>
        )}
        {reason && <Fact title="理由">{reason}</Fact>}
        <Fact title="备案号">
          <span className="number">{filing.filingNo}</span>
        </Fact>
      </dl>
    </section>
  );
}
