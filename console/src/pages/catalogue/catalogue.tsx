import { SearchOutlined, UploadOutlined } from "@ant-design/icons";
import { Button, Input, type InputRef, Segmented, Table, type TableColumnsType } from "antd";
import { useEffect, useRef, useState } from "react";
import {
  type Class,
  classes,
  flags,
  type Kind,
  kindNames,
  kinds,
  priceLevelNames,
  priceLevels,
} from "../../../../shared/catalogue/catalogue.ts";
import { type Day, dayShown, isDay } from "../../../../shared/day.ts";
import { mayKeepCatalogue } from "../../access.ts";
import { briefly, live, useRead } from "../../api.ts";
import { useAddress, useDesk, useMe, useTitle } from "../../desk.tsx";
import { counted, money } from "../../figures.ts";
import { moveRow, openRow, useRowKeys } from "../../keyboard.ts";
import { DayPicker, picked } from "../../parts/calendar.ts";
import type { CatalogueItem } from "../../parts/catalogue.ts";
import { useCatalogue } from "../../parts/catalogue.ts";
import { Fact } from "../../parts/facts.tsx";
import { Page } from "../../parts/page.tsx";
import { Empty, Failure, Waiting, Wrong } from "../../parts/tell.tsx";
import { CatalogueImport } from "./import.tsx";
import "./catalogue.css";

type Listed = NonNullable<CatalogueItem["version"]>;

/** How long nobody types before it is searched. */
const typingPause = 250;

/** 医保目录 · what is in the catalogue on a day, and what each item was before; those who keep it bring in files. */
export default function CataloguePage() {
  const me = useMe();
  const { today } = useDesk();
  const [parameters, change] = useAddress();
  const [isImporting, setImporting] = useState(false);
  const input = useRef<InputRef>(null);
  const written = parameters.get("on") ?? "";
  const on = isDay(written) ? written : today;
  const kind = kindNames.find((one) => one === parameters.get("kind"));
  const query = parameters.get("q") ?? "";
  const chosen = parameters.get("code");
  useTitle("医保目录");
  useRowKeys({
    "/": () => input.current?.focus({ cursor: "all" }),
    ...(mayKeepCatalogue(me) && { i: () => setImporting(true) }),
  });
  return (
    <Page
      title={
        <>
          医保目录
          <Counts />
        </>
      }
      tools={
        <>
          <span className="muted">查哪一天</span>
          <DayPicker
            aria-label="查哪一天"
            allowClear={false}
            showNow={false}
            value={picked(on)}
            onChange={(day) => day && change({ on: day.on })}
          />
          {mayKeepCatalogue(me) && (
            <Button icon={<UploadOutlined />} onClick={() => setImporting(true)}>
              导入 <kbd>i</kbd>
            </Button>
          )}
        </>
      }
    >
      <section className="card panel catalogue-search">
        <Words
          input={input}
          value={query}
          search={(q) => change({ q, code: "" })}
          done={() => {
            input.current?.blur();
            moveRow(1);
          }}
        />
        <Segmented
          aria-label="类别"
          value={kind ?? ""}
          options={[{ value: "", label: "全部" }, ...kindNames.map((one) => ({ value: one, label: kinds[one] }))]}
          onChange={(one) => change({ kind: one })}
        />
        <span className="muted hint">
          <kbd>/</kbd> 检索　j / k 选择
        </span>
      </section>
      <div className={chosen ? "catalogue chosen" : "catalogue"}>
        <Found query={query} kind={kind} on={on} chosen={chosen} choose={(code) => change({ code })} />
        {chosen && <OneItem key={chosen} code={chosen} on={on} />}
      </div>
      {isImporting && <CatalogueImport close={() => setImporting(false)} />}
    </Page>
  );
}

function Counts() {
  const { data } = useRead("catalogue.imports", {}, live);
  if (!data) return null;
  return <small>{kindNames.map((kind) => `${kinds[kind]} ${counted(data.counts[kind])}`).join("　")}</small>;
}

/** The search field: what is typed is searched when the typing pauses. */
function Words({
  input,
  value,
  search,
  done,
}: {
  input: React.RefObject<InputRef>;
  value: string;
  search: (words: string) => void;
  done: () => void;
}) {
  const [typed, setTyped] = useState(value);
  const latest = useRef(search);
  latest.current = search;
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => latest.current(typed.trim()), typingPause);
    return () => clearTimeout(timer);
  }, [typed, value]);
  return (
    <Input
      ref={input}
      autoFocus
      allowClear
      maxLength={60}
      prefix={<SearchOutlined />}
      aria-label="检索目录"
      placeholder="名称里的几个词，用空格隔开；或编码的开头"
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
      onPressEnter={({ nativeEvent }) => !nativeEvent.isComposing && done()}
    />
  );
}

