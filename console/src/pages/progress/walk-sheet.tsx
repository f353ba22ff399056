import { dayShown } from "../../../../shared/day.ts";
import { useDesk } from "../../desk.tsx";
import { money } from "../../figures.ts";
import { type Names, outcomeText, statusText, type Villager } from "./villager.tsx";

/** What each column is, and how wide on paper: together an A4 sheet on its side, 277 mm between the margins. */
const columns: readonly [title: string, millimetres: number][] = [
  ["序号", 11],
  ["户", 24],
  ["姓名", 22],
  ["年龄", 11],
  ["证件号", 36],
  ["身份", 22],
  ["状态", 20],
  ["应缴", 18],
  ["电话", 26],
  ["上次走访", 24],
  ["走访情况", 41],
  ["签字", 22],
];

/** 入户走访表 · the list as a village cadre carries it from door to door, with columns to fill in by hand. */
export function WalkSheet({
  names,
  people,
  households,
  what,
  year,
}: {
  names: Names;
  people: readonly Villager[];
  households: ReadonlyMap<string, readonly Villager[]>;
  what: string;
  year: number;
}) {
  const { officer, today, demonstration } = useDesk();
  return (
    <article className="print-only walk-sheet">
      {demonstration && <p className="print-demonstration">演示数据，都是编造的</p>}
      <h1>
        {names.path.map((one) => one.name).join("")}　{year}年度参保入户走访表
      </h1>
      <p className="print-under walk-under">
        <span>
          {what}，{people.length} 人
        </span>
        <span>截至{dayShown(today)}</span>
        <span>打印：{officer.name}</span>
        <span className="blank">走访人：</span>
        <span className="blank">走访日期：</span>
      </p>
      <table>
        <thead>
          <tr>
            {columns.map(([title, millimetres]) => (
              <th key={title} style={{ width: `${millimetres}mm` }}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {people.map((one, i) => (
            <tr key={one.personNo} className={people[i - 1]?.household === one.household ? undefined : "first"}>
              <td>{i + 1}</td>
              <td>
                {people[i - 1]?.household === one.household
                  ? ""
                  : `${households.get(one.household)?.[0]?.name ?? one.name}家`}
              </td>
              <td>{one.name}</td>
              <td>{one.age}</td>
              <td>{one.identityNumber}</td>
              <td>{one.identities.join("、")}</td>
              <td>{statusText(one)}</td>
              <td>{one.due === null ? "" : money(one.due)}</td>
              <td>{one.telephone ?? "没有登记"}</td>
              <td>{one.visit ? `${outcomeText(one.visit.outcome)} ${one.visit.on.slice(5)}` : ""}</td>
              <td />
              <td />
            </tr>
          ))}
        </tbody>
      </table>
      <footer>应缴是今天缴费的金额。本表有个人信息，请妥善保管，用后交回。</footer>
    </article>
  );
}
