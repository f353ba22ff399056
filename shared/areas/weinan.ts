import { type Points, points, share } from "../money.ts";
import type { Policy } from "../policy/policy.ts";
import { assumed, stated } from "../policy/series.ts";
import type { Benefits } from "../policy/settlement.ts";
import { assumedCriticalIllness, assumedResident, noRemoteUpfront, others } from "../policy/shapes.ts";
import { type Filing, line, type Table } from "../policy/table.ts";
import { national } from "./national.ts";
import { nationalRemote } from "./national-remote.ts";

const page = "渭南市异地就医支付比例的规定";
const from = "2023-01-01";
const scope = "原文未读到：按只对跨省住院，施行日按2022年通知的次年";

const away = (filing: Filing) => ({ place: ["out-of-province"], filing: [filing] }) as const;
/** 降低支付比例: the other way, beside 先行自付, in which care away is paid less. */
const cut: Table<Points> = [
  line<Points>("referral", away("referral"), stated(from, page, points("-0.1"), `异地转诊降低10个百分点。${scope}`)),
  line<Points>("emergency", away("emergency"), stated(from, page, points("-0.1"), `急诊抢救降低10个百分点。${scope}`)),
  line<Points>("not-filed", away("none"), stated(from, page, points("-0.2"), `没有备案降低20个百分点。${scope}`)),
  line<Points>(
    "temporary",
    away("temporary"),
    assumed(from, "其他临时外出没有转述到；按江西把“其他”与未备案并列的写法，降低20个百分点", points("-0.2")),
  ),
  others<Points>(assumed(from, "长期备案与省内没有转述到降低；按不降低", share("0"))),
];

const basis = assumedResident(
  from,
  {
    why: "渭南居民住院的数额没有文件在手，也没有流传的数字；自定的假定",
    deductibles: ["200", "500", "800"],
    shares: ["0.85", "0.75", "0.65"],
    ceiling: "200000",
  },
  ["destitute", "minimum-living", "returned-to-poverty"],
);
const resident: Benefits = {
  ...basis,
  remoteUpfront: noRemoteUpfront(from, "没有转述到先行自付；异地就医按降低支付比例处理"),
  inpatient: { ...basis.inpatient, bonus: cut },
  criticalIllness: assumedCriticalIllness(
    from,
    "大病数额没有文件在手；按1万元起付、60%、限额30万元假定。网页转述合规费用不含住院起付线，此处未扣除",
    "10000",
    "0.6",
    "300000",
  ),
};

/** 陕西省渭南市: not one of the seeds; in the package for its ratio cut, everything else of it is assumed. */
export const weinan: Policy = {
  area: "610500",
  name: "渭南市",
  province: "陕西省",
  begins: [assumed(from, "网页未给施行日；按2022年通知的次年1月1日", true)],
  identityTiming: [assumed(from, "没有文件规定次月起止；按名单当日", "same-day")],
  remote: nationalRemote,
  contribution: national,
  benefits: { resident },
};
