import { careCover } from "../../shared/care/cover.ts";
import { type Day, yearOf } from "../../shared/day.ts";
import { today } from "../clock.ts";
import { coveredOf, factsOf } from "../people/facts.ts";

/** The last day of the cover that somebody has today, or null. */
export async function coverUntilOf(personNo: string): Promise<Day | null> {
  const on = today();
  const cover = careCover(coveredOf(await factsOf(personNo, [yearOf(on)])), on);
  return cover.state === "covered" ? cover.until : null;
}
