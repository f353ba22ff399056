import { share, type Yuan, yuan } from "../money.ts";
import type { Subsidy } from "../policy/contribution.ts";
import type { Policy } from "../policy/policy.ts";
import { assumed, derived, stated } from "../policy/series.ts";
import {
  type Benefits,
  type NotCovered,
  noLimit,
  notCovered,
  type Tiers,
  type YearLayer,
} from "../policy/settlement.ts";
import { assumedBasic, everybody, flat, others, tiers, unmentioned } from "../policy/shapes.ts";
import { line } from "../policy/table.ts";
import { national } from "./national.ts";
import { nationalRemote } from "./national-remote.ts";

const document = "烟政办发〔2022〕25号";
const from = "2023-01-01";
const paidInFull: Subsidy = { payer: "medical-aid-fund", pays: { share: share("1") } };
const fullFrom2023 = [stated(from, `${document} 二(二)`, paidInFull, "前五类全额资助；因病致贫重病患者不在其列")];

/** 倾斜: 特困、低保、返贫致贫 (三(四)). */
const favoured = { identity: ["destitute", "minimum-living", "returned-to-poverty"] } as const;
const closeToPoverty = { identity: ["low-income-edge", "monitored"] } as const;

const noBasic = "居民住院起付线与比例没有文件在手；按流传的300/90、500/58、800/45假定（可信度低）";
const noFigures = "没有文件在手，也没有流传的数字；自定的假定";
const ordinaryLimit = "普通居民大病年度限额没有文件在手（倾斜人群“取消年度最高支付限额”）；按流传的40万元假定";

const residentCriticalIllness: YearLayer = {
  threshold: [
    line("favoured", favoured, stated(from, `${document} 三(四)1`, yuan("7000"))),
    others(derived(from, `${document} 三(四)1`, yuan("14000"), "倾斜起付标准比其他参保居民降低50%：7000 ÷ 50%")),
  ],
  tiers: [
    line(
      "favoured",
      favoured,
      stated(from, `${document} 三(四)1`, tiers("0", "0.65", "100000", "0.7", "200000", "0.75", "300000", "0.8")),
    ),
    others(
      derived(
        from,
        `${document} 三(四)1`,
        tiers("0", "0.6", "100000", "0.65", "200000", "0.7", "300000", "0.75"),
        "倾斜比例比其他参保居民提高5个百分点：65、70、75、80% 各减5",
      ),
    ),
  ],
  limit: [
    line("favoured", favoured, stated(from, `${document} 三(四)1`, noLimit)),
    others(assumed(from, ordinaryLimit, yuan("400000"))),
  ],
};

const employeeCriticalIllness: YearLayer = {
  threshold: [
    line("favoured", favoured, stated(from, `${document} 三(四)1`, yuan("6000"))),
    others(stated(from, `${document} 三(四)1`, yuan("12000"), "“由1.2万元下调为6000元”")),
  ],
  tiers: [
    line("favoured", favoured, stated(from, `${document} 三(四)1`, flat("0.85"))),
    others(derived(from, `${document} 三(四)1`, flat("0.8"), "倾斜比例提高5个百分点：85% − 5")),
  ],
  limit: [
    line("favoured", favoured, stated(from, `${document} 三(四)1`, noLimit)),
    others(assumed(from, "普通职工大病年度限额没有文件在手；按40万元假定", yuan("400000"))),
  ],
};

const specialDrug: YearLayer = {
  threshold: [
    line("favoured", favoured, stated(from, `${document} 三(四)2`, yuan("0"), "“取消其2万元的起付标准”")),
    others(assumed(from, "普通人群特药的数额没有文件专门规定；起付按倾斜条款所说的“其2万元的起付标准”", yuan("20000"))),
  ],
  tiers: [
    line("favoured", favoured, stated(from, `${document} 三(四)2`, flat("0.8"))),
    others(assumed(from, "普通人群特药比例没有文件在手；按倾斜人群的80%假定", flat("0.8"))),
  ],
  limit: [
    line("favoured", favoured, stated(from, `${document} 三(四)2`, yuan("400000"))),
    others(assumed(from, "普通人群特药限额没有文件在手；按40万元假定", yuan("400000"))),
  ],
};

const six1 = `${document} 三(六)1`;
const six2 = `${document} 三(六)2`;
const seven = `${document} 三(七)`;
const onlyListed = "医疗救助只给名单上的人";

