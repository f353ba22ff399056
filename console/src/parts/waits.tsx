import { ReloadOutlined } from "@ant-design/icons";
import type { UseQueryResult } from "@tanstack/react-query";
import { Button, Segmented, Table, type TableProps } from "antd";
import type { ReactNode } from "react";
import type { EndpointName } from "../../../shared/api/endpoints.ts";
import { type AskedOf, type Reply, useRead } from "../api.ts";
import { useAddress, useMe, useTitle } from "../desk.tsx";
import { counted } from "../figures.ts";
import { openRow } from "../keyboard.ts";
import { Page } from "./page.tsx";
import { Empty, Failure, Waiting } from "./tell.tsx";
import "./waits.css";

/** One way to look at what waits: its name, what to say where it holds nothing, and what it holds. */
interface Tab<R> {
  readonly title: string;
  readonly empty: string;
  readonly holds: (row: R) => boolean;
}

/** 待办 · all that waits in the officer's unit, under tabs that say how many; the address keeps which is shown. */
export function Waits<N extends EndpointName, R, T extends string>({
  above,
  title,
  read: [endpoint, asked],
  rowsOf,
  tabs,
  tools,
  note,
  hint,
  children,
}: {
  above: string;
  title: string;
  read: readonly [N, AskedOf<N>];
  rowsOf: (reply: Reply<N>) => readonly R[];
  /** The first is shown where the address says nothing. */
  tabs: Readonly<Record<T, Tab<R>>>;
  /** What else may be done at the head. */
  tools?: ReactNode;
  /** What else is to be said of all that waits. */
  note?: (reply: Reply<N>) => ReactNode;
  hint: (tab: T) => string;
  children: (tab: T, rows: readonly R[]) => ReactNode;
}) {
  const me = useMe();
  const found = useRead(endpoint, asked);
  const [tab, show] = useTab(tabs);
  useTitle(title);
  if (found.error && !found.data) return <Failure error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Waiting />;
  const all = rowsOf(found.data);
  return (
    <Page
      above={above}
      title={title}
      small={me.unit.name}
      tools={
        <>
          <Reread of={found} />
          {tools}
        </>
      }
    >
      <Stale of={found} />
      <div className="worklist-head">
        <Tabs label="看哪些" titles={countedTitles(tabs, all)} value={tab} show={show} />
        {note?.(found.data)}
        <span className="muted hint">{hint(tab)}</span>
      </div>
      {children(tab, all.filter(tabs[tab].holds))}
    </Page>
  );
}

const keysOf = <T extends string>(one: Readonly<Record<T, unknown>>) => Object.keys(one) as T[];

/** Each tab with how many it holds. */
export const countedTitles = <T extends string, R>(
  tabs: Readonly<Record<T, Pick<Tab<R>, "title" | "holds">>>,
  all: readonly R[],
) =>
  Object.fromEntries(
    keysOf(tabs).map((one) => [one, `${tabs[one].title} ${counted(all.filter(tabs[one].holds).length)}`]),
  ) as Record<T, string>;

/** Which tab the address says, the first where it says none of them; and how to show another. */
export function useTab<T extends string>(tabs: Readonly<Record<T, unknown>>): readonly [T, (tab: T) => void] {
  const [parameters, change] = useAddress();
  const written = parameters.get("show");
  const tab = keysOf(tabs).find((one) => one === written) ?? keysOf(tabs)[0]!;
  return [tab, (show) => change({ show })];
}

/** Chooses among tabs. */
export const Tabs = <T extends string>({
  label,
  titles,
  value,
  show,
}: {
  label: string;
  titles: Readonly<Record<T, string>>;
  value: T;
  show: (tab: T) => void;
}) => (
  <Segmented<T>
    aria-label={label}
    value={value}
    options={keysOf(titles).map((one) => ({ value: one, label: titles[one] }))}
    onChange={show}
  />
);

/** 重新读取. */
export const Reread = ({ of: { isFetching, refetch } }: { of: { isFetching: boolean; refetch: () => unknown } }) => (
  <Button icon={<ReloadOutlined />} loading={isFetching} onClick={() => void refetch()}>
    重新读取
  </Button>
);

/** What is shown is what was read before, since it could not be read again. */
export const Stale = ({ of: { error } }: { of: Pick<UseQueryResult, "error"> }) =>
  error && (
    <p className="band attention" role="alert">
      {error.message}下面是上一次读到的。
    </p>
  );

/** The rows of a list of cases: j and k walk, enter or a click anywhere opens; fifty a page. */
export function Cases<R extends object>({
  empty,
  dataSource,
  ...table
}: { empty: string; dataSource: readonly R[] } & Omit<TableProps<R>, "locale" | "dataSource">) {
  return (
    <Table<R>
      className="choose"
      size="small"
      pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
      locale={{ emptyText: <Empty>{empty}</Empty> }}
      onRow={() => ({ onClick: openRow })}
      dataSource={[...dataSource]}
      {...table}
    />
  );
}
