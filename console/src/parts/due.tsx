import { ClockCircleFilled, WarningFilled } from "@ant-design/icons";
import type { TableColumnType } from "antd";
import { type Day, dayShown, daysBetween } from "../../../shared/day.ts";
import { useDesk } from "../desk.tsx";

/** 期限 · the last day of an answer, and how long that is from today. */
export function Due({ on }: { on: Day }) {
  const { today } = useDesk();
  const left = daysBetween(today, on);
  const look = left < 0 ? "stop" : left <= 3 ? "attention" : "other";
  return (
    <span className={`status ${look}`}>
      {left < 0 ? <WarningFilled /> : <ClockCircleFilled />}
      {left < 0 ? `超期 ${-left} 天` : left === 0 ? "今天到期" : `还有 ${left} 天`}
    </span>
  );
}

/** 期限 as a column of a list: how long is left, and the day itself. */
export const dueColumn = <R extends { readonly dueOn: Day | null }>(width: number): TableColumnType<R> => ({
  title: "期限",
  width,
  render: (_, { dueOn }) =>
    dueOn && (
      <>
        <Due on={dueOn} />
        <div className="muted">{dayShown(dueOn)}</div>
      </>
    ),
});
