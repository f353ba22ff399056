import { Table, type TableColumnsType } from "antd";
import { Link, useLocation } from "react-router";
import { BackToOwnArea, Crumbs, useTitle, useUnitKeys, useYear, YearSelect } from "../../desk.tsx";
import { counted } from "../../figures.ts";
import { openRow } from "../../keyboard.ts";
import { Page } from "../../parts/page.tsx";
import { Failure, Waiting } from "../../parts/tell.tsx";
import { useBoard } from "./board.ts";
import { Rate } from "./rate.tsx";

/** 选村 · above a village: the units below with how many are not yet enrolled, down to the village. */
export function ChooseVillage({ unit }: { unit: string }) {
  const year = useYear();
  const { search } = useLocation();
  const board = useBoard(unit, year, { watched: false });
  const { hasAbove } = useUnitKeys("names", unit);
  useTitle("名单走访");
  if (board.error) {
    return (
      <Failure error={board.error} retry={() => void board.refetch()}>
        <BackToOwnArea page="names" />
      </Failure>
    );
  }
  if (!board.data) return <Waiting />;
  const rows = board.data.children
    .map((child) => ({ ...child, left: child.figures.should - child.figures.enrolled }))
    .sort((a, b) => b.left - a.left);
  const columns: TableColumnsType<(typeof rows)[number]> = [
    {
      title: "单位",
      render: (_, { unit: { code, name } }) => (
        <Link data-row to={{ pathname: `/names/${code}`, search }}>
          {name}
        </Link>
      ),
    },
    { title: "还没参保", align: "right", render: (_, { left }) => `${counted(left)} 人` },
    { title: "应参保", align: "right", render: (_, { figures }) => `${counted(figures.should)} 人` },
    {
      title: "参保率",
      width: 260,
      render: (_, { figures, target }) => <Rate figures={figures} target={target} />,
    },
  ];
  return (
    <Page
      crumbs={<Crumbs path={board.data.path} page="names" />}
      title="先选一个村"
      small={`${board.data.unit.name}，${year}年度名单`}
      tools={<YearSelect />}
    >
      <section className="card panel choosing">
        <header className="panel-head">
          <p className="muted">没参保人数最多的在最前面。打开一个村的名单会留下查阅记录。</p>
          <span className="muted hint">j / k 选择　回车进入{hasAbove && "　u 上一级"}</span>
        </header>
        <Table
          className="choose"
          size="small"
          rowKey={({ unit }) => unit.code}
          columns={columns}
          dataSource={rows}
          pagination={false}
          locale={{ emptyText: "这里还没有下级单位。" }}
          onRow={() => ({ onClick: openRow })}
        />
      </section>
    </Page>
  );
}
