import { share, yuan } from "../money.ts";
import { national } from "./national.ts";
import type { Policy } from "./policy.ts";
import { nationalRemote } from "./remote.ts";
import { assumed, stated } from "./series.ts";

const province = "黑政发〔2016〕36号";
const interview = "齐齐哈尔市城乡居民医保访谈";
const tiersWhy = "“一制三档”的三个数额没有文件给出；第一档按国家最低标准，第二、三档各加100元";

/** 黑龙江省齐齐哈尔市. */
export const qiqihar: Policy = {
  area: "230200",
  name: "齐齐哈尔市",
  province: "黑龙江省",
  begins: [assumed("2018-01-01", "黑政发〔2016〕36号：2018年1月1日起执行统一的城乡居民医保政策；当地首日未读到", true)],
  identityTiming: [assumed("2018-01-01", "没有文件规定次月起止；按名单当日", "same-day")],
  remote: nationalRemote,
  contribution: {
    ...national,
    standard: [
      assumed("2023-01-01", tiersWhy, [yuan("350"), yuan("450"), yuan("550")]),
      assumed("2024-01-01", tiersWhy, [yuan("380"), yuan("480"), yuan("580")]),
      assumed("2025-01-01", tiersWhy, [yuan("400"), yuan("500"), yuan("600")]),
      assumed("2026-01-01", tiersWhy, [yuan("400"), yuan("500"), yuan("600")]),
    ],
    localSplit: [
      stated(
        "2018-01-01",
        province,
        { province: share("0.6"), cityAndCounty: share("0.4") },
        "“自2017年度起…地方财政负担部分由省和市县按6∶4比例分担”",
      ),
    ],
    window: [
      stated(
        "2018-01-01",
        province,
        { from: "10-01", until: "12-31", untilNextYear: false },
        "“每年10月至12月为下一年度的参保缴费期”",
      ),
    ],
    subsidies: {
      ...national.subsidies,
      identity: {
        ...national.subsidies.identity,
        "registered-poor": [
          assumed("2018-01-01", "黑政发〔2016〕36号：贫困人口由医疗救助基金按规定补贴，数额未给；按60%", {
            payer: "medical-aid-fund",
            pays: { share: share("0.6") },
          }),
        ],
      },
    },
    firstEnrolmentAnyTime: [stated("2018-01-01", interview, true, "“对于首次参保的城乡居民，可随时参保缴费”")],
    neverBelowLastYear: [stated("2018-01-01", province, true, "“实际人均筹资和个人缴费不得低于现有水平”")],
  },
};
