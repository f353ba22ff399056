import { CheckCircleFilled, ExclamationCircleFilled, RollbackOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import { careWords } from "../../../../shared/settlement/reading.ts";
import type { Reply } from "../../api.ts";

/** 费用, as a line of what was found. */
export type ClaimRow = Reply<"claims-agency.claims">["claims"][number];
/** 一笔费用, whole. */
export type ClaimPage = Reply<"claims-agency.claim">;

export const careName = (careType: ClaimRow["careType"]): string => careWords[careType] ?? careType;

/** 备案, as it counted for the claim. */
export const filingNames: Readonly<Record<ClaimPage["filing"], string>> = {
  none: "没有备案",
  "long-term": "长期异地居住",
  referral: "转诊转院",
  temporary: "临时外出",
  emergency: "急诊抢救",
};

const states: Readonly<Record<ClaimRow["state"], readonly [look: string, icon: ReactNode, word: string]>> = {
  settled: ["done", <CheckCircleFilled key="settled" />, "已结算"],
  reversed: ["other", <RollbackOutlined key="reversed" />, "已撤销"],
};

export const stateWord = (state: ClaimRow["state"]): string => states[state][2];

/** 结算状态 · the word with its colour and icon, and whether a dispute of it waits. */
export function StateOf({ claim: { state, disputed } }: { claim: Pick<ClaimRow, "state" | "disputed"> }) {
  const [look, icon, word] = states[state];
  return (
    <>
      <span className={`status ${look}`}>
        {icon} {word}
      </span>
      {disputed && (
        <div className="status attention">
          <ExclamationCircleFilled /> 争议中
        </div>
      )}
    </>
  );
}
