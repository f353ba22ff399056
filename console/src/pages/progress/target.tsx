import { App, InputNumber, Modal } from "antd";
import { useState } from "react";
import { useAct } from "../../api.ts";
import { counted, type Figures, missing, percentText, targetOf, targetPercent } from "../../figures.ts";
import type { Board } from "./board.ts";

/** Whose target is set, and where it stands now. */
export interface Targeted {
  readonly unit: Board["unit"];
  readonly figures: Figures;
  readonly target: string | null;
}

/** 下达目标 · sets the target of one unit below; says beforehand what it would mean. */
export function TargetDialog({
  of: { unit, figures, target },
  year,
  close,
}: {
  of: Targeted;
  year: number;
  close: () => void;
}) {
  const { message } = App.useApp();
  const save = useAct("progress.target", ["progress.board"]);
  const [percentage, setPercentage] = useState<number | null>(target === null ? null : targetPercent(target));
  const short = percentage === null ? null : missing(figures, targetOf(percentage));
  const submit = () => {
    if (percentage === null) return;
    save.mutate(
      { params: { unit: unit.code }, body: { year, target: targetOf(percentage) } },
      {
        onSuccess: () => {
          message.success(`${unit.name}${year}年度的参保目标是 ${percentage}%`);
          close();
        },
      },
    );
  };
  return (
    <Modal
      open
      title={`给${unit.name}下达${year}年度参保目标`}
      okText="下达目标"
      cancelText="取消"
      onOk={submit}
      onCancel={close}
      okButtonProps={{ disabled: percentage === null }}
      confirmLoading={save.isPending}
      width={460}
    >
      <p>
        现在参保率 {percentText(figures.enrolled, figures.should)}（{counted(figures.enrolled)} /{" "}
        {counted(figures.should)} 人），
        {target === null ? "还没有下达过目标。" : `目标 ${targetPercent(target)}%。`}
      </p>
      <label htmlFor="target">参保率目标</label>
      <InputNumber
        id="target"
        autoFocus
        className="target-field"
        value={percentage}
        min={0.01}
        max={100}
        precision={2}
        suffix="%"
        onChange={setPercentage}
        onPressEnter={submit}
      />
      <p className="muted" role="status">
        {short === null
          ? "请填 0.01 到 100 之间的数。"
          : short === 0
            ? "按这个目标，现在已经达标。"
            : `按这个目标，还差 ${counted(short)} 人。`}
      </p>
      {save.error && (
        <p className="wrong" role="alert">
          {save.error.message}
        </p>
      )}
    </Modal>
  );
}
