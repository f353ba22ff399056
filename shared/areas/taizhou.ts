import { type Share, share, type Yuan, yuan } from "../money.ts";
import type { Policy } from "../policy/policy.ts";
import { assumed, stated } from "../policy/series.ts";
import type { Benefits, NotCovered, Tiers } from "../policy/settlement.ts";
import {
  assumedAid,
  assumedBasic,
  assumedCriticalIllness,
  byLevel,
  everybody,
  flat,
  noBonus,
  others,
  unmentioned,
} from "../policy/shapes.ts";
import { levelOne, line } from "../policy/table.ts";
import { national } from "./national.ts";
import { nationalRemote } from "./national-remote.ts";

const document = "台州市基本医疗保险办法";
const from = "2019-01-01";
const unread = "办法的数额表没有文件在手（只有解读）；住院与封顶按流传的数字假定（可信度低）";
const noFigures = "办法的数额表没有文件在手，也没有流传的数字；自定的假定";

/** 第三次及以上住院取消起付标准. */
const fromThirdStay = line(
  "third-stay",
  { careType: ["inpatient"], stayFrom: 3 },
  stated(from, document, yuan("0"), "“取消第三次及以上住院时住院的起付标准”"),
);
const basic = (
  why: string,
  deductibles: readonly [string, string, string],
  shares: readonly [string, string, string],
) => {
  const layer = assumedBasic(from, why, deductibles, shares);
  return { ...layer, deductible: [fromThirdStay, ...layer.deductible] };
};

const sameCity = "“在全市范围内…就医购药,报销比例与参保地同等级医药机构一致”；此前只在“三区”“两市”范围内互认";

const common = {
  ...unmentioned(from),
  remoteUpfront: [
    line<Share>("in-the-area", { place: ["in-county", "in-city"] }, stated(from, document, share("0"), sameCity)),
    others<Share>(assumed(from, "没有文件规定市外先行自付；备案对待遇没有影响", share("0"))),
  ],
  criticalIllness: assumedCriticalIllness(
    from,
    "职工与居民执行同样的大病保险政策（解读），数额没有文件在手；按2万元起付、60%、限额30万元假定",
    "20000",
    "0.6",
    "300000",
  ),
  medicalAid: assumedAid(from, ["destitute", "minimum-living", "returned-to-poverty", "low-income-edge"]),
};

const resident: Benefits = {
  ...common,
  inpatient: basic(unread, ["200", "500", "800"], ["0.85", "0.75", "0.65"]),
  chronic: assumedBasic(from, noFigures, ["0", "0", "0"], ["0.85", "0.75", "0.65"]),
  outpatient: {
    deductible: everybody(assumed<Yuan>(from, "普通门诊起付标准没有文件提到；按不设", yuan("0"))),
    tiers: [
      line<Tiers | NotCovered>(
        "reformed-level-1",
        { reformed: true, level: levelOne },
        stated(from, document, flat("0.6"), "“已参加公立医院改革的一级及以下基层卫生医疗机构按60%支付”"),
      ),
      ...byLevel<Tiers | NotCovered>(
        assumed(from, "未参加改革的基层机构没有给出；按提高10个点以前的50%", flat("0.5")),
        assumed(from, noFigures, flat("0.4")),
        assumed(from, noFigures, flat("0.3")),
      ),
    ],
    bonus: noBonus(from),
  },
  ceiling: everybody(assumed(from, unread, yuan("300000"))),
  outpatientCeiling: [
    line(
      "family-doctor",
      { familyDoctor: true },
      stated(from, document, yuan("1200"), "“与基层卫生医疗机构家庭医生签约的参保人员为1200元”"),
    ),
    others(stated(from, document, yuan("900"), "“年度最高支付限额为900元”")),
  ],
};

const broken = "原文“86%75%、70%和40%”列出四类而数字残缺；按顺序假定";
const employee: Benefits = {
  ...common,
  inpatient: basic(noFigures, ["200", "500", "800"], ["0.9", "0.85", "0.8"]),
  chronic: assumedBasic(from, noFigures, ["0", "0", "0"], ["0.9", "0.85", "0.8"]),
  outpatient: assumedBasic(from, broken, ["0", "0", "0"], ["0.86", "0.75", "0.7"]),
  ceiling: everybody(assumed(from, noFigures, yuan("300000"))),
  outpatientCeiling: everybody(assumed(from, noFigures, yuan("5000"))),
  largeExpense: everybody<Yuan | NotCovered>(
    assumed(from, "办法取消了每人每年66元的重大疾病缴费，大额补助是否另设没有文件在手；按30万元假定", yuan("300000")),
  ),
};

/** 浙江省台州市. */
export const taizhou: Policy = {
  area: "331000",
  name: "台州市",
  province: "浙江省",
  begins: [stated(from, document, true, "“2019年1月1日起施行”")],
  identityTiming: [assumed(from, "没有文件规定次月起止；按名单当日", "same-day")],
  remote: {
    ...nationalRemote,
    exempt: [
      ...nationalRemote.exempt,
      stated(from, document, ["in-county", "in-city"], `${sameCity}；市外是否备案由国家通知定`),
    ],
    providers: [
      ...nationalRemote.providers.slice(0, 1),
      stated(
        from,
        document,
        "networked at any level",
        "“国家、浙江省、台州三级异地就医联网结算的定点医疗机构”，“全国符合条件的定点医疗机构有1.55多万家”；此前市外限二级以上，“省外二级限公立”",
      ),
    ],
  },
  contribution: national,
  benefits: { resident, employee },
};
