import { CheckOutlined, PhoneOutlined, RollbackOutlined, UndoOutlined, UserAddOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useState } from "react";
import { Link, useLocation, useNavigate } from "react-router";
import { dayShown } from "../../../../shared/day.ts";
import { callOutcomes, doubts, type InquiryEvent, inquiryStates, isOpen } from "../../../../shared/inquiry/inquiry.ts";
import { useRead } from "../../api.ts";
import { useTitle } from "../../desk.tsx";
import { useKeys } from "../../keyboard.ts";
import { DecisionDialog } from "../../parts/decision.tsx";
import { Due } from "../../parts/due.tsx";
import { Amount, Fact } from "../../parts/facts.tsx";
import { Bar, Page } from "../../parts/page.tsx";
import { Empty, Failure, Waiting, Wrong } from "../../parts/tell.tsx";
import { AnswerForm, type Draft, emptyDraft, faultOfDraft } from "./answer.tsx";
import { CallDialog } from "./call.tsx";
import { type InquiryMove, useInquiryMove } from "./move.ts";
import { FindingShown, type Inquiry, stayShown } from "./words.tsx";

/** 一个协查 · what is asked at the left, calls and answer at the right, what may be done below. */
export function InquiryView({ inquiryNo }: { inquiryNo: string }) {
  const found = useRead("inquiries.one", { params: { inquiryNo } });
  const { search } = useLocation();
  const back = { pathname: "/inquiries", search };
  useTitle("协查");
  if (found.error && !found.data) {
    return (
      <Failure error={found.error} retry={() => void found.refetch()}>
        <Link className="button" to={back}>
          回到协查
        </Link>
      </Failure>
    );
  }
  if (!found.data) return <Waiting />;
  return <Case inquiry={found.data} back={back} />;
}

const done: Record<InquiryMove["event"], string> = {
  take: "已接手，由您核查",
  "hand-back": "已放回，同事可以接手",
  "log-call": "电话已经记下",
  answer: "已答复",
  withdraw: "已撤回",
};

