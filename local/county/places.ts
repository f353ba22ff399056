import { areas } from "../../shared/areas/areas.ts";
import { type Day, day } from "../../shared/day.ts";
import { random } from "../../shared/random.ts";
import { townshipNames, villageFirst, villageSecond } from "./names.ts";

export interface Place {
  readonly area: string;
  readonly village: string;
  /** The first day of the payment window. */
  readonly windowFrom: Day;
}

interface UnitFacts {
  readonly code: string;
  readonly name: string;
}

/** The three counties of 烟台 that the demonstration fills, and the share of its people that each holds. */
const counties = [
  { code: "370611", name: "福山区", share: 0.5, townships: 7 },
  { code: "370682", name: "莱阳市", share: 0.3, townships: 5 },
  { code: "370686", name: "栖霞市", share: 0.2, townships: 4 },
] as const;

/** One county for each other pooling area, with two villages. */
const elsewhere: Record<string, UnitFacts> = {
  "511300": { code: "511302", name: "顺庆区" },
  "331000": { code: "331002", name: "椒江区" },
  "640522": { code: "640522", name: "海原县" },
  "230200": { code: "230202", name: "龙沙区" },
  "522300": { code: "522301", name: "兴义市" },
  "640100": { code: "640106", name: "金凤区" },
  "640200": { code: "640202", name: "大武口区" },
  "640300": { code: "640302", name: "利通区" },
  "640424": { code: "640424", name: "泾源县" },
  "360100": { code: "360102", name: "东湖区" },
  "610500": { code: "610502", name: "临渭区" },
};
const elsewherePeople = 150;
const villagePeople = 280;

const code = (above: string, n: number) => `${above}${String(n).padStart(3, "0")}`;
const windowFrom = (area: string): Day =>
  day(area === "230200" ? "2025-10-01" : area === "360100" ? "2025-09-15" : "2025-10-15");

/** Invented townships and villages below real counties. */
function villageName(village: string): string {
  const dice = random(`name ${village}`);
  return dice.pick(villageFirst) + dice.pick(villageSecond);
}

/** Every village with the number of people that live in it; `size` people in 烟台, small sets elsewhere. */
export function places(size: number): { place: Place; people: number }[] {
  const list: { place: Place; people: number }[] = [];
  for (const county of counties) {
    const people = Math.round(size * county.share);
    const villages = Math.max(county.townships, Math.round(people / villagePeople));
    for (let v = 0; v < villages; v++) {
      const township = code(county.code, (v % county.townships) + 1);
      const village = code(township, 200 + Math.floor(v / county.townships) + 1);
      const share = Math.floor(((v + 1) * people) / villages) - Math.floor((v * people) / villages);
      list.push({ place: { area: "370600", village, windowFrom: windowFrom("370600") }, people: share });
    }
  }
  for (const [area, county] of Object.entries(elsewhere)) {
    for (const v of [201, 202]) {
      const village = code(code(county.code, 1), v);
      list.push({ place: { area, village, windowFrom: windowFrom(area) }, people: elsewherePeople });
    }
  }
  return list;
}

/** Every unit of the org tree above and including the villages. */
export function units(size: number): UnitFacts[] {
  const named = new Map<string, string>();
  for (const policy of areas.values()) named.set(policy.area, policy.name);
  for (const county of [...counties, ...Object.values(elsewhere)]) named.set(county.code, county.name);
  for (const { place } of places(size)) {
    const township = place.village.slice(0, 9);
    named.set(township, townshipNames[(Number(township.slice(6)) - 1) % townshipNames.length]!);
    named.set(place.village, villageName(place.village));
  }
  return [...named].map(([unit, name]) => ({ code: unit, name }));
}
