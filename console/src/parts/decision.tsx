import { Button, Input, Modal } from "antd";
import { type ReactNode, useState } from "react";
import { Wrong } from "./tell.tsx";

/** 同意、不同意 · a decision with its reason; says beforehand what will happen. Digits choose a usual reason. */
export function DecisionDialog({
  title,
  will,
  reasons,
  least,
  verb,
  isRefusal = false,
  isBarred = false,
  isPending,
  error,
  decide,
  close,
}: {
  title: string;
  will: ReactNode;
  reasons: readonly string[];
  /** So many characters a reason has at least. */
  least: number;
  verb: string;
  isRefusal?: boolean;
  /** There is nothing left to decide; what was written stays to be read. */
  isBarred?: boolean;
  isPending: boolean;
  error: Error | null;
  decide: (reason: string) => void;
  close: () => void;
}) {
  const [reason, setReason] = useState("");
  const isGood = !isBarred && reason.trim().length >= least;
  const submit = () => isGood && !isPending && decide(reason.trim());
  return (
    <Modal
      open
      title={title}
      okText={verb}
      cancelText="先不定"
      width={520}
      onOk={submit}
      onCancel={close}
      okButtonProps={{ disabled: !isGood, danger: isRefusal }}
      confirmLoading={isPending}
    >
      <div className="decision">
        <div>{will}</div>
        <label htmlFor="decision-reason">理由（会留下记录，至少{least}个字）</label>
        <div className="reasons">
          {reasons.map((one, i) => (
            <Button key={one} size="small" onClick={() => setReason(one)}>
              {one} <kbd>{i + 1}</kbd>
            </Button>
          ))}
        </div>
        <Input
          id="decision-reason"
          autoFocus
          maxLength={100}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          onPressEnter={submit}
          onKeyDown={(event) => {
            const usual = reason === "" && reasons[Number(event.key) - 1];
            if (!usual) return;
            event.preventDefault();
            setReason(usual);
          }}
        />
        <Wrong error={error} />
        <p className="muted">数字键选常用理由，回车确定，Esc 先不定。</p>
      </div>
    </Modal>
  );
}
