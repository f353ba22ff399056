import { national } from "./national.ts";
import type { Policy } from "./policy.ts";
import { nationalRemote } from "./remote.ts";
import { assumed } from "./series.ts";

/** 贵州省黔西南布依族苗族自治州. */
export const qianxinan: Policy = {
  area: "522300",
  name: "黔西南州",
  province: "贵州省",
  begins: [assumed("2021-01-01", "“十四五”时期起；没有文件给出首日", true)],
  identityTiming: [assumed("2021-01-01", "没有文件规定次月起止；按名单当日", "same-day")],
  remote: nationalRemote,
  contribution: national,
};
