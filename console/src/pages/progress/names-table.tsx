import { memo } from "react";
import { dayShown } from "../../../../shared/day.ts";
import { openRow } from "../../keyboard.ts";
import { Amount } from "../../parts/facts.tsx";
import { Empty } from "../../parts/tell.tsx";
import { outcomeText, Status, type Villager } from "./villager.tsx";

/** 名单 · by household. Rows are plain and skipped by the browser while out of sight, so that a thousand scroll and filter well. */
export const NamesTable = memo(function NamesTable({
  people,
  households,
  open,
  empty,
}: {
  people: readonly Villager[];
  households: ReadonlyMap<string, readonly Villager[]>;
  open: (personNo: string) => void;
  empty: string;
}) {
  if (people.length === 0) return <Empty>{empty}</Empty>;
  return (
    <table className="names">
      <thead>
        <tr>
          <th>户</th>
          <th>姓名和证件号</th>
          <th>身份</th>
          <th>状态</th>
          <th className="right">应缴</th>
          <th className="from">生效日</th>
          <th>电话</th>
          <th>最近走访</th>
        </tr>
      </thead>
      <tbody>
        {people.map((one, i) => (
          <NamesRow
            key={one.personNo}
            person={one}
            family={people[i - 1]?.household === one.household ? null : (households.get(one.household) ?? [one])}
            open={open}
          />
        ))}
      </tbody>
    </table>
  );
});

const nothing = <span className="muted">—</span>;

const NamesRow = memo(function NamesRow({
  person,
  family,
  open,
}: {
  person: Villager;
  /** The whole household in its first row, null in the others. */
  family: readonly Villager[] | null;
  open: (personNo: string) => void;
}) {
  const { personNo, name, identityNumber, age, identities, due, coverFrom, telephone, visit } = person;
  return (
    <tr className={family ? "first" : undefined} onClick={openRow}>
      <td>
        {family?.[0] && (
          <>
            {family[0].name}家<div className="muted">共 {family.length} 人</div>
          </>
        )}
      </td>
      <td>
        <button type="button" id={`row-${personNo}`} data-row className="row-name" onClick={() => open(personNo)}>
          {name}
        </button>
        <span className="aside">
          {age}岁{person.head && " · 户主"}
        </span>
        <div className="number muted">{identityNumber}</div>
      </td>
      <td>{identities.length > 0 ? identities.join("、") : nothing}</td>
      <td>
        <Status of={person} />
      </td>
      <td className="right">{due === null ? nothing : <Amount of={due} />}</td>
      <td className="number from">{coverFrom === null ? nothing : dayShown(coverFrom)}</td>
      <td className="number">{telephone ?? <span className="muted">没有登记</span>}</td>
      <td>
        {visit ? (
          <>
            {outcomeText(visit.outcome)}
            <div className="muted">{dayShown(visit.on)}</div>
          </>
        ) : (
          <span className="muted">没有走访</span>
        )}
      </td>
    </tr>
  );
});
