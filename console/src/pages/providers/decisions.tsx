import { App } from "antd";
import { type ReactNode, useState } from "react";
import { type Day, dayOf, yearOf } from "../../../../shared/day.ts";
import type { ProviderEvent } from "../../../../shared/provider/agreement.ts";
import { useDesk } from "../../desk.tsx";
import { DayPicker, picked } from "../../parts/calendar.ts";
import { DecisionDialog } from "../../parts/decision.tsx";
import { type ProviderMove, useProviderMove } from "./move.ts";
import { type Provider, stateName } from "./words.tsx";

interface Words {
  readonly verb: string;
  readonly will: string;
  readonly reasons: readonly string[];
  readonly isRefusal?: boolean;
}

const words: Partial<Record<ProviderEvent, Words>> = {
  evaluate: {
    verb: "评估通过",
    will: "转给另一位经办人员决定。您评估以后，不能再决定这一家。",
    reasons: ["现场考察合格，材料齐全", "符合定点条件"],
  },
  approve: {
    verb: "同意定点",
    will: "协议在下面的日期内生效，期间可以结算；要给它发放密钥，它的系统才能接入。",
    reasons: ["评估合格，同意定点"],
  },
  refuse: {
    verb: "不通过",
    will: "这次申请结束。机构可以整改以后重新申请。",
    reasons: ["不符合定点条件", "材料不实", "现场考察不合格"],
    isRefusal: true,
  },
  withdraw: { verb: "撤回申请", will: "这次申请结束，可以重新申请。", reasons: ["机构自愿撤回"], isRefusal: true },
  suspend: {
    verb: "中止协议",
    will: "从今天起不能结算新的费用，直到恢复。密钥不变。",
    reasons: ["违反服务协议，整改期间中止", "机构申请暂停服务", "停业装修"],
    isRefusal: true,
  },
  resume: {
    verb: "提出恢复协议",
    will: "另一位经办人员在“待复核”里同意以后，从同意那天起可以照常结算。",
    reasons: ["整改完成，验收合格", "恢复营业"],
  },
  end: {
    verb: "解除协议",
    will: "从今天起不再是定点机构，不能撤销；再次定点要重新申请、评估和决定。",
    reasons: ["机构注销", "严重违反服务协议", "协商解除"],
    isRefusal: true,
  },
};

/** 办理协议 · says beforehand what will happen; the reason is kept. */
export function AgreementDecision({
  provider,
  event,
  close,
}: {
  provider: Provider;
  event: ProviderEvent;
  close: () => void;
}) {
  const { message } = App.useApp();
  const { today } = useDesk();
  const move = useProviderMove(provider.code);
  // An agreement that was imported has its own period; nobody chooses it.
  const imported = provider.history[0]?.event === "takeover" ? provider.agreement : null;
  const [from, setFrom] = useState<Day>(imported?.from ?? today);
  const [until, setUntil] = useState<Day>(imported?.until ?? dayOf(yearOf(today) + 1, 12, 31));
  const said = words[event];
  if (!said) return null;
  return (
    <DecisionDialog
      title={`${said.verb}：${provider.name}？`}
      will={
        <>
          <p>{said.will}</p>
          {event === "approve" && <Period from={from} until={until} setFrom={setFrom} setUntil={setUntil} />}
        </>
      }
      reasons={said.reasons}
      least={2}
      verb={said.verb}
      isRefusal={said.isRefusal ?? false}
      isPending={move.isPending}
      error={move.error}
      decide={(reason) =>
        move.mutate(moveOf(provider, event, reason, { from, until }), {
          onSuccess: (reply) => {
            message.success(
              "agreement" in reply
                ? `${reply.name}：${stateName(reply.agreement.state)}`
                : `${provider.name}：已经提出，等另一位经办人员复核`,
            );
            close();
          },
        })
      }
      close={close}
    />
  );
}

function moveOf(
  { version, agreement }: Provider,
  event: ProviderEvent,
  reason: string,
  period: { from: Day; until: Day },
): ProviderMove {
  const said = { reason, version };
  switch (event) {
    case "evaluate":
      return { event, pass: true, ...said };
    case "approve":
      return { event: "decide", approve: true, ...period, ...said };
    case "refuse":
      return agreement.state === "applied"
        ? { event: "evaluate", pass: false, ...said }
        : { event: "decide", approve: false, ...said };
    case "withdraw":
    case "suspend":
    case "resume":
    case "end":
      return { event, ...said };
    default:
      throw new Error(`${event} is no decision`);
  }
}

function Period(props: {
  from: Day;
  until: Day;
  setFrom: (day: Day) => void;
  setUntil: (day: Day) => void;
}): ReactNode {
  return (
    <div className="fields">
      <span>
        <label htmlFor="agreement-from">协议开始</label>
        <DayPicker
          id="agreement-from"
          allowClear={false}
          value={picked(props.from)}
          onChange={(day) => day && props.setFrom(day.on)}
        />
      </span>
      <span>
        <label htmlFor="agreement-until">协议结束（含当天）</label>
        <DayPicker
          id="agreement-until"
          allowClear={false}
          value={picked(props.until)}
          onChange={(day) => day && props.setUntil(day.on)}
        />
      </span>
    </div>
  );
}
