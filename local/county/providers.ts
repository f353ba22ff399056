import { createHmac } from "node:crypto";
import { type Day, day } from "../../shared/day.ts";
import type { Level } from "../../shared/policy/table.ts";
import type { AgreementState } from "../../shared/provider/agreement.ts";
import type { HospitalLevel, Ownership, Service } from "../../shared/provider/provider.ts";
import { localSecret } from "../environment.ts";

/** An invented provider; what it does not say is that of an ordinary public one whose agreement is in force. */
export interface DemonstrationProvider {
  readonly code: string;
  readonly name: string;
  readonly ownership: Ownership;
  readonly reformed: boolean;
  readonly levels: { readonly real: HospitalLevel; readonly price: Level; readonly deductible: Level };
  readonly services: readonly Service[];
  readonly address: string;
  readonly state: Extract<AgreementState, "in-force" | "suspended" | "applied">;
}

/** The agreements in force of the demonstration: since when, and until when. */
export const agreed: { from: Day; until: Day } = { from: day("2024-01-01"), until: day("2027-12-31") };

const wholeHospital: readonly Service[] = ["outpatient", "chronic-outpatient", "inpatient", "special-drug"];
const made = (
  code: string,
  name: string,
  [real, price, deductible = price]: readonly [HospitalLevel, Level, Level?],
  address: string,
  facts: Partial<DemonstrationProvider> = {},
): DemonstrationProvider => ({
  code,
  name,
  ownership: "public",
  reformed: false,
  levels: { real, price, deductible },
  services: ["outpatient", "chronic-outpatient", "inpatient"],
  address,
  state: "in-force",
  ...facts,
});
const clinic = { services: ["outpatient", "chronic-outpatient"] } as const;

/** 演示机构 · all of them invented; their places are those where the demonstration's people live. */
export const demonstrationProviders: readonly DemonstrationProvider[] = [
  made("H37061100001", "烟台市演示中心医院", ["02", "tertiary"], "福山区演示大街1号", {
    reformed: true,
    services: wholeHospital,
  }),
  made("H37061100002", "福山区演示人民医院", ["05", "secondary"], "福山区演示大街20号", {
    reformed: true,
    services: wholeHospital,
  }),
  made("H37061100003", "福山区演示中医院", ["06", "secondary", "primary"], "福山区演示大街33号", { reformed: true }),
  made("H37061100004", "福山区演示康宁医院", ["07", "secondary"], "清泉街道演示路8号", {
    ownership: "private",
    state: "suspended",
  }),
  made("H37061100005", "福山区演示口腔医院", ["08", "primary"], "清泉街道演示路16号", {
    ownership: "private",
    services: ["outpatient"],
    state: "applied",
  }),
  made("H37061100101", "东河镇演示卫生院", ["09", "township"], "东河镇演示街5号"),
  made("H37061100102", "西岭镇演示卫生院", ["10", "township"], "西岭镇演示街7号"),
  made("H37061100201", "清泉街道演示社区卫生服务中心", ["11", "community"], "清泉街道演示路2号", clinic),
  made("H37061100301", "东河镇演示第一村卫生室", ["11", "village"], "东河镇演示第一村", clinic),
  made("H37061100302", "东河镇演示第二村卫生室", ["11", "village"], "东河镇演示第二村", clinic),
  made("P37061100001", "福山区演示康民大药房", ["11", "primary"], "福山区演示大街41号", {
    ownership: "private",
    services: ["pharmacy", "special-drug"],
  }),
  made("P37061100002", "东河镇演示惠民药店", ["11", "primary"], "东河镇演示街9号", {
    ownership: "private",
    services: ["pharmacy"],
  }),
  made("H37068200001", "莱阳市演示人民医院", ["05", "secondary"], "莱阳市演示路1号", {
    reformed: true,
    services: wholeHospital,
  }),
  made("H37068200101", "西岭镇演示中心卫生院", ["08", "township"], "莱阳市西岭镇演示街3号"),
  made("H37068600001", "栖霞市演示人民医院", ["06", "secondary"], "栖霞市演示路1号", { reformed: true }),
  made("H37010200001", "济南市演示省级医院", ["01", "tertiary"], "济南市历下区演示路1号", {
    reformed: true,
    services: wholeHospital,
  }),
  made("H37020200001", "青岛市演示附属医院", ["02", "tertiary"], "青岛市市南区演示路1号", {
    reformed: true,
    services: wholeHospital,
  }),
  made("H11010500001", "北京市演示医院", ["02", "tertiary"], "北京市朝阳区演示路1号", {
    reformed: true,
    services: wholeHospital,
  }),
  made("H31011500001", "上海市演示医院", ["02", "tertiary"], "上海市浦东新区演示路1号", { services: wholeHospital }),
  made("H31011500002", "上海市演示社区卫生服务中心", ["11", "community"], "上海市浦东新区演示路9号", clinic),
];

/** 机构密钥（演示） · the key of a provider in force: its number, and its secret in hex, made of this machine's own secret. */
export const demonstrationKey = (code: string): { keyNo: string; secret: string } => ({
  keyNo: "DEMO00000001",
  secret: createHmac("sha256", localSecret("providers")).update(code).digest("hex"),
});
