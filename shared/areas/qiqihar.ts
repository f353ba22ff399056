import { share, type Yuan, yuan } from "../money.ts";
import type { Policy } from "../policy/policy.ts";
import { assumed, stated } from "../policy/series.ts";
import type { Benefits } from "../policy/settlement.ts";
import { assumedResident, noRemoteUpfront } from "../policy/shapes.ts";
import { line } from "../policy/table.ts";
import { national } from "./national.ts";
import { nationalRemote } from "./national-remote.ts";

const province = "黑政发〔2016〕36号";
const interview = "齐齐哈尔市城乡居民医保访谈";
const tiersWhy = "“一制三档”的三个数额没有文件给出；第一档按国家最低标准，第二、三档各加100元";

const from = "2018-01-01";
/** QQ-09: an average increase on the old shares. 25 + 30 is what circulates too, 45 + 30 is not; neither is a stated number. */
const circulating = assumedResident(
  from,
  {
    why: "按流传的数字假定（可信度低）；访谈只说比“省内转诊报销45%、省外报销25%……平均提高30%左右”，不是确数：省外55%与25 + 30相符，省内按转诊后的医院级别",
    deductibles: ["200", "450", "700"],
    shares: ["0.85", "0.75", "0.6"],
    outOfProvince: { deductible: "1000", share: "0.55" },
    ceiling: "100000",
  },
  ["destitute", "minimum-living", "registered-poor"],
);
const resident: Benefits = {
  ...circulating,
  remoteUpfront: noRemoteUpfront(from, "没有文件规定异地先行自付；省外只是起付线与比例不同，是否备案没有影响"),
  inpatient: {
    ...circulating.inpatient,
    deductible: [
      line(
        "transferred",
        { careType: ["inpatient"], transferred: true },
        stated<Yuan>(
          from,
          interview,
          yuan("0"),
          "“上下级医院可相互转诊转院,待遇标准按转诊转院后的医院级别享受相应待遇,且免收转诊转院后的住院起付线”；没有说市外除外，按都免",
        ),
      ),
      ...circulating.inpatient.deductible,
    ],
  },
};

/** 黑龙江省齐齐哈尔市. */
export const qiqihar: Policy = {
  area: "230200",
  name: "齐齐哈尔市",
  province: "黑龙江省",
  begins: [assumed("2018-01-01", "黑政发〔2016〕36号：2018年1月1日起执行统一的城乡居民医保政策；当地首日未读到", true)],
  identityTiming: [assumed("2018-01-01", "没有文件规定次月起止；按名单当日", "same-day")],
  remote: {
    ...nationalRemote,
    lateAfterDischarge: [
      stated(
        from,
        interview,
        true,
        "“打破了新农合对转诊转院的规定,明确了异地报销程序”：可以事后报销；补办备案的细节没有说",
      ),
    ],
  },
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
  benefits: { resident },
};
