import { CheckCircleFilled, DisconnectOutlined, InfoCircleOutlined, WarningOutlined } from "@ant-design/icons";
import type { UseQueryResult } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import { Component, lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { Refused } from "../../shared/api/client.ts";
import { maySetTarget } from "./access.ts";
import { type Board, isFault } from "./api.ts";
import { useMe } from "./desk.tsx";
import { counted, type Figures, missing, money, percent, percentText, targetPercent } from "./figures.ts";

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

/** 金额 · ¥1,840.00, in figures of one width. */
export const Amount = ({ of }: { of: string }) => <span className="number">{money(of)}</span>;

/** One line of `dl.facts`: what it is, and what is known of it. */
export const Fact = ({ title, children }: { title: string; children: ReactNode }) => (
  <div>
    <dt>{title}</dt>
    <dd>{children}</dd>
  </div>
);

/** A no of the API, beside what it is a no to. */
export const Wrong = ({ error }: { error: Error | null }) =>
  error && (
    <p className="wrong" role="alert">
      {error.message}
    </p>
  );

/** A number that lights up for a moment when it changes: somebody has just paid. */
export function Figure({ value, name, children }: { value: number | string; name: string; children?: ReactNode }) {
  const before = useRef(value);
  const [changed, setChanged] = useState(false);
  useEffect(() => {
    if (before.current === value) return;
    before.current = value;
    setChanged(true);
    const timer = setTimeout(() => setChanged(false), 2_500);
    return () => clearTimeout(timer);
  }, [value]);
  return (
    <span className={changed ? "number changed" : "number"} data-figure={name}>
      {children ?? (typeof value === "number" ? counted(value) : money(value))}
    </span>
  );
}

/** Something to be told in the middle of the page: an icon, a sentence, and what to do now. */
export const Notice = ({
  icon = <InfoCircleOutlined />,
  sentence,
  children,
}: {
  icon?: ReactNode;
  sentence: string;
  children?: ReactNode;
}) => (
  <section className="notice" role="alert">
    <div className="notice-icon">{icon}</div>
    <h1 className="notice-sentence">{sentence}</h1>
    {children && <div className="notice-actions">{children}</div>}
  </section>
);

/** A no, or a failure. A refusal is told in the API's own words; only a failure is worth another try. */
export function Failure({ error, retry, children }: { error: Error; retry: () => void; children?: ReactNode }) {
  const offline = error instanceof Refused && error.status === 0;
  const fault = isFault(error);
  return (
    <Notice
      icon={offline ? <DisconnectOutlined /> : fault ? <WarningOutlined /> : <InfoCircleOutlined />}
      sentence={error instanceof Refused ? error.message : "页面出了点问题，请重试；如果一直这样，请拨打12393。"}
    >
      {fault ? (
        <>
          <Button type="primary" onClick={retry}>
            再试一次
          </Button>
          {children}
        </>
      ) : (
        children
      )}
    </Notice>
  );
}

/** Catches what broke a page, or a part of it that could not be fetched: told, and opened again at a press. */
export class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <Notice icon={<WarningOutlined />} sentence="这一页没有打开，可能是网络断了，也可能是系统刚刚更新过。">
        <Button type="primary" onClick={() => window.location.reload()}>
          重新打开
        </Button>
      </Notice>
    );
  }
}

/** What will be here, and why it is not yet. */
export const Empty = ({ children }: { children: ReactNode }) => <div className="empty">{children}</div>;

export const Waiting = ({ rows = 8 }: { rows?: number }) => (
  <div className="card waiting" aria-busy="true">
    <Skeleton active title={false} paragraph={{ rows }} />
  </div>
);

/** Says whether the numbers on the screen are of this moment, and of which moment where they are not. */
export function Live({ of: { dataUpdatedAt, failureCount, isError } }: { of: UseQueryResult }) {
  const stale = isError || failureCount > 0;
  const at = new Date(dataUpdatedAt).toLocaleTimeString("zh-CN", { hour12: false });
  return (
    <span className={stale ? "live stale" : "live"} role="status">
      {stale ? `连不上，正在重试。现在显示的是 ${at} 的数据` : "实时更新"}
    </span>
  );
}

const Chart = lazy(() => import("./chart.tsx"));

/** A chart, fetched when the first one is drawn. */
export const LazyChart = (props: Parameters<typeof Chart>[0]) => (
  <Suspense fallback={<div style={{ height: props.height }} aria-busy="true" />}>
    <Chart {...props} />
  </Suspense>
);
