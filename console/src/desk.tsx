import { Select } from "antd";
import { createContext, useContext, useEffect } from "react";
import { Link, useLocation, useNavigate, useSearchParams } from "react-router";
import { type Day, yearOf } from "../../shared/day.ts";
import { parentUnit, within } from "../../shared/org.ts";
import { inArea } from "./access.ts";
import { briefly, type Reply, useRead } from "./api.ts";
import { benefitYearOn } from "./figures.ts";
import { useRowKeys } from "./keyboard.ts";

/** 经办人员 · who is signed in. */
type Officer = Reply<"officers.me">;

/** What every page stands on: the officer who is signed in, and the business day. */
interface Desk {
  readonly officer: Officer;
  readonly today: Day;
  readonly demonstration: boolean;
}
const deskContext = createContext<Desk | null>(null);
export const DeskProvider = deskContext.Provider;

/** 工作台 · who works here, and on which business day. */
export function useDesk(): Desk {
  const desk = useContext(deskContext);
  if (!desk) throw new Error("no officer above this component");
  return desk;
}
export const useMe = (): Officer => useDesk().officer;

/** 业务日期 · the day, and whether contributions are taken; looks again by itself. */
export const useToday = () => useRead("about.today", {}, { ...briefly, refetchInterval: 60_000 });

/** 缴费开关 · how it stands for the officer's own area; null before the API told. */
export function usePayments() {
  const { unit } = useMe();
  const told = useToday().data;
  return told && (told.areas.find(({ code }) => within(unit.code, code))?.payments ?? told.payments);
}

/** Names the browser's tab after the page. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · 居民医保经办`;
  }, [title]);
}

/** What the address bar says of a page, and how to change it; a way of looking leaves no step to go back to. */
export function useAddress(): readonly [
  parameters: URLSearchParams,
  change: (changes: Readonly<Record<string, string>>, how?: { replace: boolean }) => void,
] {
  const [parameters, setParameters] = useSearchParams();
  return [
    parameters,
    (changes, how = { replace: true }) => setParameters({ ...Object.fromEntries(parameters), ...changes }, how),
  ];
}

/** 年度 · the benefit year of the address bar, or the one that is being collected now. */
export function useYear(): number {
  const { today } = useDesk();
  const written = useSearchParams()[0].get("year") ?? "";
  return /^\d{4}$/.test(written) ? Number(written) : benefitYearOn(today);
}

/** Chooses the year. */
export function YearSelect() {
  const { today } = useDesk();
  const [, change] = useAddress();
  const year = useYear();
  const now = yearOf(today);
  const years = [...new Set([now + 1, now, now - 1, year])].sort((a, b) => b - a);
  return (
    <Select
      aria-label="年度"
      value={year}
      options={years.map((one) => ({ value: one, label: `${one}年度` }))}
      onChange={(one) => change({ year: String(one) }, { replace: false })}
    />
  );
}

/** The pages that walk up and down the org tree. */
type UnitPage = "progress" | "names";

/** 层级 · the units from the officer's own down to this one; those above their own are not theirs to open. */
export function Crumbs({ path, page }: { path: Reply<"progress.board">["path"]; page: UnitPage }) {
  const me = useMe();
  const { search } = useLocation();
  const own = path.filter((unit) => inArea(me, unit.code));
  if (own.length < 2) return null;
  return (
    <nav className="crumbs" aria-label="层级">
      {own.map((unit, i) => (
        <span key={unit.code}>
          {i > 0 && <span className="muted"> › </span>}
          {i === own.length - 1 ? (
            <span aria-current="page">{unit.name}</span>
          ) : (
            <Link to={{ pathname: `/${page}/${unit.code}`, search }}>{unit.name}</Link>
          )}
        </span>
      ))}
    </nav>
  );
}

/** j, k and u on a page of the org tree: down and up its rows, and to the unit above, where that is the officer's to see. */
export function useUnitKeys(page: UnitPage, unit: string): { hasAbove: boolean } {
  const me = useMe();
  const navigate = useNavigate();
  const { search } = useLocation();
  const above = parentUnit(unit);
  const hasAbove = above !== null && inArea(me, above);
  useRowKeys({
    u: () => hasAbove && navigate({ pathname: `/${page}/${above}`, search }),
  });
  return { hasAbove };
}

/** The way out of a unit that cannot be shown. */
export const BackToOwnArea = ({ page }: { page: UnitPage }) => (
  <Link className="button" to={`/${page}`}>
    回到我的辖区
  </Link>
);
