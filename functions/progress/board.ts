import { endpoints } from "../../shared/api/progress.ts";
import { noFigures } from "../../shared/outbox.ts";
import { mustBeWithin } from "../callers/officers.ts";
import { childrenOf, pathOf, unitOf, unitReply } from "../callers/units.ts";
import { http } from "../http.ts";
import { daysOf, figuresBelow, figuresOf } from "./store.ts";

/** GET /progress/{unit} · 参保缴费进度 of a unit, of those directly below, and by day. */
export const handler = http(endpoints["progress.board"], async ({ officer, params, query: { year } }) => {
  mustBeWithin(officer, params.unit);
  const [unit, path, figures, below, children, days] = await Promise.all([
    unitOf(params.unit),
    pathOf(params.unit),
    figuresOf(year, params.unit),
    figuresBelow(year, params.unit),
    childrenOf(params.unit),
    daysOf(year, params.unit),
  ]);
  return {
    unit: unitReply(unit),
    path: path.map(unitReply),
    figures,
    target: unit.targets[year] ?? null,
    children: children.map((child) => ({
      unit: unitReply(child),
      figures: below.get(child.code) ?? noFigures,
      target: child.targets[year] ?? null,
    })),
    days: days.map(({ on, enrolled, paid, amount }) => ({ on, enrolled, paid, amount })),
  };
});
