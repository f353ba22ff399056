import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { refundReasons } from "../../../../shared/contribution/refund.ts";
import { dayShown } from "../../../../shared/day.ts";
import { useAddress, useMe } from "../../desk.tsx";
import { useKeys } from "../../keyboard.ts";
import { Amount } from "../../parts/facts.tsx";
import { Waits } from "../../parts/waits.tsx";
import { Worklist } from "../../parts/worklist.tsx";
import { type Refund, RefundCase, RefundDecision } from "./case.tsx";
import { ProposalDialog } from "./proposal.tsx";
import "./refunds.css";

const tabs = {
  requested: {
    title: "居民申请",
    empty: "没有等审核的申请。居民在手机上申请退费以后，会出现在这里。",
    holds: ({ state, proposed }: Refund) => state === "requested" && !proposed,
  },
  proposed: {
    title: "经办提出",
    empty: "没有经办人员提出的退费。提出以后，由另一位经办人员在这里审核。",
    holds: ({ state, proposed }: Refund) => state === "requested" && proposed,
  },
  approved: {
    title: "退款中",
    empty: "没有正在退的钱。同意以后，钱退到账之前会在这里。",
    holds: ({ state }: Refund) => state === "approved",
  },
  failed: {
    title: "没退成",
    empty: "没有退不回去的钱。",
    holds: ({ state }: Refund) => state === "failed",
  },
} as const;
type Tab = keyof typeof tabs;

/** 退费 · what waits in the officer's unit to be decided, paid out or put right. */
export default function RefundsPage() {
  const me = useMe();
  const [, change] = useAddress();
  const [isProposing, setProposing] = useState(false);
  useKeys({ p: () => setProposing(true) });
  return (
    <>
      <Waits
        above="参保缴费"
        title="退费"
        read={["refunds-agency.worklist", { query: { unit: me.unit.code } }]}
        rowsOf={({ refunds }) => refunds}
        tabs={tabs}
        tools={
          <Button icon={<PlusOutlined />} onClick={() => setProposing(true)}>
            提出退费 <kbd>p</kbd>
          </Button>
        }
        hint={(tab) => `j / k 选择${tab === "requested" || tab === "proposed" ? "　a 同意　r 不同意" : ""}`}
      >
        {(tab, refunds) => <Cases key={tab} tab={tab} refunds={refunds} />}
      </Waits>
      {isProposing && (
        <ProposalDialog
          close={() => setProposing(false)}
          proposed={() => {
            setProposing(false);
            change({ show: "proposed" });
          }}
        />
      )}
    </>
  );
}

function Cases({ tab, refunds }: { tab: Tab; refunds: readonly Refund[] }) {
  const [at, setAt] = useState<string | null>(null);
  const [approve, setApprove] = useState<boolean | null>(null);
  const chosen = refunds.find(({ refundNo }) => refundNo === at) ?? refunds[0];
  const ask = (yes: boolean) => chosen?.state === "requested" && setApprove(yes);
  useKeys({ a: () => ask(true), r: () => ask(false) });
  return (
    <>
      <Worklist
        name={tabs[tab].title}
        items={refunds}
        keyOf={({ refundNo }) => refundNo}
        chosen={chosen}
        choose={setAt}
        empty={tabs[tab].empty}
        row={({ name, amount, reason, requestedOn, benefitYear }) => (
          <>
            <b>{name}</b>
            <Amount of={amount} />
            <span>
              {refundReasons[reason]}，{benefitYear}年度
            </span>
            <span className="muted">{dayShown(requestedOn)}</span>
          </>
        )}
      >
        {chosen && <RefundCase key={chosen.refundNo} refund={chosen} ask={ask} />}
      </Worklist>
      {chosen && approve !== null && (
        <RefundDecision refund={chosen} approve={approve} close={() => setApprove(null)} />
      )}
    </>
  );
}
