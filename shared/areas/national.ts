import { share, type Yuan, yuan } from "../money.ts";
import type { ContributionPolicy, Subsidy } from "../policy/contribution.ts";
import { identityKinds } from "../policy/identity.ts";
import { assumed, derived, type Series, stated } from "../policy/series.ts";

/** 国家最低标准 · what the yearly national notices set as the least, by benefit year. */
export const nationalFloor: { readonly individual: Series<Yuan>; readonly fiscal: Series<Yuan> } = {
  individual: [
    assumed("2023-01-01", "2022年通知未读到；通常所记为不低于350元", yuan("350")),
    derived("2024-01-01", "医保发〔2024〕19号", yuan("380"), "2024年通知较上年增加20元，达到400元：400 − 20"),
    stated("2025-01-01", "医保发〔2024〕19号", yuan("400")),
    stated("2026-01-01", "冀医保发〔2025〕6号", yuan("400"), "“可维持每人每年不低于400元”"),
  ],
  fiscal: [
    assumed("2023-01-01", "2022年通知未读到；通常所记为不低于610元", yuan("610")),
    derived("2024-01-01", "医保发〔2024〕19号", yuan("640"), "2024年通知较上年增加30元，达到670元：670 − 30"),
    stated("2025-01-01", "医保发〔2024〕19号", yuan("670"), "2024年通知的两个数配对：财政670元，2025年个人400元"),
    stated("2026-01-01", "冀医保发〔2025〕6号", yuan("700"), "2025年通知的两个数配对：财政700元，2026年个人400元"),
  ],
};

/** Earlier than the first day of every area, so that a national value never cuts an area short. */
const always = "2009-01-01";

/** 定额资助 is stated, its amount is not: 60 % stands in, as 河北 has it for 低保. */
const fixedAmountUnknown: Subsidy = { payer: "medical-aid-fund", pays: { share: share("0.6") } };
const fixedAmountWhy = "国办发〔2021〕42号只说“定额资助”，数额由各地定，没有当地文件；按河北“不低于60%的标准”假定";

/** 国家规则 · what an area inherits where it has nothing of its own. What no document gives is assumed once, here. */
export const national: ContributionPolicy = {
  standard: [],
  fiscal: [],
  localSplit: [assumed(always, "没有文件说明地方财政补助如何分担", "not stated")],
  window: [
    assumed(always, "没有当地文件；按多数地区的10月中旬至12月底", {
      from: "10-15",
      until: "12-31",
      untilNextYear: false,
    }),
  ],
  studentWindow: [assumed(always, "没有文件为在校学生另设缴费期", "same as everybody")],
  subsidies: {
    identity: {
      destitute: [
        stated(
          "2022-01-01",
          "国办发〔2021〕42号",
          { payer: "medical-aid-fund", pays: { share: share("1") } },
          "“全额资助特困人员”；施行日未读到，按文号次年",
        ),
      ],
      "minimum-living": [assumed("2022-01-01", fixedAmountWhy, fixedAmountUnknown)],
      "returned-to-poverty": [assumed("2022-01-01", fixedAmountWhy, fixedAmountUnknown)],
    },
    aged: [assumed(always, "没有文件按年龄资助", "none")],
  },
  firstEnrolmentAnyTime: [assumed(always, "没有文件允许首次参保随时缴费", false)],
  neverBelowLastYear: [assumed(always, "没有文件规定标准不得低于上年", false)],
  newbornDays: [assumed(always, "各地多为出生后90天内（网页，未见国家文件）；出生当日算第1天，至多再过89天", 89)],
  employeeGapMonths: [assumed(always, "职工医保中断3个月内转为居民不设等待期（网页转述）", 3)],
  waiting: {
    applies: [
      assumed(always, "2025年以前没有读到全国统一的等待期", false),
      stated("2025-01-01", "国办发〔2024〕38号", true, "自2025年起计（各省文件同此）"),
    ],
    fixedMonths: [stated("2025-01-01", "国办发〔2024〕38号", 3, "“参保后固定待遇等待期3个月”")],
    monthsPerLapsedYear: [stated("2025-01-01", "国办发〔2024〕38号", 1, "“每多断保1年…增加变动待遇等待期1个月”")],
    firstLapsedYearCounts: [
      assumed("2025-01-01", "“每多断保1年”是否含断保首年，没有文件说明；按计入（对参保人较严）", true),
    ],
    lapsesCountedFrom: [assumed("2025-01-01", "断保年数自2025年起算（陕西“自2025年起”，国家原文未读到）", 2025)],
    monthsRemovedPerRepairedYear: [
      stated("2025-01-01", "国办发〔2024〕38号", 1, "“每多缴纳1年可减少1个月变动待遇等待期”"),
    ],
    floorFromLapsedYears: [assumed("2025-01-01", "连续断保4年及以上（政务答复转述，国家原文未读到）", 4)],
    floorMonths: [assumed("2025-01-01", "修复后固定与变动之和原则上不少于6个月（政务答复转述）", 6)],
    exempt: [assumed("2025-01-01", "低收入与救助对象不设等待期（各地答复；国家原文未读到）", identityKinds)],
  },
};
