import { Segmented, Table, type TableColumnsType } from "antd";
import { useMemo } from "react";
import { Link, useLocation } from "react-router";
import { mayOpen } from "../../access.ts";
import { useAddress, useMe } from "../../desk.tsx";
import { counted, missing, ranked, targetPercent } from "../../figures.ts";
import { openRow } from "../../keyboard.ts";
import { Amount } from "../../parts/facts.tsx";
import { Empty } from "../../parts/tell.tsx";
import type { Board } from "./board.ts";
import { type Child, RankingChart, type Row } from "./ranking-chart.tsx";
import { Distance, Rate, Target } from "./rate.tsx";
import type { Targeted } from "./target.tsx";

/** The rows must not hide under the top bar, which stays. */
const topBar = 56;

const shortOf = ({ figures, target }: Child) => (target === null ? -1 : missing(figures, target));
const orders: Record<string, (a: Row, b: Row) => number> = {
  rate: (a, b) => (b.place ?? Number.MAX_SAFE_INTEGER) - (a.place ?? Number.MAX_SAFE_INTEGER),
  enrolled: (a, b) => a.figures.enrolled - b.figures.enrolled,
  should: (a, b) => a.figures.should - b.figures.should,
  short: (a, b) => shortOf(a) - shortOf(b),
  paid: (a, b) => a.figures.paid - b.figures.paid,
  amount: (a, b) => Number(a.figures.amount) - Number(b.figures.amount),
};

/** 排名 · the units below, by rate of enrolment; as a table, or as a chart against their targets. */
export function Ranking({
  board,
  year,
  hasAbove,
  setTarget,
}: {
  board: Board;
  year: number;
  hasAbove: boolean;
  setTarget: (of: Targeted) => void;
}) {
  const me = useMe();
  const [parameters, change] = useAddress();
  const asChart = parameters.get("ranking") === "chart";
  const rows = useMemo(() => ranked(board.children), [board.children]);
  return (
    <section className="card panel" aria-label="排名">
      <header className="panel-head">
        <h2>下级单位排名</h2>
        <span className="muted hint">
          j / k 选择　回车进入{hasAbove && "　u 上一级"}
          {me.roles.includes("targets") && "　点目标可以下达"}
        </span>
        <Segmented
          aria-label="排名的样子"
          value={asChart ? "chart" : "table"}
          options={[
            { value: "table", label: "看表格" },
            { value: "chart", label: "看图" },
          ]}
          onChange={(view) => change({ ranking: view })}
        />
      </header>
      {rows.length === 0 ? (
        <Empty>这里还没有下级单位。登记了乡镇、村以后，会按参保率排在这里。</Empty>
      ) : asChart ? (
        <RankingChart rows={rows} />
      ) : (
        <RankingTable
          board={board}
          rows={rows}
          year={year}
          sort={parameters.get("sort") ?? "-rate"}
          setSort={(sort) => change({ sort })}
          setTarget={setTarget}
        />
      )}
    </section>
  );
}

function RankingTable({
  board,
  rows,
  year,
  sort,
  setSort,
  setTarget,
}: {
  board: Board;
  rows: readonly Row[];
  year: number;
  sort: string;
  setSort: (sort: string) => void;
  setTarget: (of: Targeted) => void;
}) {
  const me = useMe();
  const { search } = useLocation();
  const names = mayOpen(me, "names") && rows[0]?.unit.level === "village";
  const key = sort.replace("-", "");
  const sorted = (column: string) => ({
    key: column,
    sorter: orders[column],
    sortOrder: key === column ? (sort.startsWith("-") ? ("descend" as const) : ("ascend" as const)) : null,
  });
  const columns: TableColumnsType<Row> = [
    {
      title: "名次",
      width: 50,
      render: (_, { place }) => <span className="number">{place ?? "—"}</span>,
    },
    {
      title: "单位",
      render: (_, { unit }) => (
        <Link data-row to={{ pathname: `/progress/${unit.code}`, search }}>
          {unit.name}
        </Link>
      ),
    },
    {
      title: "参保率",
      width: 158,
      ...sorted("rate"),
      render: (_, { figures, target }) => <Rate figures={figures} target={target} />,
    },
    {
      title: "已参保",
      width: 76,
      align: "right",
      ...sorted("enrolled"),
      render: (_, { figures }) => counted(figures.enrolled),
    },
    {
      title: "应参保",
      width: 76,
      align: "right",
      ...sorted("should"),
      render: (_, { figures }) => counted(figures.should),
    },
    {
      title: "目标",
      width: 68,
      align: "right",
      render: (_, row) => <Target of={row} set={() => setTarget(row)} />,
    },
    {
      title: "距目标",
      width: names ? 94 : 104,
      align: "right",
      ...sorted("short"),
      render: (_, { figures, target }) => <Distance figures={figures} target={target} />,
    },
    {
      title: "已缴费",
      width: 76,
      align: "right",
      ...sorted("paid"),
      render: (_, { figures }) => counted(figures.paid),
    },
    {
      title: "缴费金额",
      width: names ? 120 : 130,
      align: "right",
      ...sorted("amount"),
      render: (_, { figures }) => <Amount of={figures.amount} />,
    },
    ...(names
      ? [
          {
            title: "名单",
            width: 52,
            render: (_: unknown, { unit }: Row) => <Link to={`/names/${unit.code}?year=${year}`}>名单</Link>,
          },
        ]
      : []),
  ];
  const { figures, target } = board;
  return (
    <Table<Row>
      className="ranking"
      size="small"
      rowKey={({ unit }) => unit.code}
      columns={columns}
      dataSource={rows}
      pagination={false}
      sticky={{ offsetHeader: topBar }}
      showSorterTooltip={false}
      onChange={(_, __, sorter) => {
        const { columnKey, order } = Array.isArray(sorter) ? (sorter[0] ?? {}) : sorter;
        setSort(order ? `${order === "descend" ? "-" : ""}${columnKey}` : "-rate");
      }}
      onRow={() => ({ onClick: openRow })}
      summary={() => (
        <Table.Summary fixed="bottom">
          <Table.Summary.Row>
            <Table.Summary.Cell index={0} />
            <Table.Summary.Cell index={1}>合计</Table.Summary.Cell>
            <Table.Summary.Cell index={2}>
              <Rate figures={figures} target={target} />
            </Table.Summary.Cell>
            <Table.Summary.Cell index={3} align="right">
              {counted(figures.enrolled)}
            </Table.Summary.Cell>
            <Table.Summary.Cell index={4} align="right">
              {counted(figures.should)}
            </Table.Summary.Cell>
            <Table.Summary.Cell index={5} align="right">
              {target === null ? "—" : `${targetPercent(target)}%`}
            </Table.Summary.Cell>
            <Table.Summary.Cell index={6} align="right">
              <Distance figures={figures} target={target} />
            </Table.Summary.Cell>
            <Table.Summary.Cell index={7} align="right">
              {counted(figures.paid)}
            </Table.Summary.Cell>
            <Table.Summary.Cell index={8} align="right">
              <Amount of={figures.amount} />
            </Table.Summary.Cell>
            {names && <Table.Summary.Cell index={9} />}
          </Table.Summary.Row>
        </Table.Summary>
      )}
    />
  );
}
