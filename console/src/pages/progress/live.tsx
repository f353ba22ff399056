import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { counted, money } from "../../figures.ts";

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
