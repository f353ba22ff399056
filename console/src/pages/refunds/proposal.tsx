import { App, Button, Input, InputNumber, Modal, Radio, Select } from "antd";
import { useState } from "react";
import { type RefundReason, refundReasonNames, refundReasons } from "../../../../shared/contribution/refund.ts";
import { mayOpen } from "../../access.ts";
import { useAct, useRead } from "../../api.ts";
import { useDesk, useMe } from "../../desk.tsx";
import { money } from "../../figures.ts";
import { type Found, nothingCopied, PaperFields, readCopied } from "../../parts/seen.tsx";
import { Failure, Waiting, Wrong } from "../../parts/tell.tsx";
import { isRefundable, lineFate, lineText, type PersonLine, readings } from "./lines.ts";

/** Which line of which order. */
type Place = Pick<PersonLine, "orderNo" | "line">;

/** 提出退费 · for one person of an order; another officer decides. Without a line it is looked for first. */
export function ProposalDialog({
  of,
  close,
  proposed,
}: {
  of?: { person: Found; line: PersonLine };
  close: () => void;
  proposed: () => void;
}) {
  const me = useMe();
  const { message } = App.useApp();
  const propose = useAct("refunds-agency.propose", readings);
  const [place, setPlace] = useState<Place | null>(of?.line ?? null);
  const [reason, setReason] = useState<RefundReason | null>(null);
  const [note, setNote] = useState("");
  const submit = () => {
    if (reason === null || place === null || propose.isPending) return;
    const { orderNo, line } = place;
    propose.mutate(
      { body: { orderNo, line, reason, note: note.trim() } },
      {
        onSuccess: ({ name, amount }) => {
          message.success(`已提出：退给${name} ${money(amount)}，等另一位经办人员审核`);
          proposed();
        },
      },
    );
  };
  return (
    <Modal
      open
      title="提出退费"
      okText="提出退费"
      cancelText="取消"
      width={520}
      onOk={submit}
      onCancel={close}
      okButtonProps={{ disabled: place === null || reason === null }}
      confirmLoading={propose.isPending}
    >
      <div className="decision">
        <p className="muted">待遇期开始以前才能退。提出以后，由另一位经办人员审核，您自己不能审核。</p>
        {of ? (
          <p>
            <b>
              {of.person.name}，{lineText(of.line)}
            </b>
          </p>
        ) : mayOpen(me, "counter") ? (
          <ChosenLine choose={setPlace} />
        ) : (
          <TypedLine choose={setPlace} />
        )}
        <label htmlFor="refund-reason">情形</label>
        <Select
          id="refund-reason"
          placeholder="请选择"
          value={reason}
          options={refundReasonNames.map((one) => ({ value: one, label: refundReasons[one] }))}
          onChange={setReason}
        />
        <label htmlFor="refund-note">说明（可以不填）</label>
        <Input.TextArea
          id="refund-note"
          rows={2}
          maxLength={200}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <Wrong error={propose.error} />
      </div>
    </Modal>
  );
}

/** 先找人，再选哪一笔 · for whoever may look people up. */
function ChosenLine({ choose }: { choose: (place: Place | null) => void }) {
  const find = useAct("counter.find");
  const [copied, setCopied] = useState(nothingCopied);
  const asked = readCopied(copied);
  const person = find.data;
  if (person) return <LinesOf person={person} choose={choose} />;
  return (
    <form
      className="decision"
      aria-label="找人"
      onSubmit={(event) => {
        event.preventDefault();
        if (asked && !find.isPending) find.mutate({ body: asked });
      }}
    >
      <PaperFields id="refund-" value={copied} change={setCopied} autoFocus />
      <Wrong error={find.error} />
      <div className="card-actions">
        <Button htmlType="submit" disabled={!asked} loading={find.isPending}>
          找到这个人
        </Button>
      </div>
    </form>
  );
}

function LinesOf({ person, choose }: { person: Found; choose: (place: Place) => void }) {
  const { today } = useDesk();
  const found = useRead("counter.orders", { params: { personNo: person.personNo } });
  const [at, setAt] = useState<number | null>(null);
  if (found.error) return <Failure error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Waiting rows={2} />;
  const { lines } = found.data;
  return (
    <>
      <span>
        <b>{person.name}</b> 的哪一笔
      </span>
      {!lines.some((line) => isRefundable(line, today)) && <p className="muted">没有现在能退的。</p>}
      <Radio.Group
        className="choices"
        aria-label="哪一笔"
        value={at}
        onChange={({ target }) => {
          const line = lines[target.value];
          if (!line) return;
          setAt(target.value);
          choose(line);
        }}
      >
        {lines.map((line, i) => (
          <Radio key={`${line.orderNo} ${line.line}`} value={i} disabled={!isRefundable(line, today)}>
            {lineText(line)}
            <div className="muted">{lineFate(line)}</div>
          </Radio>
        ))}
      </Radio.Group>
    </>
  );
}

/** 照着票据填 · for whoever decides on refunds but does not stand at a counter, and so may not look people up. */
function TypedLine({ choose }: { choose: (place: Place | null) => void }) {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(1);
  const change = (number: string, place: number) => {
    setTyped(number);
    setAt(place);
    const orderNo = number.replace(/\s/g, "").toUpperCase();
    choose(/^[0-9A-Z]{20,32}$/.test(orderNo) ? { orderNo, line: place - 1 } : null);
  };
  return (
    <div className="fields">
      <span className="wide">
        <label htmlFor="order-no">缴费单号（在居民手机的缴费记录或票据上）</label>
        <Input
          id="order-no"
          className="number"
          autoFocus
          autoComplete="off"
          maxLength={40}
          value={typed}
          onChange={(event) => change(event.target.value, at)}
        />
      </span>
      <span>
        <label htmlFor="order-line">单上第几位</label>
        <InputNumber
          id="order-line"
          min={1}
          max={6}
          precision={0}
          value={at}
          onChange={(place) => change(typed, place ?? 1)}
        />
      </span>
    </div>
  );
}
