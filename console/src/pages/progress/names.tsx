import { PrinterOutlined } from "@ant-design/icons";
import { Button, Input, type InputRef, Segmented } from "antd";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { Link, useParams } from "react-router";
import { levelOf } from "../../../../shared/org.ts";
import { mayOpen } from "../../access.ts";
import { useRead } from "../../api.ts";
import { BackToOwnArea, Crumbs, useAddress, useMe, useTitle, useUnitKeys, useYear, YearSelect } from "../../desk.tsx";
import { useKeys, usePrinting } from "../../keyboard.ts";
import { Page } from "../../parts/page.tsx";
import { Failure, Waiting } from "../../parts/tell.tsx";
import { Reread } from "../../parts/waits.tsx";
import { ChooseVillage } from "./choose-village.tsx";
import { NamesTable } from "./names-table.tsx";
import { PersonDrawer } from "./person.tsx";
import { householdsOf, type Names, type Villager } from "./villager.tsx";
import { WalkSheet } from "./walk-sheet.tsx";
import "./progress.css";

/** 名单走访 · the names behind a village's figure; above a village, which village. */
export default function NamesPage() {
  const me = useMe();
  const { unit = me.unit.code } = useParams();
  return levelOf(unit) === "village" ? <Village key={unit} unit={unit} /> : <ChooseVillage unit={unit} />;
}

const tabs = {
  "not-yet": "未缴",
  lapsed: "断保",
  enrolled: "已参保",
  all: "全部",
} as const;
type Tab = keyof typeof tabs;

const matches = (one: Villager, wanted: string): boolean =>
  [one.name, one.identityNumber, one.telephone ?? "", ...one.identities].some((field) =>
    field.toUpperCase().includes(wanted),
  );

function Village({ unit }: { unit: string }) {
  const year = useYear();
  const names = useRead("progress.names", { params: { unit }, query: { year: String(year) } });
  useTitle(names.data ? `${names.data.unit.name}名单` : "名单走访");
  if (names.error) {
    return (
      <Failure error={names.error} retry={() => void names.refetch()}>
        <BackToOwnArea page="names" />
      </Failure>
    );
  }
  if (!names.data) return <Waiting rows={14} />;
  return (
    <VillageNames
      names={names.data}
      year={year}
      readAt={names.dataUpdatedAt}
      isReading={names.isFetching}
      readAgain={() => void names.refetch()}
    />
  );
}

function VillageNames({
  names,
  year,
  readAt,
  isReading,
  readAgain,
}: {
  names: Names;
  year: number;
  readAt: number;
  isReading: boolean;
  readAgain: () => void;
}) {
  const me = useMe();
  const [parameters, change] = useAddress();
  const written = parameters.get("show") ?? "";
  const tab: Tab = written in tabs ? (written as Tab) : "not-yet";
  const box = useRef<InputRef>(null);
  const [typed, setTyped] = useState("");
  const wanted = useDeferredValue(typed.trim().toUpperCase());
  const [opened, setOpened] = useState<string | null>(null);
  const isPrinting = usePrinting();

  const households = useMemo(() => householdsOf(names.people), [names.people]);
  const people = useMemo(() => [...households.values()].flat(), [households]);
  const shown = useMemo(
    () => people.filter((one) => (tab === "all" || one.status === tab) && (wanted === "" || matches(one, wanted))),
    [people, tab, wanted],
  );
  const person = opened === null ? undefined : people.find((one) => one.personNo === opened);
  const { hasAbove } = useUnitKeys("names", names.unit.code);
  useKeys({ "/": () => box.current?.focus() });
  const left = useRef<string | null>(null);
  useEffect(() => {
    // Whoever closes the drawer is back at the row that it stood for.
    if (opened === null && left.current) document.getElementById(`row-${left.current}`)?.focus();
    left.current = opened;
  }, [opened]);
  const step = (by: 1 | -1) => {
    const next = shown[shown.findIndex((one) => one.personNo === opened) + by];
    if (next) setOpened(next.personNo);
  };

  return (
    <>
      <Page
        crumbs={<Crumbs path={names.path} page="names" />}
        title={names.unit.name}
        small={`${year}年度名单`}
        tools={
          <>
            {mayOpen(me, "progress") && <Link to={`/progress/${names.unit.code}?year=${year}`}>看本村进度</Link>}
            <YearSelect />
            <span className="muted">
              {new Date(readAt).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" })}{" "}
              读取，已留下查阅记录
            </span>
            <Reread of={{ isFetching: isReading, refetch: readAgain }} />
            <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
              打印走访表
            </Button>
          </>
        }
        onScreenOnly="page"
      >
        <section className="card panel">
          <header className="panel-head">
            <Segmented<Tab>
              aria-label="看哪些人"
              value={tab}
              options={(Object.keys(tabs) as Tab[]).map((one) => ({
                value: one,
                label: `${tabs[one]} ${one === "all" ? people.length : people.filter((p) => p.status === one).length}`,
              }))}
              onChange={(show) => change({ show })}
            />
            <Input
              ref={box}
              className="list-search"
              allowClear
              placeholder="找姓名、证件号、电话、身份（按 /）"
              aria-label="在名单里找"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === "Escape" || event.key === "Enter") box.current?.blur();
              }}
            />
            <span className="muted hint">j / k 选择　回车登记走访{hasAbove && "　u 选别的村"}</span>
          </header>
          <NamesTable
            people={shown}
            households={households}
            open={setOpened}
            empty={emptySentence(tab, typed, people.length)}
          />
        </section>
      </Page>
      {isPrinting && (
        <WalkSheet
          names={names}
          people={shown}
          households={households}
          what={wanted ? `${tabs[tab]}，找“${wanted}”` : tabs[tab]}
          year={year}
        />
      )}
      {person && (
        <PersonDrawer person={person} unit={names.unit.code} year={year} close={() => setOpened(null)} step={step} />
      )}
    </>
  );
}

function emptySentence(tab: Tab, typed: string, all: number): string {
  if (all === 0) return "这个村还没有登记的居民。";
  if (typed.trim()) return `没有找到“${typed.trim()}”，换一个词，或看看“全部”。`;
  if (tab === "not-yet") return "没有未缴的人，都参保了。";
  if (tab === "lapsed") return "没有断保的人。";
  return "还没有人参保。有人缴费以后，会出现在这里。";
}
