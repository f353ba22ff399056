import { CheckOutlined, UserOutlined } from "@ant-design/icons";
import { Button, Input, type InputRef, Select, type TableColumnsType } from "antd";
import { type ReactNode, useRef, useState } from "react";
import { Link, useLocation } from "react-router";
import { dayShown } from "../../../../shared/day.ts";
import { useAddress } from "../../desk.tsx";
import { counted } from "../../figures.ts";
import { moveRow, useRowKeys } from "../../keyboard.ts";
import { dueColumn } from "../../parts/due.tsx";
import { Bar } from "../../parts/page.tsx";
import { Cases, countedTitles, Tabs, useTab } from "../../parts/waits.tsx";
import { ApprovalsDialog } from "./approvals.tsx";
import { daysWords, type Filing, filingPath, waitsWords } from "./words.tsx";

const shows = {
  all: { title: "全部", holds: () => true },
  application: { title: "新的申请", holds: ({ waits }: Filing) => waits === "application" },
  proof: { title: "补交的证明", holds: ({ waits }: Filing) => waits === "proof" },
  own: { title: "我代办的", holds: ({ own }: Filing) => own },
} as const;

/** No more are approved at once. */
const atOnce = 50;

/** 等审核 · all that waits for an officer, the soonest due first; several are approved at once. */
export function FilingWaits({
  filings,
  more,
  reload,
}: {
  filings: readonly Filing[];
  more: boolean;
  reload: ReactNode;
}) {
  const [parameters, change] = useAddress();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [asked, setAsked] = useState<readonly Filing[] | null>(null);
  const box = useRef<InputRef>(null);
  const [show, setShow] = useTab(shows);
  const kind = parameters.get("kind") ?? "";
  const kinds = new Map(filings.map((one) => [one.kind as string, one.kindName]));
  const words = typed.trim();
  const shown = filings.filter(
    (one) =>
      shows[show].holds(one) &&
      (!kinds.has(kind) || one.kind === kind) &&
      [one.person.name, one.person.identityNumber, one.person.unitName, one.destination.name].some((text) =>
        text.includes(words),
      ),
  );
  const ticked = shown.filter(({ filingNo, own }) => chosen.includes(filingNo) && !own);
  const approve = () => ticked.length > 0 && setAsked(ticked.slice(0, atOnce));
  const tick = (filingNo: string) =>
    setChosen((now) => (now.includes(filingNo) ? now.filter((one) => one !== filingNo) : [...now, filingNo]));
  useRowKeys({
    "/": () => box.current?.focus({ cursor: "all" }),
    x: () => {
      const focused = shown.find(({ filingNo }) => filingNo === focusedRow());
      if (focused && !focused.own) tick(focused.filingNo);
    },
    a: approve,
  });
  return (
    <>
      <div className="worklist-head">
        <Tabs label="看哪些" titles={countedTitles(shows, filings)} value={show} show={setShow} />
        <Select
          aria-label="人员类别"
          className="filing-kind"
          value={kinds.has(kind) ? kind : ""}
          options={[{ value: "", label: "所有类别" }, ...[...kinds].map(([value, label]) => ({ value, label }))]}
          onChange={(one) => change({ kind: one })}
        />
        <Input
          ref={box}
          className="line-search"
          allowClear
          aria-label="在下面找"
          placeholder="在下面找：姓名、就医地 /"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          onPressEnter={() => moveRow(1)}
        />
        <span className="muted hint">j / k 选择　x 勾选　回车打开</span>
        {reload}
      </div>
      <section className="card panel" aria-label="等审核">
        <Rows
          filings={shown}
          chosen={ticked.map(({ filingNo }) => filingNo)}
          choose={setChosen}
          empty={
            filings.length === 0
              ? "没有等审核的备案。要看材料的申请、补交的证明，会出现在这里；按规定当场生效的不用审核。"
              : "没有符合条件的，换一个条件再看。"
          }
        />
        <p className="muted under">
          最先到期的在最上面。{more && `还有更多，只显示最先到期的 ${counted(filings.length)} 个。`}
          自己代办的不能自己审核，由另一位经办人员审核。
        </p>
      </section>
      {ticked.length > 0 && (
        <Bar
          will={
            <>
              勾选了 {counted(ticked.length)} 个。同意以后马上生效，本人会收到消息；有一个没办成，别的照常办。
              {ticked.length > atOnce && `一次最多 ${atOnce} 个，先办前 ${atOnce} 个。`}
            </>
          }
        >
          <Button onClick={() => setChosen([])}>不选了</Button>
          <Button type="primary" icon={<CheckOutlined />} onClick={approve}>
            批量同意 {counted(Math.min(ticked.length, atOnce))} 个 <kbd>a</kbd>
          </Button>
        </Bar>
      )}
      {asked && (
        <ApprovalsDialog
          filings={asked}
          close={() => {
            setAsked(null);
            setChosen([]);
          }}
        />
      )}
    </>
  );
}

/** The number of the row that has the focus. */
const focusedRow = (): string | undefined =>
  document.activeElement?.closest<HTMLElement>("[data-row-key]")?.dataset.rowKey;

function Rows({
  filings,
  chosen,
  choose,
  empty,
}: {
  filings: readonly Filing[];
  chosen: readonly string[];
  choose: (filingNos: readonly string[]) => void;
  empty: string;
}) {
  const { search } = useLocation();
  const queue = filings.map((one) => filingPath(one));
  const columns: TableColumnsType<Filing> = [
    dueColumn(132),
    {
      title: "谁",
      width: 168,
      render: (_, one) => (
        <>
          <Link data-row to={{ pathname: filingPath(one), search }} state={{ queue }}>
            {one.person.name}
          </Link>
          <div className="muted number">{one.person.identityNumber}</div>
          {one.own && (
            <span className="status attention">
              <UserOutlined /> 我代办的
            </span>
          )}
        </>
      ),
    },
    {
      title: "等什么",
      width: 92,
      render: (_, { waits, late }) => (
        <>
          {waits && waitsWords[waits]}
          {late && <div className="status attention">补办</div>}
        </>
      ),
    },
    { title: "人员类别", width: 108, dataIndex: "kindName" },
    {
      title: "就医地",
      render: (_, one) => (
        <>
          {one.destination.name}
          <div className="muted">{daysWords(one)}</div>
        </>
      ),
    },
    {
      title: "凭什么",
      width: 84,
      render: (_, { attachments, commitment }) =>
        attachments.length > 0 ? `${attachments.length} 份材料` : commitment ? "承诺书" : "不要材料",
    },
    { title: "登记地", width: 168, render: (_, { person }) => person.unitName },
    {
      title: "提交",
      width: 126,
      render: (_, { filedOn, agent }) => (
        <>
          {dayShown(filedOn)}
          {agent && <div className="muted one-line filing-by">{agent.name}代办</div>}
        </>
      ),
    },
  ];
  return (
    <Cases<Filing>
      rowKey="filingNo"
      columns={columns}
      dataSource={filings}
      empty={empty}
      rowSelection={{
        columnWidth: 40,
        selectedRowKeys: [...chosen],
        onChange: (keys) => choose(keys.map(String)),
        getCheckboxProps: ({ own, person }) => ({ disabled: own, "aria-label": `勾选${person.name}` }),
      }}
    />
  );
}
