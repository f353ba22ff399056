import { Button, Input, Segmented } from "antd";
import { useCallback, useMemo, useState } from "react";
import type { Day } from "../../../../shared/day.ts";
import { isDay } from "../../../../shared/day.ts";
import { tokens } from "../../../../shared/tokens.ts";
import { type Reply, useRead } from "../../api.ts";
import { useAddress, useDesk, useTitle } from "../../desk.tsx";
import { counted } from "../../figures.ts";
import { DayPicker, picked } from "../../parts/calendar.ts";
import { LazyChart } from "../../parts/chart.tsx";
import { Page } from "../../parts/page.tsx";
import { Empty, Failure, Waiting } from "../../parts/tell.tsx";
import { UsesTable } from "./words.tsx";

type ProviderUse = Reply<"credentials-agency.usage">["uses"][number];

/** 机构用码 · what one provider read codes for on one day: how often, and of whom. */
export default function CodeUsesPage() {
  const { today } = useDesk();
  const [parameters, change] = useAddress();
  const code = parameters.get("provider") ?? "";
  const written = parameters.get("on") ?? "";
  const on = isDay(written) ? written : today;
  const [typed, setTyped] = useState(code);
  useTitle("机构用码");
  const isGood = /^[HP]\d{11}$/.test(typed);
  return (
    <Page above="医保码" title="机构用码">
      <section className="card panel search" aria-label="查询条件">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (isGood) change({ provider: typed });
          }}
        >
          <div className="fields">
            <span>
              <label htmlFor="uses-provider">机构编码</label>
              <Input
                id="uses-provider"
                maxLength={12}
                placeholder="H37061100001"
                value={typed}
                onChange={({ target }) => setTyped(target.value.trim().toUpperCase())}
              />
            </span>
            <span>
              <label htmlFor="uses-on">日期</label>
              <DayPicker
                id="uses-on"
                allowClear={false}
                showNow={false}
                value={picked(on)}
                onChange={(day) => day && change({ on: day.on })}
              />
            </span>
            <Button type="primary" htmlType="submit" disabled={!isGood}>
              查
            </Button>
          </div>
        </form>
        <p className="muted">只列本辖区的人。每次查看都会留下记录。</p>
      </section>
      {code && <Usage code={code} on={on} />}
    </Page>
  );
}

function Usage({ code, on }: { code: string; on: Day }) {
  const usage = useRead("credentials-agency.usage", { params: { code }, query: { on } });
  const [as, setAs] = useState<"chart" | "table">("chart");
  if (usage.error) return <Failure error={usage.error} retry={() => void usage.refetch()} />;
  if (!usage.data) return <Waiting />;
  const { provider, counts, uses, more } = usage.data;
  return (
    <>
      <section className="card panel" aria-label="各种用途">
        <header className="panel-head">
          <h2>{provider}</h2>
          <Segmented<"chart" | "table">
            aria-label="怎么看"
            value={as}
            options={[
              { value: "chart", label: "图" },
              { value: "table", label: "表" },
            ]}
            onChange={setAs}
          />
        </header>
        {counts.length === 0 ? (
          <Empty>这一天没有读过本辖区人的码。</Empty>
        ) : as === "chart" ? (
          <Counts counts={counts} provider={provider} />
        ) : (
          <CountsTable counts={counts} />
        )}
      </section>
      <section className="card panel" aria-label="每一次">
        <header className="panel-head">
          <h2>每一次{more && "（只列最近的，还有更早的）"}</h2>
        </header>
        <UsesTable<ProviderUse>
          uses={uses}
          empty="没有记录。"
          first={[{ title: "姓名", width: 120, dataIndex: "name" }]}
        />
      </section>
    </>
  );
}

interface Count {
  readonly purpose: string;
  readonly online: number;
  readonly offline: number;
  readonly weak: number;
}
const allOf = ({ online, offline }: Count): number => online + offline;

function Counts({ counts, provider }: { counts: readonly Count[]; provider: string }) {
  const option = useMemo(
    () => ({
      grid: { left: 8, right: 24, top: 36, bottom: 8, containLabel: true },
      legend: { top: 0, left: 0, textStyle: { color: tokens.muted, fontSize: 14 } },
      xAxis: { type: "value", minInterval: 1, axisLabel: { color: tokens.muted, fontSize: 14 } },
      yAxis: {
        type: "category",
        inverse: true,
        data: counts.map(({ purpose }) => purpose),
        axisLabel: { color: tokens.ink, fontSize: 14 },
      },
      series: [
        { name: "联网", type: "bar", stack: "all", color: tokens.main, data: counts.map(({ online }) => online) },
        {
          name: "离线补报",
          type: "bar",
          stack: "all",
          color: tokens.attention,
          data: counts.map(({ offline }) => offline),
        },
      ],
    }),
    [counts],
  );
  const tip = useCallback(
    (index: number) => {
      const { purpose, online, offline, weak } = counts[index]!;
      return [
        purpose,
        `联网 ${counted(online)} 次`,
        `离线补报 ${counted(offline)} 次`,
        `其中纸质码 ${counted(weak)} 次`,
      ];
    },
    [counts],
  );
  const sentence = `${provider}：${counts.map((one) => `${one.purpose}${allOf(one)}次`).join("，")}`;
  return <LazyChart option={option} tip={tip} sentence={sentence} height={72 + counts.length * 36} />;
}

const CountsTable = ({ counts }: { counts: readonly Count[] }) => (
  <table className="plain-table">
    <thead>
      <tr>
        <th>用途</th>
        <th className="right">联网</th>
        <th className="right">离线补报</th>
        <th className="right">一共</th>
        <th className="right">其中纸质码</th>
      </tr>
    </thead>
    <tbody>
      {counts.map((one) => (
        <tr key={one.purpose}>
          <td>{one.purpose}</td>
          <td className="right number">{counted(one.online)}</td>
          <td className="right number">{counted(one.offline)}</td>
          <td className="right number">{counted(allOf(one))}</td>
          <td className="right number">{counted(one.weak)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);
