import { DownOutlined, EyeOutlined, UpOutlined } from "@ant-design/icons";
import { App, Button, Drawer, Input, Radio, Space } from "antd";
import { useState } from "react";
import { dayShown } from "../../../../shared/day.ts";
import { useAct } from "../../api.ts";
import { Amount, Fact } from "../../parts/facts.tsx";
import { outcomes, outcomeText, Status, type Villager, type VisitOutcome } from "./villager.tsx";
import { useVisit } from "./visit.ts";

/** 一个人 · what an officer needs at the door, and what they found there. */
export function PersonDrawer({
  person,
  unit,
  year,
  close,
  step,
}: {
  person: Villager;
  unit: string;
  year: number;
  close: () => void;
  step: (by: 1 | -1) => void;
}) {
  const { personNo, name, age, head, identityNumber, identities, due, coverFrom, status, visit } = person;
  return (
    <Drawer
      open
      size={440}
      onClose={close}
      title={
        <>
          {name}
          <span className="aside">
            {age}岁{head && " · 户主"}
          </span>
        </>
      }
      extra={
        <Space.Compact>
          <Button icon={<UpOutlined />} aria-label="上一个人" onClick={() => step(-1)} />
          <Button icon={<DownOutlined />} aria-label="下一个人" onClick={() => step(1)} />
        </Space.Compact>
      }
    >
      {/* What was typed or shown for one person must not stay for the next. */}
      <dl className="facts" key={`facts of ${personNo}`}>
        <Fact title="证件号">
          <span className="number">{identityNumber}</span>
        </Fact>
        <Fact title="状态">
          <Status of={person} />
        </Fact>
        {identities.length > 0 && <Fact title="身份">{identities.join("、")}</Fact>}
        {status === "enrolled" && coverFrom !== null && <Fact title="生效日">{dayShown(coverFrom)}</Fact>}
        {due !== null && (
          <Fact title="今天缴费">
            要付 <Amount of={due} />
            {coverFrom !== null && `，${dayShown(coverFrom)}起生效`}
          </Fact>
        )}
        <Fact title="电话">
          <Telephone person={person} />
        </Fact>
        <Fact title="最近走访">
          {visit ? (
            <>
              {outcomeText(visit.outcome)}，{dayShown(visit.on)}，{visit.by}
              {visit.note && <div className="note">{visit.note}</div>}
            </>
          ) : (
            <span className="muted">{year}年度还没有走访</span>
          )}
        </Fact>
      </dl>
      <VisitForm key={personNo} person={person} unit={unit} year={year} close={close} />
    </Drawer>
  );
}

const reasons = ["电话提醒缴费", "约定走访时间", "核对参保信息"];

/** The whole number is shown only for a reason, which is kept. It is forgotten when the drawer closes. */
function Telephone({ person: { personNo, telephone } }: { person: Villager }) {
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const look = useAct("progress.telephone");
  if (telephone === null) return <span className="muted">没有登记</span>;
  if (look.data) {
    return (
      <>
        <a className="number telephone" href={`tel:${look.data.telephone}`}>
          {look.data.telephone}
        </a>
        <div className="muted">这次查看和理由已留下记录。</div>
      </>
    );
  }
  const ask = () => reason.trim().length >= 4 && look.mutate({ body: { personNo, reason: reason.trim() } });
  return (
    <>
      <span className="number">{telephone}</span>
      {!isAsking && (
        <Button type="link" size="small" icon={<EyeOutlined />} onClick={() => setAsking(true)}>
          看完整电话
        </Button>
      )}
      {isAsking && (
        <div className="ask">
          <label htmlFor="reason">为什么要看（会留下记录，至少4个字）</label>
          <div className="reasons">
            {reasons.map((one) => (
              <Button key={one} size="small" onClick={() => setReason(one)}>
                {one}
              </Button>
            ))}
          </div>
          <Space.Compact block>
            <Input
              id="reason"
              autoFocus
              maxLength={100}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              onPressEnter={ask}
            />
            <Button type="primary" disabled={reason.trim().length < 4} loading={look.isPending} onClick={ask}>
              查看
            </Button>
          </Space.Compact>
          {look.error && (
            <p className="wrong" role="alert">
              {look.error.message}
            </p>
          )}
        </div>
      )}
    </>
  );
}

function VisitForm({
  person: { personNo, name },
  unit,
  year,
  close,
}: {
  person: Villager;
  unit: string;
  year: number;
  close: () => void;
}) {
  const { message } = App.useApp();
  const save = useVisit(unit, year);
  const [outcome, setOutcome] = useState<VisitOutcome | null>(null);
  const [note, setNote] = useState("");
  const kinds = Object.keys(outcomes) as VisitOutcome[];
  const submit = () => {
    if (outcome === null || save.isPending) return;
    save.mutate(
      { body: { personNo, outcome, note: note.trim(), year } },
      {
        onSuccess: () => {
          message.success(`已登记对${name}的走访：${outcomes[outcome]}`);
          close();
        },
      },
    );
  };
  return (
    <form
      className="visit"
      aria-label="登记走访"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
        const chosen = kinds[Number(event.key) - 1];
        if (chosen && !(event.target instanceof HTMLTextAreaElement)) setOutcome(chosen);
      }}
    >
      <h2>登记走访</h2>
      <Radio.Group
        className="outcomes"
        aria-label="走访结果"
        value={outcome}
        onChange={(event) => setOutcome(event.target.value)}
      >
        {kinds.map((kind, i) => (
          <Radio key={kind} value={kind} autoFocus={i === 0}>
            {outcomes[kind]} <kbd>{i + 1}</kbd>
          </Radio>
        ))}
      </Radio.Group>
      <label htmlFor="note">备注（可以不填）</label>
      <Input.TextArea
        id="note"
        rows={3}
        maxLength={200}
        showCount
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      {save.error && (
        <p className="wrong" role="alert">
          {save.error.message}
        </p>
      )}
      <Button type="primary" htmlType="submit" block disabled={outcome === null} loading={save.isPending}>
        登记走访
      </Button>
      <p className="muted">数字键 1–5 选结果，Ctrl＋回车登记。再次登记会替换上一次，每次登记都有记录。</p>
    </form>
  );
}
