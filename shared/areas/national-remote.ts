import type { KindRules, Paper, RemotePolicy } from "../policy/remote.ts";
import { assumed, stated } from "../policy/series.ts";

/** Earlier than the first day of every area, so that a national value never cuts an area short. */
const always = "2009-01-01";
const notice = "医保发〔2022〕22号";
/** Filings and direct settlement away as the notice has them; the day from which it applies was not read. */
const since = "2022-01-01";
const before = "2022年通知以前的备案规定没有文件在手；按现行的办";

const kind = (
  needed: readonly Paper[],
  cite: string,
  commitment: KindRules["commitment"],
  months: KindRules["months"],
): KindRules => ({
  papers: [assumed(always, before, needed), stated(since, cite, needed, "施行日未读到，按文号当年")],
  commitment,
  months,
});

const promised: KindRules["commitment"] = [
  assumed(always, "以承诺书代替证明材料见医保发〔2022〕22号第八条；多久补交证明没有文件给出，按网页所述的6个月", {
    proofWithinMonths: 6,
  }),
];
const notPromised: KindRules["commitment"] = [
  assumed(always, "没有文件允许这一类用承诺书代替证明材料", "not accepted"),
];
const nothingAsked: KindRules["commitment"] = [assumed(always, "这一类不要证明材料，无须承诺", "no paper follows")];
const open: KindRules["months"] = [
  assumed(always, "长期备案长期有效（清远、金华等地网页转述，国家原文未读到）", "open"),
];
const halfYear: KindRules["months"] = [
  assumed(always, "临时备案有效期原则上不少于6个月，期内可多次就医（清远、金华等地网页转述）；按6个月", 6),
];

const settled = ["household-register-there", "residence-permit"] as const;

/** 国家规则 · what an area inherits where it has nothing of its own (医保发〔2022〕22号, as reported article by article). */
export const nationalRemote: RemotePolicy = {
  exempt: [assumed(always, "统筹区内就医不用备案；省内跨市是否免备案由各地定，没有当地文件", ["in-county", "in-city"])],
  kinds: {
    "retired-elsewhere": kind(settled, `${notice} 第八条`, promised, open),
    "living-elsewhere": kind(settled, `${notice} 第八条`, promised, open),
    "working-elsewhere": kind(["work-contract"], `${notice} 第八条`, promised, open),
    referral: kind(["referral-letter"], `${notice} 第八条`, notPromised, halfYear),
    emergency: {
      papers: [
        assumed(always, before, []),
        stated<readonly Paper[]>(since, `${notice} 第八条`, [], "“视同已备案”；医院按急诊上传，不用本人申请"),
      ],
      commitment: nothingAsked,
      months: halfYear,
    },
    temporary: {
      papers: [assumed(always, "其他临时外出不要证明材料（国家原文未读到）", [])],
      commitment: nothingAsked,
      months: halfYear,
    },
  },
  lockMonths: [assumed(always, "变更或取消的间隔由各地定，一般不超过6个月（网页说法不一）；按6个月", 6)],
  bothWays: [assumed(always, "长期备案后也可以回参保地就医（金华网页转述）；按可以", true)],
  providers: [
    assumed(always, before, "networked there"),
    stated(since, `${notice} 通知三(一)`, "networked there", "备案到就医地市或直辖市，当地开通的联网定点机构都可以"),
  ],
  lateBeforeDischarge: [
    assumed(always, before, true),
    stated(since, `${notice} 第十六条`, true, "出院结算前补办备案的，医院应当直接结算"),
  ],
  lateAfterDischarge: [assumed(always, "出院自费结算后补办备案、再手工报销（揭阳网页转述）；按可以", true)],
  backwardsDays: [assumed(always, "补办备案最早从哪天算起没有文件给出；按当年内不超过90天", 90)],
  aheadDays: [assumed(always, "最早提前多少天备案没有文件给出；按30天", 30)],
  decidedWithinDays: [assumed(always, "审核期限没有文件给出；按5天", 5)],
  verifiedFrom: [assumed(always, "没有文件规定多少钱以上要逐笔核实", "not stated")],
};
