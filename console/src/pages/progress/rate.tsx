import { CheckCircleFilled } from "@ant-design/icons";
import { maySetTarget } from "../../access.ts";
import { useMe } from "../../desk.tsx";
import { counted, type Figures, missing, percent, percentText, targetPercent } from "../../figures.ts";
import type { Board } from "./board.ts";

/** 参保率 · how full a unit is, with a mark where its target is; the words beside it say the same. */
export function RateBar({ figures, target }: { figures: Figures; target: string | null }) {
  const rate = percent(figures.enrolled, figures.should);
  const goal = target === null ? null : targetPercent(target);
  const reached = target !== null && figures.should > 0 && missing(figures, target) === 0;
  return (
    <span className="rate-bar" aria-hidden="true">
      <span className={reached ? "rate-fill reached" : "rate-fill"} style={{ width: `${rate}%` }} />
      {goal !== null && <span className="rate-mark" style={{ left: `${goal}%` }} />}
    </span>
  );
}

/** 参保率 as a bar and in figures. */
export const Rate = ({ figures, target }: { figures: Figures; target: string | null }) => (
  <span className="rate">
    <RateBar figures={figures} target={target} />
    <span className="number">{percentText(figures.enrolled, figures.should)}</span>
  </span>
);

/** 目标 · in percent; who may set it presses it. */
export function Target({ of: { unit, target }, set }: { of: Pick<Board, "unit" | "target">; set: () => void }) {
  const shown = target === null ? null : `${targetPercent(target)}%`;
  if (!maySetTarget(useMe(), unit.code)) return <span className="number">{shown ?? "—"}</span>;
  return (
    <button
      type="button"
      className="number plain"
      title="下达目标"
      aria-label={`给${unit.name}下达目标，现在${shown ?? "没有目标"}`}
      onClick={set}
    >
      {shown ?? "下达"}
    </button>
  );
}

/** 距目标 · in words: reached, so many short, or nobody set one. */
export function Distance({ figures, target }: { figures: Figures; target: string | null }) {
  if (target === null) return <span className="muted">没有目标</span>;
  if (figures.should === 0) return <span className="muted">—</span>;
  const short = missing(figures, target);
  return short === 0 ? (
    <span className="reached-word">
      <CheckCircleFilled /> 已达标
    </span>
  ) : (
    <span className="number">差 {counted(short)} 人</span>
  );
}
