import { type Yuan, yuan } from "../money.ts";
import type { Policy } from "../policy/policy.ts";
import { assumed, derived, stated } from "../policy/series.ts";
import { type Benefits, type NoLimit, type NotCovered, notCovered, type Tiers } from "../policy/settlement.ts";
import {
  absent,
  assumedAid,
  byLevel,
  everybody,
  flat,
  noBonus,
  noRemoteUpfront,
  others,
  unmentioned,
} from "../policy/shapes.ts";
import { line } from "../policy/table.ts";
import { national } from "./national.ts";
import { nationalRemote } from "./national-remote.ts";

const speeches = "宁夏医疗保险座谈会发言";

/** What the five places of 宁夏 in the speeches of 2010 share. */
const place = (area: string, name: string, from = "2010-01-01"): Policy => ({
  area,
  name,
  province: "宁夏回族自治区",
  begins: [assumed(from, "座谈会发言所述年度的1月1日；没有文件给出首日", true)],
  identityTiming: [assumed(from, "没有文件规定次月起止；按名单当日", "same-day")],
  remote: nationalRemote,
  contribution: national,
});

const yinchuanBase = place("640100", "银川市");
/** 宁夏银川市. */
export const yinchuan: Policy = {
  ...yinchuanBase,
  remote: {
    ...nationalRemote,
    exempt: [
      ...nationalRemote.exempt,
      stated(
        "2010-01-01",
        `${speeches} 银川`,
        ["in-county", "in-city"],
        "“分级管理、分级经办、一卡结算”，“市内一卡通”；6月“启动了永宁县异地结算试点”",
      ),
    ],
  },
};

const shizuishanBase = place("640200", "石嘴山市");
/** 宁夏石嘴山市. */
export const shizuishan: Policy = {
  ...shizuishanBase,
  remote: {
    ...nationalRemote,
    kinds: {
      ...nationalRemote.kinds,
      referral: {
        ...nationalRemote.kinds.referral,
        commitment: [
          derived(
            "2010-01-01",
            `${speeches} 石嘴山`,
            "not accepted",
            "“严把转诊转院审批和医疗费用的审核报销关”：转诊转院要经审批，不能以承诺代替",
          ),
        ],
      },
    },
    verifiedFrom: [
      stated(
        "2010-01-01",
        `${speeches} 石嘴山`,
        { stay: yuan("10000"), visit: yuan("10000") },
        "“对万元以上医疗费用进行电话核实时,许多医院以种种理由不予配合,甚至拒绝稽核”；异地与转外“已占到统筹基金支出的53%”，建议建立“协查和管理机制”",
      ),
    ],
  },
  contribution: {
    ...national,
    studentWindow: [
      stated(
        "2010-01-01",
        `${speeches} 石嘴山`,
        { from: "09-01", until: "12-31", untilNextYear: false },
        "“在校学生9月份开学后由学校统一组织参保缴费”；截止日未给，按其他居民",
      ),
    ],
  },
};

const wuzhongBase = place("640300", "吴忠市");
/** 宁夏吴忠市. */
export const wuzhong: Policy = {
  ...wuzhongBase,
  remote: {
    ...nationalRemote,
    lateBeforeDischarge: [
      stated("2010-01-01", `${speeches} 吴忠`, false, "“异地联网结算尚未实现”：异地都要先自己付、再报销"),
      ...nationalRemote.lateBeforeDischarge.slice(1),
    ],
    lateAfterDischarge: [
      derived(
        "2010-01-01",
        `${speeches} 吴忠`,
        true,
        "“由各县(市、区)医保中心进行初审,并集中报送市医保中心进行报销”：可以事后报销；补办备案的细节没有说",
      ),
    ],
    verifiedFrom: [
      stated(
        "2010-01-01",
        `${speeches} 吴忠`,
        { stay: yuan("3000"), visit: yuan("500") },
        "“住院金额在3000元以上、门诊金额在500元以上的必须与出具票据的医疗机构对票进行核实后,经集体研究决定是否报销”",
      ),
    ],
  },
};

const jingyuanCite = `${speeches} 泾源`;
const outOfCounty = stated<Tiers | NotCovered>("2009-01-01", jingyuanCite, flat("0.35"), "“县外达到35%”");
const noDeductible = "泾源新农合的起付线没有文件在手；按同区海原2010年的60、160、600元假定";
const noFamilyAccount = "2009、2010年门诊由家庭账户支付，不在统筹内";

