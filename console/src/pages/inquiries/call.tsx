import { Input, Modal, Radio } from "antd";
import { useState } from "react";
import type { Day } from "../../../../shared/day.ts";
import { type CallOutcome, callOutcomeNames, callOutcomes } from "../../../../shared/inquiry/inquiry.ts";
import { useDesk } from "../../desk.tsx";
import { DayPicker, picked } from "../../parts/calendar.ts";
import { Wrong } from "../../parts/tell.tsx";
import type { InquiryMove } from "./move.ts";
import type { Inquiry } from "./words.tsx";

type Call = Omit<Extract<InquiryMove, { event: "log-call" }>, "event">;

/** 记一次电话 · when, with whom, how it ended and what was said. */
export function CallDialog({
  inquiry: { askedOn, asked },
  isPending,
  error,
  log,
  close,
}: {
  inquiry: Inquiry;
  isPending: boolean;
  error: Error | null;
  log: (call: Call) => void;
  close: () => void;
}) {
  const { today } = useDesk();
  // One dialog, one call: pressed twice it is logged once.
  const [requestNo] = useState(() => crypto.randomUUID());
  const [on, setOn] = useState<Day>(today);
  const [whom, setWhom] = useState("");
  const [outcome, setOutcome] = useState<CallOutcome>("reached");
  const [words, setWords] = useState("");
  const isGood = whom.trim().length >= 2 && words.trim().length >= 2;
  const submit = () => {
    if (isGood && !isPending) log({ requestNo, on, whom: whom.trim(), outcome, words: words.trim() });
  };
  return (
    <Modal
      open
      title="记一次电话"
      okText="记下来"
      cancelText="取消"
      width={560}
      onOk={submit}
      onCancel={close}
      okButtonProps={{ disabled: !isGood }}
      confirmLoading={isPending}
    >
      <div className="inquiry-form">
        {asked.kind === "outside" && (
          <p className="muted">
            {asked.name}　<span className="number">{asked.telephone}</span>
          </p>
        )}
        <div className="fields">
          <span>
            <label htmlFor="call-on">哪天打的</label>
            <DayPicker
              id="call-on"
              allowClear={false}
              minDate={picked(askedOn)}
              maxDate={picked(today)}
              value={picked(on)}
              onChange={(day) => day && setOn(day.on)}
            />
          </span>
          <span className="wide">
            <label htmlFor="call-whom">找的谁</label>
            <Input
              id="call-whom"
              autoFocus
              maxLength={60}
              placeholder="例如：医院医保办 赵老师"
              value={whom}
              onChange={({ target }) => setWhom(target.value)}
            />
          </span>
        </div>
        <Radio.Group
          aria-label="结果"
          value={outcome}
          options={callOutcomeNames.map((one) => ({ value: one, label: callOutcomes[one] }))}
          onChange={({ target }) => setOutcome(target.value)}
        />
        <div>
          <label htmlFor="call-words">怎么说的</label>
          <Input.TextArea
            id="call-words"
            rows={3}
            maxLength={300}
            value={words}
            onChange={({ target }) => setWords(target.value)}
          />
        </div>
        <Wrong error={error} />
      </div>
    </Modal>
  );
}
