import { type Yuan, yuan } from "../money.ts";
import type { Policy } from "../policy/policy.ts";
import { assumed, derived, stated } from "../policy/series.ts";
import { type Benefits, type NoLimit, type NotCovered, noLimit, notCovered, type Tiers } from "../policy/settlement.ts";
import {
  absent,
  assumedAid,
  assumedBasic,
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

const speeches = "宁夏医疗保险座谈会发言 海原";
const from = "2010-01-01";
const unread = "海原居民一、二级医院的数额没有文件在手；按三级医院的比例与递减的起付线假定";

const common = {
  ...unmentioned(from),
  criticalIllness: absent(from, "2010年还没有大病保险（2012年起全国试点）"),
  medicalAid: assumedAid(from, ["destitute", "minimum-living"]),
};
const notYet = (why: string) => everybody<Tiers | NotCovered>(assumed(from, why, notCovered));

const resident: Benefits = {
  ...common,
  inpatient: {
    deductible: byLevel(
      assumed(from, unread, yuan("100")),
      assumed(from, unread, yuan("300")),
      stated(from, speeches, yuan("500"), "“由原来的700元降低到500元”"),
    ),
    tiers: byLevel<Tiers | NotCovered>(
      assumed(from, unread, flat("0.6")),
      assumed(from, unread, flat("0.6")),
      stated(from, speeches, flat("0.6"), "“由原来的40%提高到60%”"),
    ),
    bonus: noBonus(from),
  },
  chronic: assumedBasic(
    from,
    "“10种重大慢性病…实行分类限额管理”，限额未给；按60%",
    ["0", "0", "0"],
    ["0.6", "0.6", "0.6"],
  ),
  outpatient: {
    deductible: everybody(assumed<Yuan>(from, "未成年人门诊30元，没有提到起付；按不设", yuan("0"))),
    tiers: [
      line<Tiers | NotCovered>(
        "minors",
        { ageUnder: 18 },
        derived(
          from,
          speeches,
          flat("1"),
          "“未成年人门诊医疗费由原来的0元调整为30元”：30元以内的范围内费用全额，即100%",
        ),
      ),
      others<Tiers | NotCovered>(stated(from, speeches, notCovered, "门诊医疗费只说未成年人")),
    ],
    bonus: noBonus(from),
  },
  ceiling: everybody(assumed(from, "海原居民封顶线没有文件在手；按同期石嘴山居民10万元假定", yuan("100000"))),
  outpatientCeiling: [
    line<Yuan | NoLimit>("minors", { ageUnder: 18 }, stated(from, speeches, yuan("30"), "“由原来的0元调整为30元”")),
    others<Yuan | NoLimit>(stated(from, speeches, noLimit, "成年人门诊不在保障内")),
  ],
  caesarean: everybody<Yuan | NotCovered>(
    stated(from, speeches, yuan("1000"), "“生育剖宫产补助由原来的500元提高到1000元”"),
  ),
};

const employee: Benefits = {
  ...common,
  inpatient: {
    deductible: byLevel(
      stated(from, speeches, yuan("200")),
      stated(from, speeches, yuan("300")),
      stated(from, speeches, yuan("700")),
    ),
    tiers: [
      line<Tiers | NotCovered>("retired", { retired: true }, stated(from, speeches, flat("0.92"), "“退休人员达到92%”")),
      line<Tiers | NotCovered>("working", { retired: false }, stated(from, speeches, flat("0.9"), "“在职人员达到90%”")),
    ],
    bonus: noBonus(from),
  },
  chronic: assumedBasic(from, "职工门诊大病数额没有文件在手；按住院比例假定", ["0", "0", "0"], ["0.9", "0.9", "0.9"]),
  outpatient: {
    deductible: everybody(assumed<Yuan>(from, "2010年职工普通门诊由个人账户支付", yuan("0"))),
    tiers: notYet("2010年职工普通门诊由个人账户支付"),
    bonus: noBonus(from),
  },
  ceiling: everybody(stated(from, speeches, yuan("60000"), "统筹基金“6万元”")),
  outpatientCeiling: everybody<Yuan | NoLimit>(assumed(from, "2010年职工普通门诊由个人账户支付", noLimit)),
  largeExpense: everybody<Yuan | NotCovered>(
    assumed(from, "“大额医疗补助提高到10万元”；按封顶线以上同比例、每年10万元，读法未核对", yuan("100000")),
  ),
};

const noOutpatient = "“门诊、住院双统筹”，门诊数额没有文件在手；按50%、不设起付假定";

const ncms: Benefits = {
  ...common,
  inpatient: {
    deductible: [
      line("level-1", { level: levelOne }, stated(from, speeches, yuan("60"))),
      line(
        "level-2-children",
        { level: ["secondary"], ageUnder: 12 },
        stated(from, speeches, yuan("90"), "“其中12岁以下儿童为90元”，按不满12周岁"),
      ),
      line("level-2", { level: ["secondary"] }, stated(from, speeches, yuan("160"))),
      line("level-3", { level: ["tertiary"] }, stated(from, speeches, yuan("600"))),
    ],
    tiers: byLevel<Tiers | NotCovered>(
      stated(from, speeches, flat("0.85")),
      stated(from, speeches, flat("0.8")),
      stated(from, speeches, flat("0.35")),
    ),
    bonus: noBonus(from),
  },
  chronic: assumedBasic(
    from,
    "新农合门诊大病数额没有文件在手；按住院比例假定",
    ["0", "0", "0"],
    ["0.85", "0.8", "0.35"],
  ),
  outpatient: {
    deductible: everybody(assumed<Yuan>(from, noOutpatient, yuan("0"))),
    tiers: byLevel<Tiers | NotCovered>(
      assumed(from, noOutpatient, flat("0.5")),
      assumed(from, noOutpatient, flat("0.5")),
      assumed(from, "门诊统筹在乡村与县级，三级医院不在其内", notCovered),
    ),
    bonus: noBonus(from),
  },
  ceiling: everybody(stated(from, speeches, yuan("25000"), "“最高报销限额提高为2.5万元”")),
  outpatientCeiling: everybody(assumed(from, "新农合门诊统筹限额没有文件在手；按每年40元假定", yuan("40"))),
};

/** 宁夏中卫市海原县, 2010: residents of towns, employees, and 新农合. */
export const haiyuan: Policy = {
  area: "640522",
  name: "海原县",
  province: "宁夏回族自治区",
  begins: [assumed(from, "座谈会发言所述年度的1月1日；没有文件给出首日", true)],
  identityTiming: [assumed(from, "没有文件规定次月起止；按名单当日", "same-day")],
  remote: {
    ...nationalRemote,
    exempt: [assumed(from, "2010年统筹在县，县外就是异地；县内就医不用备案", ["in-county"])],
  },
  contribution: national,
  benefits: { resident, employee, ncms },
};
