import { type Points, points, type Share, share, type Yuan, yuan } from "../money.ts";
import type { Policy } from "../policy/policy.ts";
import { assumed, stated } from "../policy/series.ts";
import { type Benefits, type NoLimit, type NotCovered, noLimit, notCovered, type Tiers } from "../policy/settlement.ts";
import { assumedAid, byLevel, everybody, flat, noBonus, others, unmentioned } from "../policy/shapes.ts";
import { type Filing, levelOne, line } from "../policy/table.ts";
import { national } from "./national.ts";
import { nationalRemote } from "./national-remote.ts";

const collected = "江西省南昌市医保政策汇编";

const from = "2025-01-01";
const fourthStay = "70岁以上、6岁以下自第4次住院起不设起付线；6岁以下按未满7周岁";
const delivery = "分娩不设起付线，二级及以下100%，三级90%；按剖宫产与主要诊断O80至O84";
const born = { disease: [["O80", "O84"]] } as const;
const upToLevelTwo = [...levelOne, "secondary"] as const;
const hardship = "困难人员按特困、低保、返贫致贫";
const favoured = { identity: ["destitute", "minimum-living", "returned-to-poverty"] } as const;
const onlyLevelOne =
  "汇编只列一级及以下的普通门诊；二、三级按不报。两病（高血压、糖尿病）另有年度限额400、500元，未另设";

const byHospital = (): Benefits["inpatient"]["tiers"] =>
  byLevel<Tiers | NotCovered>(
    stated(from, collected, flat("0.9"), "一级“100/90%”"),
    stated(from, collected, flat("0.8"), "二级“400/80%”"),
    stated(from, collected, flat("0.6"), "三级“600/60%”"),
  );
const sameInProvince = "自2023年4月1日起省内异地就医不用备案，待遇相同";
const away = (filing: Filing) => ({ place: ["out-of-province"], filing: [filing] }) as const;

const resident: Benefits = {
  ...unmentioned(from),
  remoteUpfront: [
    line<Share>(
      "back-home",
      { place: ["in-county", "in-city"], filing: ["long-term"] },
      stated(from, collected, share("0.1"), "长期备案人员回参保地就医先行自付10%；参保地按本市"),
    ),
    line<Share>(
      "at-home-or-in-province",
      { place: ["in-county", "in-city", "in-province"] },
      stated(from, collected, share("0"), sameInProvince),
    ),
    line<Share>("long-term", away("long-term"), stated(from, collected, share("0"), "长期备案先行自付0%")),
    line<Share>("referral", away("referral"), stated(from, collected, share("0.1"), "异地转诊先行自付10%")),
    line<Share>("emergency", away("emergency"), stated(from, collected, share("0.1"), "急诊抢救先行自付10%")),
    line<Share>("not-filed", away("none"), stated(from, collected, share("0.2"), "没有备案先行自付20%")),
    line<Share>("temporary", away("temporary"), stated(from, collected, share("0.2"), "其他临时外出先行自付20%")),
  ],
  inpatient: {
    deductible: [
      line("caesarean", { careType: ["caesarean"] }, stated<Yuan>(from, collected, yuan("0"), delivery)),
      line("delivery", born, stated<Yuan>(from, collected, yuan("0"), delivery)),
      line(
        "aged-fourth-stay",
        { careType: ["inpatient"], ageFrom: 70, stayFrom: 4 },
        stated<Yuan>(from, collected, yuan("0"), fourthStay),
      ),
      line(
        "children-fourth-stay",
        { careType: ["inpatient"], ageUnder: 7, stayFrom: 4 },
        stated<Yuan>(from, collected, yuan("0"), fourthStay),
      ),
      ...byLevel<Yuan>(
        stated(from, collected, yuan("100"), "一级“100/90%”"),
        stated(from, collected, yuan("400"), "二级“400/80%”"),
        stated(from, collected, yuan("600"), "三级“600/60%”"),
      ),
    ],
    tiers: [
      line<Tiers | NotCovered>(
        "caesarean-level-1-2",
        { careType: ["caesarean"], level: upToLevelTwo },
        stated(from, collected, flat("1"), delivery),
      ),
      line<Tiers | NotCovered>(
        "caesarean-level-3",
        { careType: ["caesarean"] },
        stated(from, collected, flat("0.9"), delivery),
      ),
      line<Tiers | NotCovered>(
        "delivery-level-1-2",
        { ...born, level: upToLevelTwo },
        stated(from, collected, flat("1"), delivery),
      ),
      line<Tiers | NotCovered>("delivery-level-3", born, stated(from, collected, flat("0.9"), delivery)),
      ...byHospital(),
    ],
    bonus: noBonus(from),
  },
  chronic: {
    deductible: everybody(stated<Yuan>(from, collected, yuan("0"), "门诊慢特病不设起付线")),
    tiers: byHospital(),
    bonus: noBonus(from),
  },
  outpatient: {
    deductible: everybody(stated<Yuan>(from, collected, yuan("0"), "一级及以下不设起付线，60%")),
    tiers: [
      line<Tiers | NotCovered>(
        "level-1",
        { level: levelOne },
        stated(from, collected, flat("0.6"), "一级及以下不设起付线，60%"),
      ),
      others<Tiers | NotCovered>(assumed(from, onlyLevelOne, notCovered)),
    ],
    bonus: [
      line<Points>(
        "level-1-family-doctor",
        { familyDoctor: true, level: levelOne },
        stated(from, collected, points("0.05"), "签约家庭医生加5，按百分点"),
      ),
      others<Points>(assumed(from, "没有文件规定其他加成", points("0"))),
    ],
  },
  ceiling: everybody<Yuan | NoLimit>(
    stated(
      from,
      collected,
      yuan("100000"),
      "门诊Ⅰ类慢特病与住院共用；Ⅱ类单病种4000至10000元而合计不超过7000元，所载自相矛盾，未另设",
    ),
  ),
  outpatientCeiling: everybody<Yuan | NoLimit>(stated(from, collected, noLimit, "普通门诊不设封顶")),
  criticalIllness: {
    threshold: [
      line(
        "favoured",
        favoured,
        assumed<Yuan>(from, `汇编作约17000元，困难8500元，不是确数。${hardship}`, yuan("8500")),
      ),
      others(assumed<Yuan>(from, "汇编作约17000元，不是确数", yuan("17000"))),
    ],
    tiers: [
      line<Tiers | NotCovered>(
        "favoured",
        favoured,
        stated(from, collected, flat("0.65"), `60%，困难人员65%。${hardship}`),
      ),
      others<Tiers | NotCovered>(
        stated(from, collected, flat("0.6"), "合规费用不含乙类先行自付、超限价、转外先行自付与目录外"),
      ),
    ],
    limit: [
      line<Yuan | NoLimit>("favoured", favoured, stated(from, collected, noLimit, `困难人员不设封顶。${hardship}`)),
      others<Yuan | NoLimit>(stated(from, collected, yuan("300000"), "大病封顶线30万元")),
    ],
  },
  medicalAid: assumedAid(from, favoured.identity),
};

