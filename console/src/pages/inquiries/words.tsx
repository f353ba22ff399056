import {
  CheckCircleFilled,
  CloseCircleFilled,
  ExclamationCircleFilled,
  SolutionOutlined,
  StopFilled,
} from "@ant-design/icons";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { type Day, dayShown } from "../../../../shared/day.ts";
import { type Finding, findings, inquiryStates } from "../../../../shared/inquiry/inquiry.ts";
import { mayOpen } from "../../access.ts";
import type { Reply } from "../../api.ts";
import { useMe } from "../../desk.tsx";

/** 协查, as a line of the list. */
export type InquiryRow = Reply<"inquiries.list">["open"][number];
/** 协查, whole. */
export type Inquiry = Reply<"inquiries.one">;

/** What another page knows of the stay that is to be checked; `name` is shown and is no part of the address. */
export interface Doubted {
  readonly personNo: string;
  readonly name: string;
  readonly providerCode?: string;
  readonly providerName?: string;
  /** The destination that the provider lies in. */
  readonly place?: string;
  readonly from?: Day;
  readonly until?: Day;
  readonly amount?: string;
  readonly claimNo?: string;
  readonly filingNo?: string;
}

/** 发起协查 · for any page with a stay away on it; nothing where the officer's post does not ask. */
export function AskInquiry({ of: { name, ...known } }: { of: Doubted }) {
  const me = useMe();
  if (!mayOpen(me, "inquiries")) return null;
  const told = Object.entries(known).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return (
    <Link
      className="button"
      to={{ pathname: "/inquiries/new", search: `?${new URLSearchParams(told)}` }}
      state={{ name }}
    >
      <SolutionOutlined /> 发起协查
    </Link>
  );
}

const looks: Record<Finding, { look: string; icon: ReactNode }> = {
  confirmed: { look: "done", icon: <CheckCircleFilled /> },
  differs: { look: "attention", icon: <ExclamationCircleFilled /> },
  "no-such-stay": { look: "stop", icon: <CloseCircleFilled /> },
  "hospital-refused": { look: "stop", icon: <StopFilled /> },
};

/** 核查结果 · word, colour and icon. */
export const FindingShown = ({ finding }: { finding: Finding }) => (
  <span className={`status ${looks[finding].look}`}>
    {looks[finding].icon}
    {findings[finding].name}
  </span>
);

/** 现在怎样 · what was found, or who has it. */
export function StateShown({ inquiry: { state, finding, owner } }: { inquiry: InquiryRow }) {
  if (finding) return <FindingShown finding={finding} />;
  const { name } = inquiryStates[state];
  if (!owner || state !== "taken") return <span className={state === "withdrawn" ? "muted" : ""}>{name}</span>;
  return (
    <>
      {name}
      <div className="muted">{owner.own ? "我" : owner.name}</div>
    </>
  );
}

/** 2025年11月2日到11月9日. */
export function stayShown(from: Day, until: Day): string {
  if (from === until) return dayShown(from);
  const last = from.slice(0, 4) === until.slice(0, 4) ? dayShown(until).slice(5) : dayShown(until);
  return `${dayShown(from)}到${last}`;
}
