import { dayShown } from "../../../../shared/day.ts";
import { useDesk } from "../../desk.tsx";
import { counted, daily, missing, money, percentText, ranked, targetPercent } from "../../figures.ts";
import type { Board } from "./board.ts";

/** How many days back the bulletin goes. */
const bulletinDays = 10;

/** 参保缴费进度通报 · the board on A4; it is on the page always and seen only on paper. */
export function Bulletin({ board, year }: { board: Board; year: number }) {
  const { officer, today, demonstration } = useDesk();
  const { unit, path, figures, target } = board;
  const rows = ranked(board.children);
  const days = daily(board.days, today).slice(-bulletinDays).reverse();
  const goal = target === null ? "" : `；目标${targetPercent(target)}%，${shortText(figures, target)}`;
  return (
    <article className="print-only bulletin">
      {demonstration && <p className="print-demonstration">演示数据，都是编造的</p>}
      <h1>参保缴费进度通报</h1>
      <p className="print-under">
        {path.map((one) => one.name).join("")}　{year}年度　截至{dayShown(today)}
      </p>
      <p className="print-text">
        {unit.name}应参保{counted(figures.should)}人，已参保{counted(figures.enrolled)}人，参保率
        {percentText(figures.enrolled, figures.should)}
        {goal}。已缴费{counted(figures.paid)}人，缴费金额{money(figures.amount)}。
      </p>
      {rows.length > 0 && (
        <>
          <h2>各单位进度（按参保率排名）</h2>
          <table>
            <thead>
              <tr>
                <th>名次</th>
                <th>单位</th>
                <th>应参保</th>
                <th>已参保</th>
                <th>参保率</th>
                <th>目标</th>
                <th>距目标</th>
                <th>已缴费</th>
                <th>缴费金额</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.unit.code}>
                  <td>{row.place ?? "—"}</td>
                  <td className="left">{row.unit.name}</td>
                  <FiguresCells figures={row.figures} target={row.target} />
                </tr>
              ))}
              <tr className="sum">
                <td />
                <td className="left">合计</td>
                <FiguresCells figures={figures} target={target} />
              </tr>
            </tbody>
          </table>
        </>
      )}
      {days.length > 0 && (
        <>
          <h2>最近{days.length}天</h2>
          <table>
            <thead>
              <tr>
                <th>日期</th>
                <th>当天参保</th>
                <th>当天缴费</th>
                <th>当天金额</th>
                <th>累计参保</th>
                <th>累计参保率</th>
              </tr>
            </thead>
            <tbody>
              {days.map((one) => (
                <tr key={one.on}>
                  <td className="left">{dayShown(one.on)}</td>
                  <td>{counted(one.enrolled)}</td>
                  <td>{counted(one.paid)}</td>
                  <td>{money(one.amount)}</td>
                  <td>{counted(one.total)}</td>
                  <td>{percentText(one.total, figures.should)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      <footer>
        制表：{officer.name}　　应参保：健在、登记在册、没有参加职工医保的人。参保率按两位小数截断，不进位。
      </footer>
    </article>
  );
}

function FiguresCells({ figures, target }: { figures: Board["figures"]; target: string | null }) {
  return (
    <>
      <td>{counted(figures.should)}</td>
      <td>{counted(figures.enrolled)}</td>
      <td>{percentText(figures.enrolled, figures.should)}</td>
      <td>{target === null ? "未下达" : `${targetPercent(target)}%`}</td>
      <td>{target === null || figures.should === 0 ? "—" : shortText(figures, target)}</td>
      <td>{counted(figures.paid)}</td>
      <td>{money(figures.amount)}</td>
    </>
  );
}

function shortText(figures: Board["figures"], target: string): string {
  const short = missing(figures, target);
  return short === 0 ? "已达标" : `差${counted(short)}人`;
}