/** 江西省南昌市: not one of the seeds; the best-sourced complete sample, from a third party's collection. */
export const nanchang: Policy = {
  area: "360100",
  name: "南昌市",
  province: "江西省",
  begins: [assumed("2025-01-01", "汇编所述2025年度的1月1日；没有文件给出首日", true)],
  identityTiming: [assumed("2025-01-01", "没有文件规定次月起止；按名单当日", "same-day")],
  remote: {
    ...nationalRemote,
    exempt: [
      ...nationalRemote.exempt,
      stated("2023-04-01", collected, ["in-county", "in-city", "in-province"], sameInProvince),
    ],
    providers: [
      ...nationalRemote.providers,
      stated(
        "2025-01-01",
        collected,
        "networked there",
        "跨省门诊慢特病直接结算10个病种：高血压、糖尿病、恶性肿瘤门诊放化疗、尿毒症透析、器官移植术后抗排异、慢阻肺、类风湿关节炎、冠心病、病毒性肝炎、强直性脊柱炎",
      ),
    ],
  },
  contribution: {
    ...national,
    standard: [stated("2025-01-01", collected, [yuan("400")], "“2025年度: 个人400 + 财政670 = 1070”")],
    fiscal: [stated("2025-01-01", collected, yuan("670"), "“2025年度: 个人400 + 财政670 = 1070”")],
    window: [stated("2025-01-01", collected, { from: "09-15", until: "02-28", untilNextYear: true })],
    subsidies: {
      identity: {
        ...national.subsidies.identity,
        "minimum-living": [
          stated(
            "2025-01-01",
            collected,
            { payer: "medical-aid-fund", pays: { amount: yuan("320") } },
            "自付80元，补贴320元",
          ),
        ],
      },
      aged: [
        stated(
          "2025-01-01",
          collected,
          { from: 70, payer: "finance", pays: { share: share("1") } },
          "70岁以上全额；付款方未说明",
        ),
      ],
    },
    newbornDays: [stated("2025-01-01", collected, 89, "出生90天内参保，自出生之日起享受")],
  },
  benefits: { resident },
};
