import type { Call } from "../../shared/api/client.ts";
import type { Asked } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import { type Day, day } from "../../shared/day.ts";
import { unit, type World, world } from "../world/world.ts";

export type Application = Asked<Endpoints["providers.apply"]>["body"];

/** Units, and officers of the register: two of the county 福山区, two of the city, one of the next county, one of a township. */
export interface Register extends World {
  readonly one: Call;
  readonly two: Call;
  readonly city: Call;
  readonly city2: Call;
  readonly next: Call;
  readonly township: Call;
  /** An application on the register, recorded by the first officer of the county. */
  applied(facts?: Partial<Application>): ReturnType<typeof apply>;
  /** A provider in force from a day on, through three officers' hands. */
  designated(facts?: Partial<Application>, from?: Day): ReturnType<typeof apply>;
}

const apply = (call: Call, facts: Partial<Application>) => call("providers.apply", { body: application(facts) });

let numbers = 0;
/** A code that nobody has yet. */
export const newCode = (letter = "H", county = "370611") => `${letter}${county}${String(++numbers).padStart(5, "0")}`;

/** An ordinary application; `facts` say what is not. */
export const application = (facts: Partial<Application> = {}): Application => ({
  code: newCode(),
  name: "演示医院",
  ownership: "public",
  reformed: false,
  levels: { real: "06", price: "secondary", deductible: "secondary" },
  services: ["outpatient", "inpatient"],
  address: "演示路1号",
  telephone: "0535-1234567",
  reason: "申请定点",
  ...facts,
});
export const period = { from: day("2025-12-01"), until: day("2026-12-31") };
export const at = (code: string) => ({ params: { code } });
export const said = (version: number, reason = "工作需要") => ({ reason, version });

/** The world of a test file with a register to keep. */
export async function register(): Promise<Register> {
  const made = await world();
  for (const [code, name] of [
    ["370600", "烟台市"],
    ["370611", "福山区"],
    ["370682", "莱阳市"],
    ["370611001", "东河镇"],
  ] as const) {
    await unit(code, name);
  }
  const officer = (name: string, code: string) => made.officer(`providers-${name}`, code, ["providers"]);
  const one = await officer("one", "370611");
  const two = await officer("two", "370611");
  const city = await officer("city", "370600");
  const applied = (facts: Partial<Application> = {}) => apply(one, facts);
  return {
    ...made,
    one,
    two,
    city,
    city2: await officer("city2", "370600"),
    next: await officer("next", "370682"),
    township: await officer("township", "370611001"),
    applied,
    async designated(facts = {}, from = day("2025-11-20")) {
      const { code, version } = await applied(facts);
      await two("providers.evaluate", { ...at(code), body: { pass: true, reason: "评估合格", version } });
      const body = { approve: true as const, ...period, from, reason: "同意定点", version: version + 1 };
      return city("providers.decide", { ...at(code), body });
    },
  };
}