function Case({ inquiry, back }: { inquiry: Inquiry; back: { pathname: string; search: string } }) {
  const { inquiryNo, person, state, may, dueOn, asked } = inquiry;
  const { message } = App.useApp();
  const navigate = useNavigate();
  const move = useInquiryMove(inquiryNo);
  const [dialog, setDialog] = useState<"call" | "withdraw" | null>(null);
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(inquiry));
  const go = (asking: InquiryMove) =>
    move.mutate(asking, {
      onSuccess: () => {
        message.success(done[asking.event]);
        setDialog(null);
      },
    });
  const can = (event: InquiryEvent) => may.includes(event);
  const fault = faultOfDraft(draft, inquiry);
  const answer = () => {
    if (!fault && draft.finding && !move.isPending)
      go({ event: "answer", finding: draft.finding, answers: [...draft.answers], words: draft.words.trim() });
  };
  useKeys({
    u: () => navigate(back),
    ...(can("take") && { t: () => go({ event: "take" }) }),
    ...(can("hand-back") && { b: () => go({ event: "hand-back" }) }),
    ...(can("call") && { c: () => setDialog("call") }),
    ...(can("answer") && { a: answer }),
    ...(can("withdraw") && { w: () => setDialog("withdraw") }),
  });
  return (
    <Page
      above={<Link to={back}>协查</Link>}
      title={person.name}
      number={person.identityNumber}
      tools={
        <>
          {isOpen(state) && <Due on={dueOn} />}
          <b>{inquiryStates[state].name}</b>
          <span className="muted hint">u 回到协查</span>
        </>
      }
    >
      <div className="split">
        <div className="split-side">
          <Asked inquiry={inquiry} />
          <Questions inquiry={inquiry} />
          <Calls inquiry={inquiry} />
        </div>
        <div className="split-side">
          <Outcome inquiry={inquiry} />
          {can("answer") && <AnswerForm inquiry={inquiry} draft={draft} change={setDraft} />}
          <History inquiry={inquiry} />
        </div>
      </div>
      <Bar will={nextWords(inquiry)}>
        {dialog === null && <Wrong error={move.error} />}
        {can("withdraw") && (
          <Button icon={<UndoOutlined />} onClick={() => setDialog("withdraw")}>
            撤回协查 <kbd>w</kbd>
          </Button>
        )}
        {can("hand-back") && (
          <Button icon={<RollbackOutlined />} loading={move.isPending} onClick={() => go({ event: "hand-back" })}>
            放回 <kbd>b</kbd>
          </Button>
        )}
        {can("call") && (
          <Button icon={<PhoneOutlined />} onClick={() => setDialog("call")}>
            记一次电话 <kbd>c</kbd>
          </Button>
        )}
        {can("take") && (
          <Button
            type="primary"
            icon={<UserAddOutlined />}
            loading={move.isPending}
            onClick={() => go({ event: "take" })}
          >
            接手 <kbd>t</kbd>
          </Button>
        )}
        {can("answer") && (
          <Button
            type="primary"
            icon={<CheckOutlined />}
            disabled={fault !== null}
            title={fault ?? ""}
            loading={move.isPending}
            onClick={answer}
          >
            提交答复 <kbd>a</kbd>
          </Button>
        )}
      </Bar>
      {dialog === "call" && (
        <CallDialog
          inquiry={inquiry}
          isPending={move.isPending}
          error={move.error}
          log={(call) => go({ event: "log-call", ...call })}
          close={() => {
            move.reset();
            setDialog(null);
          }}
        />
      )}
      {dialog === "withdraw" && (
        <DecisionDialog
          title={`撤回对${person.name}这次住院的协查？`}
          will={
            <p>
              {asked.kind === "unit" ? `${asked.name}不用再查，会看到您写的理由。` : "不用再打电话核实。"}
              撤回以后不能恢复，要查就再发起一个。
            </p>
          }
          reasons={["已经自己查清楚了", "居民补来了原始票据", "发起时填错了，重新发起"]}
          least={4}
          verb="撤回协查"
          isRefusal
          isPending={move.isPending}
          error={move.error}
          decide={(reason) => go({ event: "withdraw", reason })}
          close={() => {
            move.reset();
            setDialog(null);
          }}
        />
      )}
    </Page>
  );
}

function nextWords({ side, state, owner, asked, may, overdue }: Inquiry): string {
  if (state === "answered") return "已经答复，双方都能看到结果。";
  if (state === "withdrawn") return "发起的一方撤回了，不用再查。";
  if (state === "calling") return "给系统外的机构或医院打电话，每次都记下来，问到以后写结果。";
  if (side === "sent")
    return state === "asked" ? `${asked.name}还没有人接手。` : `${asked.name}的${owner?.name ?? "经办人员"}正在核查。`;
  if (state === "asked") return may.includes("take") ? "接手以后由您核查、答复。" : "这是您自己发起的，要由同事核查。";
  if (owner?.own) return "核查以后在右边写结果；打过电话的，先记下来。";
  return `由${owner?.name ?? "同事"}核查。${overdue ? "已经超期，您可以放回以后接手。" : ""}`;
}

/** 查什么 · all that the agency that is asked is told of the person and the stay. */
function Asked({ inquiry }: { inquiry: Inquiry }) {
  const { person, provider, from, until, amount, claimNo, filingNo, doubts: why, askedBy, askedOn, dueOn } = inquiry;
  const { askingName, asked } = inquiry;
  return (
    <section className="card panel" aria-label="查什么">
      <h2>查什么</h2>
      <dl className="facts">
        <Fact title="谁">
          {person.name}　<span className="number">{person.identityNumber}</span>
        </Fact>
        <Fact title="医药机构">
          {provider.name}
          <div className="muted">
            {provider.place.name}
            {provider.code && <span className="number">　{provider.code}</span>}
          </div>
        </Fact>
        <Fact title="住院">{stayShown(from, until)}</Fact>
        <Fact title="总费用">{amount === null ? <span className="muted">不清楚</span> : <Amount of={amount} />}</Fact>
        <Fact title="为什么查">{why.map((one) => doubts[one]).join("、")}</Fact>
        {claimNo && (
          <Fact title="结算编号">
            <span className="number">{claimNo}</span>
          </Fact>
        )}
        {filingNo && (
          <Fact title="备案号">
            <span className="number">{filingNo}</span>
          </Fact>
        )}
        <Fact title="谁请查">
          {askingName}
          <div className="muted">
            {askedBy.name}
            {askedBy.own && "（我）"}
          </div>
        </Fact>
        <Fact title="请谁查">
          {asked.name}
          {asked.kind === "outside" && (
            <div className="muted">
              系统外的机构，电话 <span className="number">{asked.telephone}</span>
            </div>
          )}
        </Fact>
        <Fact title="发起和期限">
          {dayShown(askedOn)}发起，{dayShown(dueOn)}到期 <b className="assumed">暂定</b>
        </Fact>
      </dl>
    </section>
  );
}

