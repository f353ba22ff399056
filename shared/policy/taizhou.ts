import { national } from "./national.ts";
import type { Policy } from "./policy.ts";
import { assumed, stated } from "./series.ts";

/** 浙江省台州市. */
export const taizhou: Policy = {
  area: "331000",
  name: "台州市",
  province: "浙江省",
  begins: [stated("2019-01-01", "台州市基本医疗保险办法", true, "“2019年1月1日起施行”")],
  identityTiming: [assumed("2019-01-01", "没有文件规定次月起止；按名单当日", "same-day")],
  contribution: national,
};
