import { CheckCircleFilled, ClockCircleFilled, ExclamationCircleFilled, IdcardOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import type { Asked } from "../../../../shared/api/endpoint.ts";
import type { Endpoints } from "../../../../shared/api/endpoints.ts";
import type { Reply } from "../../api.ts";

/** 名单 of one village. */
export type Names = Reply<"progress.names">;
export type Villager = Names["people"][number];
/** 走访结果. */
export type VisitOutcome = Asked<Endpoints["progress.visit"]>["body"]["outcome"];

/** 走访结果 · what was found at the door, in words; keys 1–5 choose them in this order. */
export const outcomes: Record<VisitOutcome, string> = {
  "will-pay": "答应缴费",
  "paid-elsewhere": "已在别处参保",
  away: "外出不在家",
  unwilling: "不愿参保",
  "not-found": "找不到人",
};

/** The word for an outcome that the API tells. */
export const outcomeText = (outcome: string): string => outcomes[outcome as VisitOutcome] ?? outcome;

const statuses: Record<Villager["status"], { word: string; tone: string; icon: ReactNode }> = {
  enrolled: { word: "已参保", tone: "done", icon: <CheckCircleFilled /> },
  "not-yet": { word: "未缴", tone: "attention", icon: <ClockCircleFilled /> },
  lapsed: { word: "断保", tone: "stop", icon: <ExclamationCircleFilled /> },
  employee: { word: "职工医保", tone: "other", icon: <IdcardOutlined /> },
};

/** "断保，上次参保2023年" */
export const statusText = ({ status, lastCovered }: Villager): string =>
  status === "lapsed" && lastCovered !== null
    ? `${statuses.lapsed.word}，上次参保${lastCovered}年`
    : statuses[status].word;

/** 状态 · an icon and a word, never a colour alone; of a lapsed person the last year of cover too. */
export function Status({ of: { status, lastCovered } }: { of: Villager }) {
  const { word, tone, icon } = statuses[status];
  return (
    <>
      <span className={`status ${tone}`}>
        {icon} {word}
      </span>
      {status === "lapsed" && lastCovered !== null && <div className="muted">上次{lastCovered}年</div>}
    </>
  );
}

/** 户 · the members of each household, the head first. */
export function householdsOf(people: readonly Villager[]): Map<string, Villager[]> {
  const households = new Map<string, Villager[]>();
  for (const one of people) {
    const members = households.get(one.household);
    if (members) members.push(one);
    else households.set(one.household, [one]);
  }
  for (const members of households.values()) members.sort((a, b) => Number(b.head) - Number(a.head));
  return households;
}
