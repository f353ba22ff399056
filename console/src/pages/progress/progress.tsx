import { PrinterOutlined, TeamOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { type ReactNode, useState } from "react";
import { Link, useParams } from "react-router";
import { mayOpen } from "../../access.ts";
import { isFault } from "../../api.ts";
import { BackToOwnArea, Crumbs, useDesk, useMe, useTitle, useUnitKeys, useYear, YearSelect } from "../../desk.tsx";
import { counted, money, percentText } from "../../figures.ts";
import { Page } from "../../parts/page.tsx";
import { Failure, Waiting } from "../../parts/tell.tsx";
import { type Board, useBoard } from "./board.ts";
import { Bulletin } from "./bulletin.tsx";
import { Daily } from "./daily.tsx";
import { Figure, Live } from "./live.tsx";
import { Ranking } from "./ranking.tsx";
import { Distance, RateBar, Target } from "./rate.tsx";
import { TargetDialog, type Targeted } from "./target.tsx";
import "./progress.css";

/** 参保进度 · how far a unit and those below it are, as of this second. */
export default function ProgressPage() {
  const me = useMe();
  const { unit = me.unit.code } = useParams();
  const year = useYear();
  const board = useBoard(unit, year, { watched: true });
  const [targeted, setTargeted] = useState<Targeted | null>(null);
  const { hasAbove } = useUnitKeys("progress", unit);
  useTitle(board.data ? `${board.data.unit.name}参保进度` : "参保进度");

  const refused = board.error && !isFault(board.error);
  if (board.error && (refused || !board.data)) {
    return (
      <Failure error={board.error} retry={() => void board.refetch()}>
        <BackToOwnArea page="progress" />
      </Failure>
    );
  }
  if (!board.data) return <Waiting />;
  return (
    <>
      <Page
        crumbs={<Crumbs path={board.data.path} page="progress" />}
        title={board.data.unit.name}
        small={`${year}年度参保缴费进度`}
        tools={
          <>
            <Live of={board} />
            <YearSelect />
            <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
              打印通报
            </Button>
          </>
        }
        onScreenOnly="page"
      >
        <Totals board={board.data} setTarget={() => setTargeted(board.data)} />
        {board.data.unit.level === "village" ? (
          <div className="columns">
            <Daily board={board.data} />
            <Village board={board.data} year={year} />
          </div>
        ) : (
          <div className="columns">
            <Ranking board={board.data} year={year} hasAbove={hasAbove} setTarget={setTargeted} />
            <Daily board={board.data} />
          </div>
        )}
      </Page>
      <Bulletin board={board.data} year={year} />
      {targeted && <TargetDialog of={targeted} year={year} close={() => setTargeted(null)} />}
    </>
  );
}

function Totals({ board, setTarget }: { board: Board; setTarget: () => void }) {
  const { today } = useDesk();
  const { figures, target } = board;
  const { should, enrolled, paid, amount } = figures;
  const added = board.days.find((one) => one.on === today);
  return (
    <section className="totals" aria-label="总数">
      <Total title="应参保" note="健在、登记在册、没有参加职工医保">
        <Figure name="should" value={should} /> <small>人</small>
      </Total>
      <Total
        title="已参保"
        note={
          <>
            <RateBar figures={figures} target={target} />
            目标 <Target of={board} set={setTarget} />，
            <Distance figures={figures} target={target} />
          </>
        }
      >
        <Figure name="enrolled" value={enrolled} /> <small>人</small>
        <span className="total-rate number" data-figure="rate">
          {percentText(enrolled, should)}
        </span>
      </Total>
      <Total
        title="已缴费"
        note={enrolled > paid ? `另有 ${counted(enrolled - paid)} 人自己不用付钱就参保了` : "自己付了钱的人"}
      >
        <Figure name="paid" value={paid} /> <small>人</small>
        <span className="total-rate number">{percentText(paid, should)}</span>
      </Total>
      <Total
        title="缴费金额"
        note={added ? `今天参保 ${counted(added.enrolled)} 人，缴费 ${money(added.amount)}` : "今天还没有人参保"}
      >
        <Figure name="amount" value={amount} />
      </Total>
    </section>
  );
}

const Total = ({ title, note, children }: { title: string; note: ReactNode; children: ReactNode }) => (
  <section className="card total" aria-label={title}>
    <h2>{title}</h2>
    <p className="total-value">{children}</p>
    <div className="total-note">{note}</div>
  </section>
);

/** A village has nobody below it: behind its figure stand names. */
function Village({ board, year }: { board: Board; year: number }) {
  const me = useMe();
  const left = board.figures.should - board.figures.enrolled;
  return (
    <section className="card panel" aria-label="名单">
      <h2>还没参保的人</h2>
      <p className="headline">
        <b className="number">{counted(left)}</b> 人
      </p>
      <p className="muted">数字后面是谁、欠多少、怎么联系、走访过没有，都在名单里。每次打开名单都会留下查阅记录。</p>
      {mayOpen(me, "names") ? (
        <Link className="button primary" data-row to={`/names/${board.unit.code}?year=${year}`}>
          <TeamOutlined /> 打开名单
        </Link>
      ) : (
        <p className="muted">您的岗位不看名单。</p>
      )}
    </section>
  );
}