/** 新农合 of 2009 and 2010: the share falls with the distance, filed or not. */
const ncms: Benefits = {
  ...unmentioned("2009-01-01"),
  remoteUpfront: noRemoteUpfront("2009-01-01", "没有文件规定异地先行自付；县外只是比例不同，是否备案没有影响"),
  inpatient: {
    deductible: byLevel<Yuan>(
      assumed("2009-01-01", noDeductible, yuan("60")),
      assumed("2009-01-01", noDeductible, yuan("160")),
      assumed("2009-01-01", noDeductible, yuan("600")),
    ),
    tiers: [
      line<Tiers | NotCovered>(
        "township",
        { place: ["in-county"], level: ["village", "township"] },
        stated("2009-01-01", jingyuanCite, flat("0.75"), "“乡级达到75%”；2010年未提，照旧"),
      ),
      line<Tiers | NotCovered>(
        "in-county",
        { place: ["in-county"] },
        stated("2009-01-01", jingyuanCite, flat("0.7"), "“县级达到70%”；2010年未提，照旧"),
      ),
      line<Tiers | NotCovered>(
        "in-city",
        { place: ["in-city"] },
        outOfCounty,
        stated("2010-01-01", jingyuanCite, flat("0.45"), "“市级至45%”，按就医地在本市县外"),
      ),
      line<Tiers | NotCovered>(
        "in-province",
        { place: ["in-province"] },
        outOfCounty,
        stated("2010-01-01", jingyuanCite, flat("0.4"), "“区级至40%”，按就医地在本自治区市外"),
      ),
      others<Tiers | NotCovered>({ ...outOfCounty, note: "“县外达到35%”；2010年只提市级与区级，区外照旧" }),
    ],
    bonus: noBonus("2009-01-01"),
  },
  chronic: {
    deductible: everybody(assumed<Yuan>("2009-01-01", noFamilyAccount, yuan("0"))),
    tiers: everybody<Tiers | NotCovered>(assumed("2009-01-01", noFamilyAccount, notCovered)),
    bonus: noBonus("2009-01-01"),
  },
  outpatient: {
    deductible: everybody(assumed<Yuan>("2009-01-01", noFamilyAccount, yuan("0"))),
    tiers: everybody<Tiers | NotCovered>(assumed("2009-01-01", noFamilyAccount, notCovered)),
    bonus: noBonus("2009-01-01"),
  },
  ceiling: everybody<Yuan | NoLimit>(
    stated("2009-01-01", jingyuanCite, yuan("20000"), "“提高最高封顶线至2万元”"),
    stated("2010-01-01", jingyuanCite, yuan("25000"), "“最高封顶线至2.5万元”"),
  ),
  outpatientCeiling: everybody<Yuan | NoLimit>(assumed("2009-01-01", noFamilyAccount, yuan("0"))),
  caesarean: everybody<Yuan | NotCovered>(
    assumed("2009-01-01", "“四免一救助住院分娩限额付费”，限额未给；按住院结算", notCovered),
  ),
  criticalIllness: absent("2009-01-01", "2009、2010年还没有大病保险（2012年起全国试点）"),
  medicalAid: assumedAid("2009-01-01", ["destitute", "minimum-living"]),
};

const jingyuanBase = place("640424", "泾源县", "2009-01-01");
/** 宁夏固原市泾源县 (2009、2010年数字属新农合). */
export const jingyuan: Policy = {
  ...jingyuanBase,
  benefits: { ncms },
  remote: {
    ...nationalRemote,
    exempt: [
      derived("2009-01-01", jingyuanCite, ["in-county"], "“县外达到35%”：统筹在县，县外就是异地；没有说县内要备案"),
    ],
  },
  contribution: {
    ...national,
    standard: [
      stated("2009-01-01", `${speeches} 泾源`, [yuan("20")], "新农合：个人20元"),
      stated("2010-01-01", `${speeches} 泾源`, [yuan("20")], "新农合：个人20元"),
    ],
    fiscal: [
      stated("2009-01-01", `${speeches} 泾源`, yuan("80"), "新农合：各级财政80元"),
      stated("2010-01-01", `${speeches} 泾源`, yuan("120"), "新农合：各级财政120元"),
    ],
  },
};
