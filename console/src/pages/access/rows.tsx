import { Table, type TableColumnsType } from "antd";
import { dayShown } from "../../../../shared/day.ts";
import type { Reply } from "../../api.ts";
import { counted } from "../../figures.ts";
import { momentShown } from "../../parts/moment.ts";
import { papers } from "../../parts/seen.tsx";

export type Look = Reply<"claims-agency.access">["looks"][number];

export const whoWords: Readonly<Record<Look["who"], string>> = {
  officer: "经办人员",
  family: "家人",
  provider: "医药机构",
};
/** What is said of a look that asks for no reason. */
const noReason: Readonly<Record<Look["who"], string>> = {
  officer: "这一步不用写理由",
  family: "亲情账户成员",
  provider: "办理就医的报文",
};
/** At a counter the reason is the paper that was seen. */
const papersSeen: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(papers).map(([seen, name]) => [seen, `看过${name}`]),
);

/** Why somebody looked, in words. */
export const why = ({ who, reason }: Look): string =>
  reason === null ? noReason[who] : (papersSeen[reason] ?? reason);

/** 查阅的表 · when, who, what, why. */
export function Rows({ looks }: { looks: readonly Look[] }) {
  const columns: TableColumnsType<Look> = [
    {
      title: "什么时候",
      width: 190,
      render: (_, { at, on }) => (
        <>
          <span className="number">{momentShown(at)}</span>
          {!momentShown(at).startsWith(dayShown(on)) && <div className="muted">业务日期 {dayShown(on)}</div>}
        </>
      ),
    },
    {
      title: "谁",
      width: 280,
      render: (_, { who, name, no, unitName }) => (
        <>
          {name ?? no}
          <div className="muted">
            {whoWords[who]}
            {unitName && `，${unitName}`}
          </div>
        </>
      ),
    },
    {
      title: "看了什么",
      width: 240,
      render: (_, { title, people }) => (
        <>
          {title}
          {people !== null && <div className="muted">名单上 {counted(people)} 人</div>}
        </>
      ),
    },
    {
      title: "为什么",
      render: (_, look) => <span className={look.reason === null ? "muted" : undefined}>{why(look)}</span>,
    },
  ];
  return (
    <Table<Look>
      size="small"
      rowKey={({ at, no, call }) => `${at} ${no} ${call}`}
      columns={columns}
      dataSource={[...looks]}
      pagination={false}
      sticky={{ offsetHeader: 56 }}
    />
  );
}
