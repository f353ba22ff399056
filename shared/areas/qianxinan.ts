import type { Policy } from "../policy/policy.ts";
import { assumed, derived, stated } from "../policy/series.ts";
import type { Benefits } from "../policy/settlement.ts";
import { assumedResident, noRemoteUpfront } from "../policy/shapes.ts";
import { national } from "./national.ts";
import { nationalRemote } from "./national-remote.ts";

const document = "黔西南州医疗经办管理服务体系文本";
const from = "2021-01-01";
const fewerPapers = "“取消转外就医零星报销需提供当地定点医疗机构的证明材料…等证明,实施承诺制管理”";

const resident: Benefits = {
  ...assumedResident(
    from,
    {
      why: "住院与封顶没有文件在手；按流传的数字假定（可信度低，与别市的表雷同）",
      deductibles: ["100", "400", "800"],
      shares: ["0.85", "0.75", "0.6"],
      outOfProvince: { deductible: "1200", share: "0.55" },
      ceiling: "150000",
    },
    ["destitute", "minimum-living", "returned-to-poverty", "registered-poor"],
  ),
  remoteUpfront: noRemoteUpfront(from, "没有文件规定异地先行自付；省外只是起付线与比例不同，是否备案没有影响"),
};

/** 贵州省黔西南布依族苗族自治州. */
export const qianxinan: Policy = {
  area: "522300",
  name: "黔西南州",
  province: "贵州省",
  begins: [assumed(from, "“十四五”时期起；没有文件给出首日", true)],
  identityTiming: [assumed(from, "没有文件规定次月起止；按名单当日", "same-day")],
  remote: {
    ...nationalRemote,
    kinds: {
      ...nationalRemote.kinds,
      referral: {
        ...nationalRemote.kinds.referral,
        commitment: [
          derived(
            from,
            document,
            "no paper follows",
            `${fewerPapers}：原文说的是报销；备案要的是同一份当地医院的证明，照此以承诺代替，不再补交`,
          ),
        ],
      },
    },
    providers: [
      stated(
        from,
        document,
        "networked at any level",
        "“实现了全国、全省异地就医一站式联网即时结算管理”；“与周边4省份联合启动西南片区跨省门诊费用直接结算试点”",
      ),
    ],
    lateAfterDischarge: [derived(from, document, true, `${fewerPapers}：转外就医可以事后零星报销`)],
  },
  contribution: national,
  benefits: { resident },
};
