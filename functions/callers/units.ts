import * as z from "zod";
import { levelOf, unitPath } from "../../shared/org.ts";
import { Refusal } from "../../shared/refusal.ts";
import { key, partition } from "../key.ts";
import { itemsIn, mustBeAt } from "../read.ts";
import { exists, toUpdate, write } from "../write.ts";

/** 行政单位 · a city, county, township or village, and the targets it was set, by benefit year ("0.95"). */
const Unit = z.object({
  code: z.string(),
  name: z.string(),
  targets: z.record(z.string(), z.string()),
});
type Unit = z.output<typeof Unit>;

/** How an answer spells a unit. */
export const unitReply = ({ code, name }: Unit) => ({ code, name, level: levelOf(code) });

/** A unit by its code, or a refusal. */
export const unitOf = (code: string): Promise<Unit> =>
  mustBeAt(key.unit(code), Unit, "not-found", { consistent: false });

/** The unit and all above it, the highest first; units above the known tree are left out. */
export async function pathOf(code: string): Promise<Unit[]> {
  const found = await Promise.all(
    unitPath(code)
      .reverse()
      .map((one) => unitOf(one).catch((error) => (error instanceof Refusal ? null : Promise.reject(error)))),
  );
  return found.filter((one) => one !== null);
}

/** "福山区 东河镇 杏林村", or the code where the village is not in the tree. */
export async function unitName(village: string): Promise<string> {
  const path = await pathOf(village);
  return path.map((unit) => unit.name).join(" ") || village;
}

/** The units directly below. */
export const childrenOf = (code: string): Promise<Unit[]> =>
  itemsIn(partition.units(code), Unit, { consistent: false });

/** 下达目标 · sets the target of a unit for a benefit year. */
export async function setTarget(code: string, benefitYear: number, target: string): Promise<void> {
  const done = await write(toUpdate(key.unit(code), { set: { [`targets.${benefitYear}`]: target } }, exists));
  if (!done) throw new Refusal("not-found");
}
