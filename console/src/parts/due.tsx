import { ClockCircleFilled, WarningFilled } from "@ant-design/icons";
import { type Day, daysBetween } from "../../../shared/day.ts";
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
