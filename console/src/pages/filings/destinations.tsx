import { DownloadOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import { useCallback, useMemo } from "react";
import { tokens } from "../../../../shared/tokens.ts";
import { live, type Reply, useRead } from "../../api.ts";
import { download } from "../../csv.ts";
import { useAddress } from "../../desk.tsx";
import { counted } from "../../figures.ts";
import { LazyChart } from "../../parts/chart.tsx";
import { Empty, Failure, Waiting } from "../../parts/tell.tsx";
import { useUnit } from "./words.tsx";

type FilingDestination = Reply<"filings-agency.where">["destinations"][number];

const groups = {
  longTerm: { title: "长期", color: tokens.main },
  referral: { title: "转诊", color: tokens.attention },
  temporary: { title: "临时外出", color: tokens.muted },
} as const;
type Group = keyof typeof groups;
const groupNames = Object.keys(groups) as Group[];
const views = { chart: "图", table: "表" } as const;
type View = keyof typeof views;

/** The chart shows so many, the table all. */
const charted = 20;

const sumOf = (one: Record<Group, number>): number => groupNames.reduce((sum, group) => sum + one[group], 0);

/** 去哪里看病 · destinations of the filings that took effect, by kind: a chart, and the same as a table. */
export function FilingDestinations() {
  const unit = useUnit();
  const [parameters, change] = useAddress();
  const view: View = parameters.get("view") === "table" ? "table" : "chart";
  const found = useRead("filings-agency.where", { query: { unit } }, live);
  if (found.error && !found.data) return <Failure error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Waiting />;
  const { destinations } = found.data;
  return (
    <section className="card panel" aria-label="去哪里看病">
      <header className="panel-head">
        <h2>
          去哪里看病
          <span className="aside">
            {counted(destinations.length)} 个就医地，{counted(destinations.reduce((sum, one) => sum + sumOf(one), 0))}{" "}
            个生效过的备案
          </span>
        </h2>
        <span className="aside-right page-tools">
          {destinations.length > 0 && (
            <Button icon={<DownloadOutlined />} onClick={() => download("去哪里看病.csv", exported(destinations))}>
              导出
            </Button>
          )}
          <Segmented<View>
            aria-label="图还是表"
            value={view}
            options={(Object.keys(views) as View[]).map((value) => ({ value, label: views[value] }))}
            onChange={(one) => change({ view: one })}
          />
        </span>
      </header>
      {destinations.length === 0 ? (
        <Empty>还没有生效过的备案。有人备案以后，他们去哪里看病会出现在这里。</Empty>
      ) : view === "chart" ? (
        <DestinationChart destinations={destinations} />
      ) : (
        <DestinationTable destinations={destinations} />
      )}
    </section>
  );
}

function DestinationChart({ destinations }: { destinations: readonly FilingDestination[] }) {
  const shown = useMemo(() => destinations.slice(0, charted), [destinations]);
  const option = useMemo(() => chartOption(shown), [shown]);
  const tip = useCallback((index: number) => tipOf(shown[index]!), [shown]);
  const first = shown[0]!;
  return (
    <>
      <LazyChart
        option={option}
        tip={tip}
        sentence={`去得最多的是${first.destination.name}，${counted(sumOf(first))} 个备案；图里是前 ${shown.length} 个就医地`}
        height={72 + shown.length * 32}
      />
      {shown.length < destinations.length && (
        <p className="muted under">
          图里是去得最多的 {charted} 个就医地，全部 {counted(destinations.length)} 个在表里。
        </p>
      )}
    </>
  );
}

const tipOf = (one: FilingDestination): string[] => [
  one.destination.name,
  `一共 ${counted(sumOf(one))} 个`,
  ...groupNames.map((group) => `${groups[group].title} ${counted(one[group])} 个`),
];

function chartOption(rows: readonly FilingDestination[]) {
  return {
    grid: { left: 8, right: 64, top: 36, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, itemGap: 20, textStyle: { color: tokens.muted, fontSize: 14 } },
    xAxis: {
      type: "value",
      minInterval: 1,
      axisLabel: { color: tokens.muted, fontSize: 14 },
      splitLine: { lineStyle: { color: tokens.line } },
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: rows.map(({ destination }) => destination.name),
      axisLabel: { color: tokens.ink, fontSize: 14, width: 200, overflow: "truncate" },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: tokens.line } },
    },
    series: groupNames.map((group, i) => ({
      name: groups[group].title,
      type: "bar",
      stack: "filings",
      barMaxWidth: 18,
      itemStyle: { color: groups[group].color },
      data: rows.map((row) => row[group]),
      // The sum stands behind the last part of the bar.
      ...(i === groupNames.length - 1 && {
        label: {
          show: true,
          position: "right",
          fontSize: 14,
          color: tokens.ink,
          formatter: ({ dataIndex }: { dataIndex: number }) => counted(sumOf(rows[dataIndex]!)),
        },
      }),
    })),
  };
}

function DestinationTable({ destinations }: { destinations: readonly FilingDestination[] }) {
  return (
    <table className="plain-table filing-where">
      <thead>
        <tr>
          <th scope="col">就医地</th>
          <th scope="col">省份</th>
          {groupNames.map((group) => (
            <th key={group} scope="col" className="right">
              {groups[group].title}
            </th>
          ))}
          <th scope="col" className="right">
            合计
          </th>
        </tr>
      </thead>
      <tbody>
        {destinations.map((one) => (
          <tr key={one.destination.code}>
            <td>{one.destination.name}</td>
            <td>{one.province}</td>
            {groupNames.map((group) => (
              <td key={group} className="right number">
                {counted(one[group])}
              </td>
            ))}
            <td className="right number">{counted(sumOf(one))}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={2}>合计</td>
          {groupNames.map((group) => (
            <td key={group} className="right number">
              {counted(destinations.reduce((sum, one) => sum + one[group], 0))}
            </td>
          ))}
          <td className="right number">{counted(destinations.reduce((sum, one) => sum + sumOf(one), 0))}</td>
        </tr>
      </tfoot>
    </table>
  );
}

const exported = (destinations: readonly FilingDestination[]): string[][] => [
  ["就医地", "省份", ...groupNames.map((group) => groups[group].title), "合计"],
  ...destinations.map((one) => [
    one.destination.name,
    one.province,
    ...groupNames.map((group) => String(one[group])),
    String(sumOf(one)),
  ]),
];
