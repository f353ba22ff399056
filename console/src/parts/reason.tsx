import { AutoComplete } from "antd";

/** 理由 · why somebody's data is looked at: written, or one of the usual ones; at least four characters. */
export const Reason = ({
  value,
  change,
  usual,
}: {
  value: string;
  change: (reason: string) => void;
  usual: readonly string[];
}) => (
  <span className="wide">
    <label htmlFor="look-reason">为什么要查（会留下记录，至少4个字）</label>
    <AutoComplete
      id="look-reason"
      value={value}
      options={usual.map((one) => ({ value: one }))}
      onChange={change}
      placeholder="写一句，或选一个常用的"
    />
  </span>
);