function Found({
  query,
  kind,
  on,
  chosen,
  choose,
}: {
  query: string;
  kind: Kind | undefined;
  on: Day;
  chosen: string | null;
  choose: (code: string) => void;
}) {
  const found = useCatalogue({ q: query, on, ...(kind && { kind }) });
  if (query === "") {
    return (
      <section className="card panel">
        <Empty>输入药品、诊疗项目、耗材或病种的名称，这里会列出它当天的等级、先行自付比例和限价。</Empty>
      </section>
    );
  }
  if (found.error && !found.data) return <Failure error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Waiting />;
  const { items, more } = found.data;
  const columns: TableColumnsType<CatalogueItem> = [
    {
      title: "名称",
      render: (_, { code, name }) => (
        <>
          <button
            type="button"
            data-row
            className="row-name"
            aria-pressed={code === chosen}
            onClick={() => choose(code)}
          >
            {name}
          </button>
          <div className="muted number">{code}</div>
        </>
      ),
    },
    ...(kind ? [] : [{ title: "类别", width: 90, render: (_: unknown, one: CatalogueItem) => kinds[one.kind] }]),
    { title: "等级", width: 110, render: (_, { version }) => <Grade of={version} /> },
    {
      title: "先行自付",
      width: 92,
      align: "right",
      render: (_, { version }) => <span className="number">{upfrontText(version)}</span>,
    },
    { title: "限价", width: chosen ? 200 : 300, render: (_, { version }) => <Caps of={version} /> },
    ...(chosen
      ? []
      : [
          {
            title: "标志",
            width: 150,
            render: (_: unknown, { version }: CatalogueItem) => version?.flags.map((flag) => flags[flag]).join("、"),
          },
        ]),
  ];
  return (
    <section className="card panel" aria-label="检索结果" aria-busy={found.isFetching}>
      <header className="panel-head">
        <h2>
          <span role="status">{items.length === 0 ? "没有找到" : `找到 ${counted(items.length)} 条`}</span>
          {more && <span className="aside">还有更多，请再加一个词</span>}
        </h2>
        <span className="muted">{dayShown(found.data.on)}的规定</span>
      </header>
      <Wrong error={found.error} />
      {items.length === 0 ? (
        <Empty>没有名称里同时有这些词的项目。少写一个词，或换一种叫法再试。</Empty>
      ) : (
        <Table<CatalogueItem>
          size="small"
          rowKey="code"
          columns={columns}
          dataSource={[...items]}
          pagination={false}
          rowClassName={({ code }) => (code === chosen ? "chosen" : "")}
          onRow={() => ({ onClick: openRow })}
        />
      )}
    </section>
  );
}

const gradeTones: Readonly<Record<Class, string>> = { A: "done", B: "attention", C: "stop" };

/** 等级, in words and a colour; an item that is not in the catalogue says so. */
function Grade({ of: version }: { of: Listed | null }) {
  if (!version) return <span className="muted">不在目录</span>;
  if (version.class === null) return <span className="muted">—</span>;
  return <span className={`status ${gradeTones[version.class]}`}>{classes[version.class]}</span>;
}

const upfrontText = (version: Listed | null): string =>
  version?.class === "B" ? `${Number((Number(version.upfrontShare) * 100).toFixed(2))}%` : "—";

/** 限价 by price level, or the one for all. */
function Caps({ of: version }: { of: Listed | null }) {
  const caps = version?.priceCaps;
  if (!caps) return <span className="muted">—</span>;
  if (caps.all) return <span className="number">{money(caps.all)}</span>;
  const given = priceLevelNames.filter((level) => caps[level]);
  return (
    <span className="caps">
      {given.map((level) => (
        <span key={level} className="number">
          <span className="muted">{priceLevels[level]}</span> {money(caps[level]!)}
        </span>
      ))}
    </span>
  );
}

/** 历次规定 · one item with all its versions, the newest first; the one that holds on the day is marked. */
function OneItem({ code, on }: { code: string; on: Day }) {
  const item = useRead("catalogue.item", { params: { code } }, briefly);
  if (item.error) return <Failure error={item.error} retry={() => void item.refetch()} />;
  if (!item.data) return <Waiting rows={6} />;
  const { name, kind, chargeType, versions, synthetic } = item.data;
  const current = versions.findLast(({ from }) => from <= on);
  return (
    <section className="card panel" aria-label="历次规定">
      <h2>{name}</h2>
      {synthetic && <p className="band attention">演示目录：等级、比例和限价都是编造的，不是真实规定。</p>}
      <dl className="facts">
        <Fact title="编码">
          <span className="number">{code}</span>
        </Fact>
        <Fact title="类别">{kinds[kind]}</Fact>
        {chargeType && <Fact title="收费类别">{chargeType}</Fact>}
      </dl>
      <ol className="versions">
        {[...versions].reverse().map((version) => (
          <li key={version.from} aria-current={version === current}>
            <h3>
              {dayShown(version.from)}起{version === current && <span className="aside">当天按这一条</span>}
            </h3>
            {"withdrawn" in version ? <p className="wrong">调出目录</p> : <Terms of={version} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

const Terms = ({ of: version }: { of: Listed }) => (
  <p>
    {version.class === null ? (
      "在病种库里"
    ) : (
      <>
        <Grade of={version} />
        {version.class === "B" && `，先行自付 ${upfrontText(version)}`}
        {version.flags.map((flag) => `，${flags[flag]}`)}
        <br />
        限价 <Caps of={version} />
      </>
    )}
  </p>
);
