import { DownloadOutlined, SearchOutlined } from "@ant-design/icons";
import { Button, Input, Table, type TableColumnsType } from "antd";
import { type ReactNode, useState } from "react";
import { isDay } from "../../../../shared/day.ts";
import { type Reply, useAct } from "../../api.ts";
import { download } from "../../csv.ts";
import { useAddress, useDesk } from "../../desk.tsx";
import { counted } from "../../figures.ts";
import { DayPicker, picked } from "../../parts/calendar.ts";
import { momentShown } from "../../parts/moment.ts";
import { Reason } from "../../parts/reason.tsx";
import { Empty, Wrong } from "../../parts/tell.tsx";
import { Rows, whoWords, why } from "./rows.tsx";

type Found = Reply<"claims-agency.access-day">;
type Oddity = Found["oddities"][number];

/** 按天查 · who looked from a unit and all below it on one day: what is odd first, then all of it, which can be taken along as a table. */
export function ByDay({ choice, usual }: { choice: ReactNode; usual: readonly string[] }) {
  const { officer: me, today } = useDesk();
  const [parameters, change] = useAddress();
  const search = useAct("claims-agency.access-day");
  const [reason, setReason] = useState("");
  const unit = parameters.get("unit") ?? me.unit.code;
  const written = parameters.get("on") ?? "";
  const on = isDay(written) ? written : today;
  const no = (parameters.get("no") ?? "").trim();
  const ready = /^\d{6}(\d{3}){0,2}$/.test(unit) && reason.trim().length >= 4;
  const ask = (of = no) => search.mutate({ body: { unit, on, reason: reason.trim(), ...(of !== "" && { no: of }) } });
  return (
    <>
      <section className="card panel search" aria-label="查询条件">
        <header className="panel-head">{choice}</header>
        <form
          aria-label="填写条件"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready && !search.isPending) ask();
          }}
        >
          <div className="fields">
            <span>
              <label htmlFor="unit">区划代码（连同下级）</label>
              <Input
                id="unit"
                maxLength={12}
                value={unit}
                onChange={({ target }) => change({ unit: target.value.trim() })}
              />
            </span>
            <span>
              <label htmlFor="day">哪一天</label>
              <DayPicker
                id="day"
                allowClear={false}
                showNow={false}
                value={picked(on)}
                onChange={(day) => day && change({ on: day.on })}
              />
            </span>
            <span>
              <label htmlFor="no">经办人员或机构编号（不填查全部）</label>
              <Input id="no" maxLength={40} value={no} onChange={({ target }) => change({ no: target.value.trim() })} />
            </span>
            <Reason value={reason} change={setReason} usual={usual} />
            <Button
              type="primary"
              htmlType="submit"
              icon={<SearchOutlined />}
              disabled={!ready}
              loading={search.isPending}
            >
              查看
            </Button>
          </div>
        </form>
        <Wrong error={search.error} />
        <p className="muted">登录也在里面。您这次查看也会留下记录。</p>
      </section>
      {search.data && (
        <Day
          found={search.data}
          on={on}
          only={(one) => {
            change({ no: one });
            ask(one);
          }}
        />
      )}
    </>
  );
}

function Day({ found, on, only }: { found: Found; on: string; only: (no: string) => void }) {
  const { unit, oddities, looks, more } = found;
  return (
    <>
      <section className="card panel" aria-label="先看这些">
        <header className="panel-head">
          <h2>先看这些</h2>
        </header>
        {oddities.length === 0 ? <Empty>没有看出异常。</Empty> : <Oddities oddities={oddities} only={only} />}
      </section>
      <section className="card panel" aria-label="记录">
        <header className="panel-head">
          <h2>
            <span role="status">
              {more ? `先显示 ${counted(looks.length)} 次查阅，缩小范围再查` : `${counted(looks.length)} 次查阅`}
            </span>
          </h2>
          <span className="aside-right">
            <b>{unit.name}</b>{" "}
            <Button
              icon={<DownloadOutlined />}
              disabled={looks.length === 0}
              onClick={() => download(`查阅记录-${unit.code}-${on}.csv`, exported(looks))}
            >
              导出
            </Button>
          </span>
        </header>
        {looks.length === 0 ? <Empty>这一天没有人看过。</Empty> : <Rows looks={looks} />}
      </section>
    </>
  );
}

const oddityWords: Readonly<Record<Oddity["kind"], (count: string) => string>> = {
  "many-people": (count) => `一天看了 ${count} 人`,
  "one-reason": (count) => `同一个理由看了 ${count} 人`,
  "one-person": (count) => `同一个人看了 ${count} 次`,
  "at-night": (count) => `夜里（22点到6点）看了 ${count} 次`,
};

function Oddities({ oddities, only }: { oddities: readonly Oddity[]; only: (no: string) => void }) {
  const columns: TableColumnsType<Oddity> = [
    {
      title: "谁",
      width: 280,
      render: (_, { no, name, unitName }) => (
        <>
          {name ?? no}
          <div className="muted">{unitName ?? no}</div>
        </>
      ),
    },
    { title: "怎么了", render: (_, { kind, count }) => oddityWords[kind](counted(count)) },
    { title: "", width: 120, render: (_, { no }) => <Button onClick={() => only(no)}>只看这一个</Button> },
  ];
  return (
    <Table<Oddity>
      size="small"
      rowKey={({ no, kind }) => `${no} ${kind}`}
      columns={columns}
      dataSource={[...oddities]}
      pagination={false}
    />
  );
}

const exported = (looks: Found["looks"]): string[][] => [
  [
    "时间",
    "业务日期",
    "谁",
    "编号",
    "身份",
    "单位",
    "看了什么",
    "看了谁（人员编号）",
    "哪里的名单",
    "人数",
    "理由",
    "登录来处（散列）",
  ],
  ...looks.map((look) => [
    momentShown(look.at),
    look.on,
    look.name ?? "",
    look.no,
    whoWords[look.who],
    look.unitName ?? "",
    look.title,
    look.personNo ?? "",
    look.village ?? "",
    look.people === null ? "" : String(look.people),
    why(look),
    look.from ?? "",
  ]),
];
