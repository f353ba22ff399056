import type { Call } from "../../shared/api/client.ts";
import type { Asked } from "../../shared/api/endpoint.ts";
import type { EndpointName, Endpoints } from "../../shared/api/endpoints.ts";
import { type Day, day } from "../../shared/day.ts";
import { importHeading } from "../../shared/provider/provider.ts";
import { agreedBy } from "../world/hands.ts";
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

/** Every call of the register of providers, by three officers. */
export async function applyTo(
  { officer }: World,
  as: <T>(name: EndpointName, work: () => Promise<T>) => Promise<T>,
): Promise<void> {
  const [one, two, three] = [
    await officer("register-one", "370611", ["providers"]),
    await officer("register-two", "370611", ["providers"]),
    await officer("register-three", "370600", ["providers"]),
  ];
  const hospital = application();
  const params = { code: hospital.code };
  await as("providers.apply", () => one("providers.apply", { body: hospital }));
  await as("providers.withdraw", () => one("providers.withdraw", { params, body: said(1) }));
  await one("providers.apply", { body: { ...hospital, reason: "重新申请" } });
  const pass = { params, body: { pass: true, ...said(3) } };
  await as("providers.evaluate", () => two("providers.evaluate", pass));
  const yes = { params, body: { approve: true as const, ...period, from: day("2025-11-20"), ...said(4) } };
  await as("providers.decide", () => three("providers.decide", yes));
  const { levels, services, address, telephone } = hospital;
  const other = { from: day("2026-01-01"), levels, services, address, telephone, ...said(5) };
  const { proposalNo } = await as("providers.change", () => two("providers.change", { params, body: other }));
  await as("proposals.list", () => three("proposals.list"));
  await as("proposals.answer", () => agreedBy(three)({ proposalNo }));
  const wish = { params, body: { algorithm: "HMAC-SM3" as const, ...said(6) } };
  const { keyNo } = await as("providers.key", () => two("providers.key", wish));
  await as("providers.end-key", () => two("providers.end-key", { params: { ...params, keyNo }, body: said(7) }));
  await as("providers.suspend", () => two("providers.suspend", { params, body: said(8) }));
  await as("providers.resume", () => two("providers.resume", { params, body: said(9) })).then(agreedBy(three));
  await as("providers.end", () => two("providers.end", { params, body: said(10) }));
  await as("providers.one", () => one("providers.one", { params }));
  await as("providers.list", () => one("providers.list", { query: {} }));
  const row = [newCode(), "演示卫生院", "公立", "否", "一级乙等", "一级", "一级", "住院", "演示街5号", "0535-1234567"];
  const csv = `${importHeading.join()}\n${[...row, "2025-01-01", "2025-12-31"].join()}`;
  await as("providers.import", () => one("providers.import", { body: { csv, reason: "接管名册" } }));
}
