import { CheckOutlined, CloseOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useState } from "react";
import type { EndpointName } from "../../../../shared/api/endpoints.ts";
import { dayShown } from "../../../../shared/day.ts";
import { type Reply, useAct } from "../../api.ts";
import { useKeys } from "../../keyboard.ts";
import { DecisionDialog } from "../../parts/decision.tsx";
import { Due } from "../../parts/due.tsx";
import { Fact } from "../../parts/facts.tsx";
import { momentShown } from "../../parts/moment.ts";
import { Wrong } from "../../parts/tell.tsx";
import { Waits } from "../../parts/waits.tsx";
import { Worklist } from "../../parts/worklist.tsx";

type Proposal = Reply<"proposals.list">["proposals"][number];

const tabs = {
  others: {
    title: "等您复核",
    empty: "没有等您复核的。别的经办人员提出要两个人办的事以后，会出现在这里。",
    holds: ({ mine }: Proposal) => !mine,
  },
  mine: {
    title: "您提出的",
    empty: "没有您提出的、还在等复核的事。",
    holds: ({ mine }: Proposal) => mine,
  },
} as const;
type Tab = keyof typeof tabs;

/** What may have changed with an answer. */
const stale = [
  "proposals.list",
  "providers.list",
  "providers.one",
  "payments.suspense",
  "payments.switches",
  "claims-agency.disputes",
] as const satisfies readonly EndpointName[];

/** 待复核 · what another officer proposed, with what would change; it counts once somebody else agrees. */
export default function ProposalsPage() {
  return (
    <Waits
      above="复核"
      title="待复核"
      read={["proposals.list", {}]}
      rowsOf={({ proposals }) => proposals}
      tabs={tabs}
      hint={(tab) => `j / k 选择${tab === "others" ? "　a 同意　r 退回" : "　r 撤下"}`}
    >
      {(tab, proposals) => <Proposals key={tab} tab={tab} proposals={proposals} />}
    </Waits>
  );
}

function Proposals({ tab, proposals }: { tab: Tab; proposals: readonly Proposal[] }) {
  const { message } = App.useApp();
  const answer = useAct("proposals.answer", stale);
  const [at, setAt] = useState<string | null>(null);
  const [isGivingBack, setGivingBack] = useState(false);
  const chosen = proposals.find(({ proposalNo }) => proposalNo === at) ?? proposals[0];
  const agree = () => {
    if (!chosen || chosen.mine || answer.isPending) return;
    const { proposalNo, what } = chosen;
    answer.mutate(
      { params: { proposalNo }, body: { accept: true } },
      { onSuccess: () => message.success(`${what}：已经生效`) },
    );
  };
  useKeys({ a: agree, r: () => chosen && setGivingBack(true) });
  return (
    <>
      <Worklist
        name={tabs[tab].title}
        items={proposals}
        keyOf={({ proposalNo }) => proposalNo}
        chosen={chosen}
        choose={setAt}
        empty={tabs[tab].empty}
        row={({ title, what, by, until }) => (
          <>
            <b>{title}</b>
            <Due on={until} />
            <span>{what}</span>
            <span className="muted">{by}</span>
          </>
        )}
      >
        {chosen && (
          <section className="card panel case" aria-label="提议">
            <h2>{chosen.title}</h2>
            <ProposalFacts proposal={chosen} />
            <Wrong error={answer.error} />
            <footer className="decision-bar">
              <span className="muted">
                {chosen.mine
                  ? "这是您提出的，要由另一位经办人员同意；您可以撤下。"
                  : "核对过再定。同意后马上照下面写的办；退回后什么都不变。"}
              </span>
              <Button icon={<CloseOutlined />} onClick={() => setGivingBack(true)}>
                {chosen.mine ? "撤下" : "退回"} <kbd>r</kbd>
              </Button>
              {!chosen.mine && (
                <Button type="primary" icon={<CheckOutlined />} loading={answer.isPending} onClick={agree}>
                  同意 <kbd>a</kbd>
                </Button>
              )}
            </footer>
          </section>
        )}
      </Worklist>
      {chosen && isGivingBack && <GiveBack proposal={chosen} close={() => setGivingBack(false)} />}
    </>
  );
}

/** What would change: as it is, and as it would be. */
function ProposalFacts({ proposal: { what, changes, reason, by, at, until } }: { proposal: Proposal }) {
  return (
    <>
      <dl className="facts">
        <Fact title="什么事">{what}</Fact>
        <Fact title="谁提出的">
          {by}
          <div className="muted">{momentShown(at)}</div>
        </Fact>
        <Fact title="理由">{reason}</Fact>
        <Fact title="过期作废">
          {dayShown(until)}后 <b className="assumed">暂定</b>
        </Fact>
      </dl>
      <h3>会改什么</h3>
      <dl className="facts" aria-label="会改什么">
        {changes.map(({ name, before, after }) => (
          <Fact key={name} title={name}>
            {before !== null && (
              <>
                <del>{before}</del> →{" "}
              </>
            )}
            <b>{after ?? "没有了"}</b>
          </Fact>
        ))}
      </dl>
    </>
  );
}

function GiveBack({ proposal, close }: { proposal: Proposal; close: () => void }) {
  const { message } = App.useApp();
  const answer = useAct("proposals.answer", stale);
  const verb = proposal.mine ? "撤下" : "退回";
  const { proposalNo, title, what } = proposal;
  return (
    <DecisionDialog
      title={`${verb}：${title}？`}
      will={<p>{what}：什么都不变。要办可以重新提出。</p>}
      reasons={proposal.mine ? ["填错了，重新提出"] : ["和材料不一致", "情况已经变了"]}
      least={2}
      verb={verb}
      isRefusal
      isPending={answer.isPending}
      error={answer.error}
      decide={(reason) =>
        answer.mutate(
          { params: { proposalNo }, body: { accept: false, reason } },
          {
            onSuccess: () => {
              message.success(`已经${verb}`);
              close();
            },
          },
        )
      }
      close={close}
    />
  );
}
