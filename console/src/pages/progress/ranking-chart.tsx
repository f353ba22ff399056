import { useCallback, useMemo } from "react";
import { tokens } from "../../../../shared/tokens.ts";
import { counted, missing, money, percent, percentText, targetPercent } from "../../figures.ts";
import { LazyChart } from "../../parts/chart.tsx";
import type { Board } from "./board.ts";

/** 排名图 · the rate of each unit, and where its target stands. */
export function RankingChart({ rows }: { rows: readonly Row[] }) {
  const counting = useMemo(() => rows.filter((row) => row.place !== null), [rows]);
  const option = useMemo(() => rankingOption(counting), [counting]);
  const tip = useCallback((index: number) => tipOf(counting[index]!), [counting]);
  const [first, last] = [counting[0], counting.at(-1)];
  const sentence =
    first && last
      ? `参保率从${first.unit.name}的${percentText(first.figures.enrolled, first.figures.should)}到${last.unit.name}的${percentText(last.figures.enrolled, last.figures.should)}，共${counting.length}个单位`
      : "还没有可以排名的单位";
  return <LazyChart option={option} tip={tip} sentence={sentence} height={72 + counting.length * 32} />;
}

function tipOf({ unit, figures, target }: Row): string[] {
  const { enrolled, should, amount } = figures;
  return [
    unit.name,
    `参保率 ${percentText(enrolled, should)}（${counted(enrolled)} / ${counted(should)} 人）`,
    target === null ? "没有目标" : `目标 ${targetPercent(target)}%，差 ${counted(missing(figures, target))} 人`,
    `缴费金额 ${money(amount)}`,
  ];
}

function rankingOption(rows: readonly Row[]) {
  const reached = (row: Row) => row.target !== null && missing(row.figures, row.target) === 0;
  const rate = ({ figures }: Row) => percent(figures.enrolled, figures.should);
  return {
    grid: { left: 8, right: 64, top: 36, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, itemGap: 20, textStyle: { color: tokens.muted, fontSize: 14 } },
    xAxis: {
      type: "value",
      max: 100,
      axisLabel: { formatter: "{value}%", color: tokens.muted, fontSize: 14 },
      splitLine: { lineStyle: { color: tokens.line } },
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: rows.map(({ unit }) => unit.name),
      axisLabel: { color: tokens.ink, fontSize: 14 },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: tokens.line } },
    },
    series: [
      {
        name: "参保率",
        type: "bar",
        barMaxWidth: 16,
        itemStyle: { color: tokens.main, borderRadius: [0, 4, 4, 0] },
        label: {
          show: true,
          position: "right",
          fontSize: 14,
          color: tokens.ink,
          formatter: ({ dataIndex }: { dataIndex: number }) =>
            `${rate(rows[dataIndex]!).toFixed(2)}%${reached(rows[dataIndex]!) ? " ✓" : ""}`,
        },
        data: rows.map((row) => ({
          value: rate(row),
          ...(reached(row) && { itemStyle: { color: tokens.done } }),
        })),
      },
      {
        name: "目标",
        type: "scatter",
        symbol: "rect",
        symbolSize: [3, 22],
        itemStyle: { color: tokens.attention, opacity: 1 },
        data: rows.map(({ target }) => (target === null ? null : targetPercent(target))),
      },
    ],
  };
}

/** A unit below, with its place. */
export type Row = Child & { readonly place: number | null };

export type Child = Board["children"][number];
