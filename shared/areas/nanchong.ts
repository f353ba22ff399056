import { type Points, type Share, share, type Yuan, yuan } from "../money.ts";
import type { Policy } from "../policy/policy.ts";
import { assumed, stated } from "../policy/series.ts";
import {
  type Benefits,
  type NoLimit,
  type NotCovered,
  noLimit,
  notCovered,
  type Tiers,
  type YearLayer,
} from "../policy/settlement.ts";
import { assumedAid, assumedBasic, everybody, flat, noBonus, others, unmentioned } from "../policy/shapes.ts";
import { type Case, levelOne, line } from "../policy/table.ts";
import { national } from "./national.ts";
import { nationalRemote } from "./national-remote.ts";

const report = "南充市医保工作报道";
const from = "2017-01-01";
const unread = "二、三级医院只说比原新农合提高5至10个百分点，数额没有文件在手；按流传的数字假定（可信度低）";
const otherLevelOne = "原文只说乡镇卫生院；其他一级及以下按同样假定";

const registeredPoor = { identity: ["registered-poor"] } as const;
/** 先天性心脏病, 白血病. */
const minorsDiseases = {
  ageUnder: 18,
  disease: [
    ["Q20", "Q28"],
    ["C91", "C95"],
  ],
} as const;
/** 精神分裂症, 恶性肿瘤: the two that the source names of its thirteen. */
const thirteenDiseases = {
  disease: [
    ["F20", "F20"],
    ["C00", "C97"],
  ],
} as const;

const minorsInFull: Case<Tiers | NotCovered> = line(
  "minors-diseases",
  minorsDiseases,
  stated(from, report, flat("1"), "“未成年人治疗先天性心脏病和白血病医保基金报销比例为100%”；起付线照扣"),
);
const otherLevels: readonly Case<Tiers | NotCovered>[] = [
  line("level-1", { level: levelOne }, assumed(from, otherLevelOne, flat("0.85"))),
  line("level-2", { level: ["secondary"] }, assumed(from, unread, flat("0.75"))),
  line("level-3", { level: ["tertiary"] }, assumed(from, unread, flat("0.7"))),
];
const township: Case<Tiers | NotCovered> = line(
  "township",
  { level: ["township"] },
  stated(from, report, flat("0.85"), "乡镇卫生院“报销比例为85%”"),
);
const bonus: readonly Case<Points>[] = [
  line(
    "thirteen-diseases",
    thirteenDiseases,
    stated(from, report, share("0.05"), "“精神分裂症、恶性肿瘤等13种疾病报销比例上浮5%”，按百分点；其余11种未列名"),
  ),
  others(assumed(from, "没有文件规定其他加成", share("0"))),
];

const criticalIllness: YearLayer = {
  threshold: [
    line("registered-poor", registeredPoor, assumed(from, "“降低大病保险起付线”，数额未给；按减半", yuan("5000"))),
    others(assumed(from, "大病起付线没有文件在手；按1万元假定", yuan("10000"))),
  ],
  tiers: everybody<Tiers | NotCovered>(assumed(from, "大病比例没有文件在手；按60%假定", flat("0.6"))),
  limit: everybody<Yuan | NoLimit>(assumed(from, "大病限额没有文件在手；按30万元假定", yuan("300000"))),
};

/** 补充保险: one of the "four layers" of the poor (NC-13, NC-14). */
const supplementary: YearLayer = {
  threshold: everybody(assumed<Yuan>(from, "补充保险起付没有文件在手；按不设", yuan("0"))),
  tiers: [
    line<Tiers | NotCovered>(
      "registered-poor",
      registeredPoor,
      assumed(from, "补充保险覆盖贫困人口，比例未给；按50%假定", flat("0.5")),
    ),
    others<Tiers | NotCovered>(assumed(from, "补充保险只说覆盖贫困人口", notCovered)),
  ],
  limit: everybody<Yuan | NoLimit>(assumed(from, "补充保险限额没有文件在手；按不设", noLimit)),
};

