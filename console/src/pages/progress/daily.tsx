import { Segmented, Table, type TableColumnsType } from "antd";
import { useCallback, useMemo } from "react";
import { type Day, dayShown } from "../../../../shared/day.ts";
import { tokens } from "../../../../shared/tokens.ts";
import { useAddress, useDesk } from "../../desk.tsx";
import { counted, daily } from "../../figures.ts";
import { LazyChart } from "../../parts/chart.tsx";
import { Amount } from "../../parts/facts.tsx";
import { Empty } from "../../parts/tell.tsx";
import type { Board } from "./board.ts";

type Row = ReturnType<typeof daily>[number];

const monthAndDate = (on: Day) => `${Number(on.slice(5, 7))}-${Number(on.slice(8))}`;

/** 每日进度 · who enrolled each day and the sum so far against the target; as a curve, or the same numbers as a table. */
export function Daily({ board: { days, figures, target } }: { board: Board }) {
  const { today } = useDesk();
  const [parameters, change] = useAddress();
  const asTable = parameters.get("daily") === "table";
  const rows = useMemo(() => daily(days, today), [days, today]);
  const goal = target === null ? null : Math.ceil((figures.should * Math.round(Number(target) * 10_000)) / 10_000);
  const option = useMemo(() => dailyOption(rows, goal), [rows, goal]);
  const tip = useCallback((index: number) => tipOf(rows[index]!), [rows]);
  const last = rows.at(-1);
  return (
    <section className="card panel" aria-label="每日进度">
      <header className="panel-head">
        <h2>每日进度</h2>
        <Segmented
          aria-label="每日进度的样子"
          value={asTable ? "table" : "curve"}
          options={[
            { value: "curve", label: "看曲线" },
            { value: "table", label: "看表格" },
          ]}
          onChange={(view) => change({ daily: view })}
        />
      </header>
      {!last ? (
        <Empty>还没有人参保。有人参保以后，这里会按天显示。</Empty>
      ) : asTable ? (
        <DailyTable rows={rows} />
      ) : (
        <LazyChart
          option={option}
          tip={tip}
          height={320}
          sentence={`从${dayShown(rows[0]!.on)}到${dayShown(last.on)}，累计参保${counted(last.total)}人${goal === null ? "" : `，目标${counted(goal)}人`}`}
        />
      )}
    </section>
  );
}

function DailyTable({ rows }: { rows: readonly Row[] }) {
  const columns: TableColumnsType<Row> = [
    { title: "日期", width: 54, render: (_, { on }) => monthAndDate(on) },
    { title: "参保", align: "right", render: (_, { enrolled }) => counted(enrolled) },
    { title: "缴费", align: "right", render: (_, { paid }) => counted(paid) },
    { title: "金额", width: 112, align: "right", render: (_, { amount }) => <Amount of={amount} /> },
    { title: "累计", align: "right", render: (_, { total }) => counted(total) },
  ];
  return (
    <Table<Row>
      className="daily-table"
      size="small"
      rowKey="on"
      columns={columns}
      dataSource={[...rows].reverse()}
      pagination={{ pageSize: 10, size: "small", showSizeChanger: false, hideOnSinglePage: true }}
    />
  );
}

/** Both axes have the same number of steps, so that one set of lines serves both. */
const axisSteps = 5;

/** An axis from 0 in round steps of whole people, up to at least the highest of its values. */
function axis(highest: number): { max: number; interval: number } {
  const least = Math.max(1, (highest * 1.02) / axisSteps);
  const power = 10 ** Math.floor(Math.log10(least));
  const interval = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]
    .map((times) => times * power)
    .find((step) => step >= least && Number.isInteger(step));
  return { max: (interval ?? highest) * axisSteps, interval: interval ?? highest };
}

const tipOf = ({ on, enrolled, total }: Row): string[] => [
  dayShown(on),
  `当天参保 ${counted(enrolled)} 人`,
  `累计参保 ${counted(total)} 人`,
];

function dailyOption(rows: readonly Row[], goal: number | null) {
  const label = { color: tokens.muted, fontSize: 14 };
  return {
    grid: { left: 4, right: 4, top: 64, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, itemGap: 16, textStyle: label, data: ["当天参保", "累计参保"] },
    xAxis: {
      type: "category",
      data: rows.map(({ on }) => monthAndDate(on)),
      axisLabel: label,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: tokens.line } },
    },
    yAxis: [
      {
        type: "value",
        name: "当天/人",
        nameTextStyle: { ...label, align: "left" },
        axisLabel: label,
        splitLine: { show: false },
        ...axis(Math.max(0, ...rows.map(({ enrolled }) => enrolled))),
      },
      {
        type: "value",
        name: "累计/人",
        nameTextStyle: { ...label, align: "right" },
        axisLabel: { ...label, formatter: counted },
        splitLine: { lineStyle: { color: tokens.line } },
        ...axis(Math.max(goal ?? 0, rows.at(-1)?.total ?? 0)),
      },
    ],
    series: [
      {
        name: "当天参保",
        type: "bar",
        barMaxWidth: 10,
        itemStyle: { color: "#9CC9CD", borderRadius: [3, 3, 0, 0] },
        data: rows.map(({ enrolled }) => enrolled),
      },
      {
        name: "累计参保",
        type: "line",
        yAxisIndex: 1,
        showSymbol: rows.length < 3,
        lineStyle: { width: 2.5, color: tokens.main },
        itemStyle: { color: tokens.main },
        data: rows.map(({ total }) => total),
        ...(goal !== null && {
          markLine: {
            silent: true,
            symbol: "none",
            animation: false,
            lineStyle: { color: tokens.attention, type: "dashed", width: 1.5 },
            label: {
              position: "insideStartTop",
              formatter: `目标 ${counted(goal)} 人`,
              color: tokens.attention,
              backgroundColor: "rgba(255, 255, 255, 0.85)",
              padding: [2, 4],
              fontSize: 14,
            },
            data: [{ yAxis: goal }],
          },
        }),
      },
    ],
  };
}