const medicalAid: YearLayer = {
  threshold: [
    line("favoured", favoured, stated(from, six1, yuan("0"), "不设起付")),
    line("close-to-poverty", closeToPoverty, stated(from, six2, yuan("3000"))),
    line("illness-impoverished", { identity: ["illness-impoverished"] }, stated(from, seven, yuan("10000"))),
    others(stated<Yuan>(from, `${document} 二(一)`, yuan("0"), onlyListed)),
  ],
  tiers: [
    line("destitute", { identity: ["destitute"] }, stated(from, six1, flat("1"))),
    line("minimum-living", { identity: ["minimum-living"] }, stated(from, six1, flat("0.8"))),
    line("returned-to-poverty", { identity: ["returned-to-poverty"] }, stated(from, six1, flat("0.7"))),
    line("close-to-poverty", closeToPoverty, stated(from, six2, flat("0.5"))),
    line("illness-impoverished", { identity: ["illness-impoverished"] }, stated(from, seven, flat("0.6"))),
    others<Tiers | NotCovered>(stated(from, `${document} 二(一)`, notCovered, onlyListed)),
  ],
  limit: [
    line("favoured", favoured, stated(from, six1, yuan("30000"))),
    line("close-to-poverty", closeToPoverty, stated(from, six2, yuan("20000"))),
    line("illness-impoverished", { identity: ["illness-impoverished"] }, stated(from, seven, yuan("30000"))),
    others(stated(from, `${document} 二(一)`, noLimit, onlyListed)),
  ],
};

const noFurther = "再救助只规定了前五类";
const furtherAid: YearLayer = {
  threshold: [
    line("favoured", favoured, stated(from, six1, yuan("5000"))),
    line("close-to-poverty", closeToPoverty, stated(from, six2, yuan("10000"))),
    others(stated<Yuan>(from, `${document} 三(六)`, yuan("0"), noFurther)),
  ],
  tiers: [
    line("favoured", favoured, stated(from, six1, flat("0.7"))),
    line("close-to-poverty", closeToPoverty, stated(from, six2, flat("0.7"))),
    others<Tiers | NotCovered>(stated(from, `${document} 三(六)`, notCovered, noFurther)),
  ],
  limit: [
    line("favoured", favoured, stated(from, six1, yuan("20000"))),
    line("close-to-poverty", closeToPoverty, stated(from, six2, yuan("20000"))),
    others(stated(from, `${document} 三(六)`, noLimit, noFurther)),
  ],
};

/** What residents and employees of 烟台 share. */
const common = {
  ...unmentioned(from),
  specialDrug,
  medicalAid,
  furtherAid,
  feedsAid: [
    stated(
      from,
      `${document} 三(五)`,
      ["inpatient", "chronic-outpatient", "special-drug"] as const,
      "住院、门诊慢特病（含单独支付的药品费用）",
    ),
  ],
};

const resident: Benefits = {
  ...common,
  inpatient: assumedBasic(from, noBasic, ["300", "500", "800"], ["0.9", "0.58", "0.45"]),
  chronic: assumedBasic(from, noFigures, ["0", "0", "0"], ["0.9", "0.58", "0.45"]),
  outpatient: assumedBasic(from, noFigures, ["0", "0", "0"], ["0.6", "0.5", "0.5"]),
  ceiling: everybody(assumed(from, noFigures, yuan("200000"))),
  outpatientCeiling: everybody(assumed(from, noFigures, yuan("400"))),
  criticalIllness: residentCriticalIllness,
};

const employee: Benefits = {
  ...common,
  inpatient: assumedBasic(from, noFigures, ["300", "500", "800"], ["0.9", "0.88", "0.85"]),
  chronic: assumedBasic(from, noFigures, ["0", "0", "0"], ["0.9", "0.88", "0.85"]),
  outpatient: assumedBasic(from, noFigures, ["200", "400", "600"], ["0.8", "0.7", "0.6"]),
  ceiling: everybody(assumed(from, noFigures, yuan("250000"))),
  outpatientCeiling: everybody(assumed(from, noFigures, yuan("5000"))),
  largeExpense: everybody<Yuan | NotCovered>(
    assumed(from, "文件提到“职工大额医疗费用补助”，数额没有文件在手；按40万元假定", yuan("400000")),
  ),
  criticalIllness: employeeCriticalIllness,
};

/** 山东省烟台市. */
export const yantai: Policy = {
  area: "370600",
  name: "烟台市",
  province: "山东省",
  begins: [stated(from, `${document} 末段`, true, "“本实施方案自2023年1月1日起施行”")],
  identityTiming: [stated(from, `${document} 二(二)`, "following-month", "新增自纳入的次月起，退出自退出的次月起")],
  remote: {
    ...nationalRemote,
    providers: [
      ...nationalRemote.providers,
      stated(
        from,
        `${document} 四(十二)`,
        "networked there",
        "“做好异地长期居住和临时外出就医的救助对象登记备案、就医结算，配合推进省内和跨省医疗费用结算‘一站式’服务、‘一窗口’办理”；救助与医保一起结算",
      ),
    ],
  },
  contribution: {
    ...national,
    subsidies: {
      ...national.subsidies,
      identity: {
        destitute: fullFrom2023,
        "minimum-living": fullFrom2023,
        "returned-to-poverty": fullFrom2023,
        "low-income-edge": fullFrom2023,
        monitored: fullFrom2023,
      },
    },
  },
  depositWaived: [
    stated(
      from,
      `${document} 四(十)`,
      favoured.identity,
      "“经基层医疗卫生机构首诊转诊的……在我市行政区域内定点医疗机构住院，实行‘先诊疗后付费’”；转诊以转院备案为准",
    ),
  ],
  benefits: { resident, employee },
};