const resident: Benefits = {
  ...unmentioned(from),
  inpatient: {
    deductible: [
      line(
        "registered-poor-in-county",
        { ...registeredPoor, place: ["in-county"] },
        stated(from, report, yuan("0"), "“取消在县域内就诊的建档立卡贫困人口住院报销起付线”"),
      ),
      line("township", { level: ["township"] }, stated(from, report, yuan("150"), "“乡镇卫生院起付线为150元”")),
      line("level-1", { level: levelOne }, assumed(from, otherLevelOne, yuan("150"))),
      line("level-2", { level: ["secondary"] }, assumed(from, unread, yuan("450"))),
      line("level-3", { level: ["tertiary"] }, assumed(from, unread, yuan("600"))),
    ],
    tiers: [minorsInFull, township, ...otherLevels],
    bonus,
  },
  chronic: {
    deductible: everybody(
      assumed<Yuan>(from, "“21种重大疾病门诊享受住院待遇”，门诊起付没有文件在手；按不设", yuan("0")),
    ),
    tiers: [minorsInFull, ...otherLevels],
    bonus,
  },
  outpatient: assumedBasic(
    from,
    "村级门诊统筹的数额没有文件在手；按60%、50%、50%假定",
    ["0", "0", "0"],
    ["0.6", "0.5", "0.5"],
  ),
  ceiling: everybody(stated(from, report, yuan("160000"), "“调整至16万元”")),
  outpatientCeiling: everybody(assumed(from, "门诊统筹限额没有文件在手；按200元假定", yuan("200"))),
  criticalIllness,
  otherLayers: [{ name: "supplementary", layer: supplementary }],
  medicalAid: assumedAid(from, ["destitute", "minimum-living", "registered-poor"]),
  guarantee: {
    inpatient: [
      line<Share | NotCovered>(
        "registered-poor-in-county",
        { ...registeredPoor, place: ["in-county"] },
        stated(from, report, share("0"), "“县域内定点医疗机构就医的政策范围内住院费用个人‘零支付’”"),
      ),
      others<Share | NotCovered>(stated(from, report, notCovered, "零支付只给县域内就医的建档立卡贫困人口")),
    ],
    chronic: [
      line<Share | NotCovered>(
        "registered-poor",
        registeredPoor,
        stated(from, report, share("0.1"), "“11种门诊慢病维持诊疗,个人支付不超过10%”；病种未列名，按门诊慢特病"),
      ),
      others<Share | NotCovered>(stated(from, report, notCovered, "只给建档立卡贫困人口")),
    ],
  },
};

const noEmployeeOutpatient = "2017年职工普通门诊由个人账户支付";

const employee: Benefits = {
  ...unmentioned(from),
  inpatient: assumedBasic(
    from,
    "职工住院数额没有文件在手，也没有流传的数字；自定的假定",
    ["200", "450", "600"],
    ["0.9", "0.88", "0.85"],
  ),
  chronic: assumedBasic(from, "职工门诊慢特病数额没有文件在手", ["0", "0", "0"], ["0.9", "0.88", "0.85"]),
  outpatient: {
    deductible: everybody(assumed<Yuan>(from, noEmployeeOutpatient, yuan("0"))),
    tiers: everybody<Tiers | NotCovered>(assumed(from, noEmployeeOutpatient, notCovered)),
    bonus: noBonus(from),
  },
  ceiling: everybody(stated(from, report, yuan("280000"), "职工最高支付限额28万元")),
  outpatientCeiling: everybody<Yuan | NoLimit>(assumed(from, noEmployeeOutpatient, noLimit)),
  largeExpense: everybody<Yuan | NotCovered>(assumed(from, "没有文件提到职工大额补助", notCovered)),
  criticalIllness,
  medicalAid: assumedAid(from, ["destitute", "minimum-living", "registered-poor"]),
};

/** 四川省南充市. */
export const nanchong: Policy = {
  area: "511300",
  name: "南充市",
  province: "四川省",
  begins: [assumed(from, "报道写于2017年9至10月；没有文件给出首日", true)],
  identityTiming: [assumed(from, "没有文件规定次月起止；按名单当日", "same-day")],
  remote: {
    ...nationalRemote,
    providers: [
      ...nationalRemote.providers.slice(0, 1),
      stated(
        from,
        report,
        "networked there",
        "“与省内376家医院实现了异地就医即时结算联网”；2017年6月接入国家平台，8月三级医院全部联网；省外按国家通知",
      ),
    ],
  },
  contribution: {
    ...national,
    subsidies: {
      ...national.subsidies,
      identity: {
        ...national.subsidies.identity,
        "registered-poor": [
          stated(
            from,
            report,
            { payer: "finance", pays: { share: share("1") } },
            "“代缴…33.42万人，资金累计拨付7686.69万元”，合每人230.00元",
          ),
        ],
      },
    },
  },
  benefits: { resident, employee },
};