/** 问什么 · each question, with its answer beside it once there is one. */
function Questions({ inquiry: { questions, answer } }: { inquiry: Inquiry }) {
  return (
    <section className="card panel" aria-label="问什么">
      <h2>问什么</h2>
      <ol className="inquiry-questions">
        {questions.map((question, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the questions of an inquiry never change.
          <li key={i}>
            {question}
            {answer?.answers[i] && <div className="inquiry-answered">{answer.answers[i]}</div>}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** 结果 · what was found, in a word and in a sentence, or why it was withdrawn. */
function Outcome({ inquiry: { answer, withdrawnFor } }: { inquiry: Inquiry }) {
  if (answer) {
    return (
      <section className="card panel said" aria-label="结果">
        <h2>结果</h2>
        <p className="inquiry-finding">
          <FindingShown finding={answer.finding} />
        </p>
        <blockquote>{answer.words}</blockquote>
        <p className="muted">
          {answer.by.name}，{dayShown(answer.on)}
        </p>
      </section>
    );
  }
  if (withdrawnFor === null) return null;
  return (
    <section className="card panel said" aria-label="撤回">
      <h2>已撤回</h2>
      <blockquote>{withdrawnFor}</blockquote>
    </section>
  );
}

/** 电话核实 · every call that was logged. */
function Calls({ inquiry: { calls, may } }: { inquiry: Inquiry }) {
  if (calls.length === 0 && !may.includes("call")) return null;
  return (
    <section className="card panel" aria-label="电话核实">
      <h2>
        电话核实<span className="aside">{calls.length}次</span>
      </h2>
      {calls.length === 0 && <Empty>还没有打过电话。打过以后按 c 记下来：找的谁，怎么说的。</Empty>}
      {calls.length > 0 && (
        <ol className="history">
          {calls.map(({ on, whom, outcome, words, by }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: calls are only ever added to.
            <li key={i}>
              <b>
                {whom}：<span className={outcome === "reached" ? "" : "wrong"}>{callOutcomes[outcome]}</span>
              </b>
              <div className="note">{words}</div>
              <div className="muted">
                {dayShown(on)}，{by.name}
              </div>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

const events: Readonly<Record<InquiryEvent, string>> = {
  take: "接手",
  "hand-back": "放回",
  call: "打了电话",
  answer: "答复",
  withdraw: "撤回",
};

function History({ inquiry: { history, askedBy, askedOn, state, inquiryNo } }: { inquiry: Inquiry }) {
  return (
    <section className="card panel" aria-label="经过">
      <h2>经过</h2>
      <ol className="history">
        <li>
          <b>{askedBy.name}发起</b>
          <div className="muted">{dayShown(askedOn)}</div>
        </li>
        {history.map(({ event, on, by }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what happened is only ever added to.
          <li key={i}>
            <b>
              {by.name}
              {events[event]}
            </b>
            <div className="muted">{dayShown(on)}</div>
          </li>
        ))}
        <li>
          <b>现在：{inquiryStates[state].name}</b>
          <div className="muted number">{inquiryNo}</div>
        </li>
      </ol>
    </section>
  );
}
