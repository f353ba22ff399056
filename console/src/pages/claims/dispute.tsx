import { CheckOutlined, CloseOutlined, RollbackOutlined, UserAddOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";
import { Link, useLocation, useNavigate } from "react-router";
import { dayShown } from "../../../../shared/day.ts";
import {
  type DisputeEvent,
  disputeKinds,
  disputeStates,
  isOpen,
  remedies,
} from "../../../../shared/dispute/dispute.ts";
import { call, type Reply, useAct, useRead, useReread } from "../../api.ts";
import { useDesk, useTitle } from "../../desk.tsx";
import { money } from "../../figures.ts";
import { useKeys } from "../../keyboard.ts";
import { DecisionDialog } from "../../parts/decision.tsx";
import { Due } from "../../parts/due.tsx";
import { Fact } from "../../parts/facts.tsx";
import { Bar, Page } from "../../parts/page.tsx";
import { Failure, Waiting, Wrong } from "../../parts/tell.tsx";
import { WhoPaid } from "../../parts/who-paid.tsx";
import { ClaimFacts, ClaimHistory, Meaning } from "./facts.tsx";
import { ClaimLines } from "./lines.tsx";
import { ClaimSteps } from "./steps.tsx";
import { StateOf } from "./words.tsx";

type DisputeCase = Reply<"claims-agency.dispute">;

type Dispute = DisputeCase["dispute"];

/** 一个争议 · the claim at the left, what is said of it at the right, the decision below. */
export function DisputeView({ disputeNo }: { disputeNo: string }) {
  const found = useRead("claims-agency.dispute", { params: { disputeNo } });
  const { search } = useLocation();
  const back = { pathname: "/disputes", search };
  useTitle("争议");
  if (found.error && !found.data) {
    return (
      <Failure error={found.error} retry={() => void found.refetch()}>
        <Link className="button" to={back}>
          回到争议
        </Link>
      </Failure>
    );
  }
  if (!found.data) return <Waiting />;
  return <Case found={found.data} back={back} />;
}

function Case({ found, back }: { found: DisputeCase; back: { pathname: string; search: string } }) {
  const { dispute, claim, remedy } = found;
  const { message } = App.useApp();
  const navigate = useNavigate();
  const { today } = useDesk();
  const reread = useReread();
  const move = useMutation({
    mutationFn: (event: "take" | "hand-back") =>
      call(`claims-agency.${event}`, { params: { disputeNo: dispute.disputeNo } }),
    onSettled: () => reread(["claims-agency.dispute"]),
  });
  const [uphold, setUphold] = useState<boolean | null>(null);
  const { person, state, owner, dueOn } = dispute;
  const isOwn = state === "taken" && owner?.own === true;
  const mayHandBack = isOwn || (state === "taken" && today > dueOn);
  const go = (event: "take" | "hand-back") =>
    move.mutate(event, {
      onSuccess: () => message.success(event === "take" ? "已接手，由您答复" : "已放回，别人可以接手"),
    });
  useKeys({
    u: () => navigate(back),
    ...(state === "filed" && { t: () => go("take") }),
    ...(mayHandBack && { b: () => go("hand-back") }),
    ...(isOwn && { a: () => setUphold(true), r: () => setUphold(false) }),
  });
  return (
    <Page
      above={<Link to={back}>争议</Link>}
      title={`${person.name}：${disputeKinds[dispute.kind].name}`}
      number={person.identityNumber}
      tools={
        <>
          {isOpen(state) && <Due on={dueOn} />}
          <StateOf claim={{ state: claim.state, disputed: false }} />
          <span className="muted hint">u 回到争议</span>
        </>
      }
    >
      <div className="split">
        <div className="split-side">
          <Meaning claim={claim} />
          <ClaimFacts claim={claim} />
          <ClaimLines claim={claim} />
        </div>
        <div className="split-side">
          <Said dispute={dispute} />
          <WhoPaid paid={claim} />
          <ClaimHistory claim={claim} />
        </div>
      </div>
      <ClaimSteps claim={claim} />
      <Bar will={nextWords(dispute, remedy, today > dueOn)}>
        <Wrong error={move.error} />
        {mayHandBack && (
          <Button icon={<RollbackOutlined />} loading={move.isPending} onClick={() => go("hand-back")}>
            放回 <kbd>b</kbd>
          </Button>
        )}
        {isOwn && (
          <>
            <Button icon={<CloseOutlined />} onClick={() => setUphold(false)}>
              不成立 <kbd>r</kbd>
            </Button>
            <Button type="primary" icon={<CheckOutlined />} onClick={() => setUphold(true)}>
              成立 <kbd>a</kbd>
            </Button>
          </>
        )}
        {state === "filed" && (
          <Button type="primary" icon={<UserAddOutlined />} loading={move.isPending} onClick={() => go("take")}>
            接手 <kbd>t</kbd>
          </Button>
        )}
      </Bar>
      {uphold !== null && <Answer found={found} uphold={uphold} close={() => setUphold(null)} />}
    </Page>
  );
}

/** What an upheld dispute does to the claim, said beforehand. */
function willWords({ claim: { fundsTotal, total }, remedy, dispute: { kind } }: DisputeCase): string {
  if (kind === "amount")
    return `${money(total)}的这笔结算不会自动改动：由医院撤销以后重新结算，请在答复里写清楚要改什么。`;
  switch (remedy) {
    case "recovery":
      return "这笔费用已经和医院清算，不能撤销：答复里会说明由医保部门另行追回、更正。";
    case "correction":
      return "后面还有接着它累计结算的费用，不能直接撤销：答复里会说明由医保部门和医院逐笔更正。";
    default:
      return `另一位经办人员在“待复核”里同意以后，这笔结算撤销：${fundsTotal === "0.00" ? "" : `基金支付的 ${money(fundsTotal)} 冲回，`}年度累计退回到结算以前。撤销以后不能恢复，只能由医院重新结算。`;
  }
}

function nextWords({ state, owner, kind, outcome }: Dispute, remedy: DisputeCase["remedy"], isLate: boolean): string {
  if (state === "filed") return "接手以后由您答复；期限以前要答复居民。";
  if (state === "taken" && !owner?.own)
    return `由${owner?.name ?? "另一位经办人员"}处理。${isLate ? "已经超期，您可以放回以后接手。" : "超期以前只有接手的人能答复。"}`;
  if (state === "taken")
    return kind === "not-mine" && remedy === "reversed"
      ? "成立：另一位经办人员复核同意以后，撤销这笔结算。不成立：费用不变。居民都会看到您写的理由。"
      : "成立：按答复另行更正，这笔结算先不动。不成立：费用不变。居民都会看到您写的理由。";
  return outcome ? "已经答复，居民会收到消息。" : "居民自己撤回了，不用答复。";
}

const events: Readonly<Record<DisputeEvent, string>> = {
  take: "接手",
  "hand-back": "放回",
  uphold: "认定成立",
  reject: "认定不成立",
  withdraw: "居民撤回",
};

/** 居民怎么说 · the words of whoever filed it, and all that happened since. */
function Said({ dispute }: { dispute: Dispute }) {
  const { words, byGuardian, filedOn, dueOn, history, state, outcome, disputeNo } = dispute;
  return (
    <section className="card panel said" aria-label="居民怎么说">
      <h2>居民怎么说</h2>
      {words ? (
        <blockquote>{words}</blockquote>
      ) : (
        <p className="muted">没有写说明，只说{disputeKinds[dispute.kind].name}。</p>
      )}
      <dl className="facts">
        <Fact title="谁提的">{byGuardian ? "家人代提" : "本人"}</Fact>
        <Fact title="期限">
          {dayShown(dueOn)} <b className="assumed">暂定</b>
        </Fact>
        <Fact title="争议编号">
          <span className="number">{disputeNo}</span>
        </Fact>
      </dl>
      <ol className="history" aria-label="争议经过">
        <li>
          <b>{byGuardian ? "家人提出" : "本人提出"}</b>
          <div className="muted">{dayShown(filedOn)}</div>
        </li>
        {history.map(({ event, on, by }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what happened is only ever added to.
          <li key={i}>
            <b>
              {by}
              {events[event]}
            </b>
            <div className="muted">{dayShown(on)}</div>
          </li>
        ))}
        <li>
          <b>现在：{disputeStates[state].name}</b>
          {outcome && (
            <div>
              {outcome.reason}
              {outcome.remedy && <div className="muted">{remedies[outcome.remedy]}。</div>}
            </div>
          )}
        </li>
      </ol>
    </section>
  );
}

const agreeing = {
  "not-mine": ["已和医院核实，不是本人就诊", "凭证被他人使用，已经核实"],
  amount: ["金额有误，医院将撤销后重新结算", "身份或备案漏算，医院将重新结算"],
} as const;
const refusing = {
  "not-mine": ["已核对病历和签名，是本人就诊", "是家人用本人凭证办的，已和本人说明"],
  amount: ["已逐项核对，金额按规定计算无误", "有疑问的项目不在医保目录，按规定自付"],
} as const;

/** 答复争议 · says beforehand what each answer does. */
function Answer({ found, uphold, close }: { found: DisputeCase; uphold: boolean; close: () => void }) {
  const { message } = App.useApp();
  const { dispute } = found;
  const decide = useAct("claims-agency.decide", ["claims-agency.dispute", "proposals.list"]);
  return (
    <DecisionDialog
      title={`${dispute.person.name}的争议${uphold ? "成立" : "不成立"}？`}
      will={<p>{uphold ? willWords(found) : "费用不变。居民会看到您写的理由，还可以再次提出。"}</p>}
      reasons={(uphold ? agreeing : refusing)[dispute.kind]}
      least={4}
      verb={uphold ? (found.remedy === "reversed" ? "提出撤销结算" : "成立") : "不成立"}
      isRefusal={!uphold}
      isPending={decide.isPending}
      error={decide.error}
      decide={(reason) =>
        decide.mutate(
          { params: { disputeNo: dispute.disputeNo }, body: { uphold, reason } },
          {
            onSuccess: ({ state, outcome, proposed }) => {
              message.success(
                proposed
                  ? "已经提出撤销结算，等另一位经办人员复核"
                  : `${disputeStates[state].name}${outcome?.remedy ? `，${remedies[outcome.remedy]}` : ""}`,
              );
              close();
            },
          },
        )
      }
      close={close}
    />
  );
}
