import { type Points, type Share, share, type Yuan, yuan } from "../money.ts";
import type { IdentityKind } from "./identity.ts";
import type { Entry } from "./series.ts";
import { assumed } from "./series.ts";
import type { BasicLayer, Benefits, NoLimit, NotCovered, Tiers, YearLayer } from "./settlement.ts";
import { noLimit, notCovered } from "./settlement.ts";
import { type Case, levelOne, line, type Table, type When } from "./table.ts";

/** Tables and values that many areas write alike. */

/** One share of everything. */
export const flat = (written: string): Tiers => [{ from: yuan("0"), share: share(written) }];
/** Shares by how far an amount reaches: `tiers("0", "0.6", "100000", "0.65")`. */
export const tiers = (...pairs: string[]): Tiers =>
  pairs.flatMap((from, i) => (i % 2 === 0 ? [{ from: yuan(from), share: share(pairs[i + 1]!) }] : []));

/** The same for everybody. */
export const everybody = <T>(...series: Entry<T>[]): Table<T> => [line("everybody", {}, ...series)];
/** The last line of a table: whoever was not named before. */
export const others = <T>(...series: Entry<T>[]): Case<T> => line("others", {}, ...series);

/** One value for level 1 and below, one for level 2, one for level 3. */
export const byLevel = <T>(
  primary: Entry<T>,
  secondary: Entry<T>,
  tertiary: Entry<T>,
  when: When = {},
  suffix = "",
): Case<T>[] => [
  line(`level-1${suffix}`, { ...when, level: levelOne }, primary),
  line(`level-2${suffix}`, { ...when, level: ["secondary"] }, secondary),
  line(`level-3${suffix}`, { ...when, level: ["tertiary"] }, tertiary),
];

/** A benefit that the area does not have; the sentence says how we know. */
export const absent = (from: string, why: string): YearLayer => ({
  threshold: everybody<Yuan>(assumed(from, why, yuan("0"))),
  tiers: everybody<Tiers | NotCovered>(assumed(from, why, notCovered)),
  limit: everybody<Yuan | NoLimit>(assumed(from, why, noLimit)),
});

/** No points are added to anybody's share. */
export const noBonus = (from: string): Table<Points> => everybody(assumed(from, "没有文件规定加成", share("0")));
/** No care away moves cost to the person's own first. */
export const noRemoteUpfront = (
  from: string,
  why = "没有文件规定异地先行自付；备案与转诊对本地待遇没有影响",
): Table<Share> => everybody(assumed(from, why, share("0")));

/** Basic cover that no document in hand gives: deductibles and shares of the three levels. */
export function assumedBasic(
  from: string,
  why: string,
  deductibles: readonly [string, string, string],
  shares: readonly [string, string, string],
): BasicLayer {
  const amount = (i: number) => assumed<Yuan>(from, why, yuan(deductibles[i]!));
  const ratio = (i: number) => assumed<Tiers | NotCovered>(from, why, flat(shares[i]!));
  return {
    deductible: byLevel(amount(0), amount(1), amount(2)),
    tiers: byLevel(ratio(0), ratio(1), ratio(2)),
    bonus: noBonus(from),
  };
}

/** 流传的数字 · deductibles and shares of the three levels at home, and out of the province where they differ. */
interface Circulating {
  readonly why: string;
  readonly deductibles: readonly [string, string, string];
  readonly shares: readonly [string, string, string];
  readonly outOfProvince?: { readonly deductible: string; readonly share: string };
  readonly ceiling: string;
}

/** A resident scheme that no document in hand puts in numbers; what an area states of it is put over this. */
export function assumedResident(from: string, said: Circulating, listed: readonly IdentityKind[]): Benefits {
  const unheard = "没有文件在手，也没有流传的数字；自定的假定";
  const home = assumedBasic(from, said.why, said.deductibles, said.shares);
  const away = { place: ["out-of-province"] } as const;
  const further = said.outOfProvince;
  const inpatient = further && {
    ...home,
    deductible: [
      line("out-of-province", away, assumed<Yuan>(from, said.why, yuan(further.deductible))),
      ...home.deductible,
    ],
    tiers: [
      line<Tiers | NotCovered>("out-of-province", away, assumed(from, said.why, flat(further.share))),
      ...home.tiers,
    ],
  };
  return {
    ...unmentioned(from),
    inpatient: inpatient ?? home,
    chronic: assumedBasic(from, unheard, ["0", "0", "0"], said.shares),
    outpatient: assumedBasic(from, unheard, ["0", "0", "0"], ["0.6", "0.5", "0.5"]),
    ceiling: everybody<Yuan | NoLimit>(assumed(from, said.why, yuan(said.ceiling))),
    outpatientCeiling: everybody<Yuan | NoLimit>(assumed(from, unheard, yuan("200"))),
    criticalIllness: assumedCriticalIllness(
      from,
      "有大病保险，数额没有文件在手；按1万元起付、60%、限额30万元假定",
      "10000",
      "0.6",
      "300000",
    ),
    medicalAid: assumedAid(from, listed),
  };
}

/** 医疗救助 that the area's system has and no document in hand puts in numbers. */
export function assumedAid(from: string, identities: readonly IdentityKind[]): YearLayer {
  const why = "有医疗救助，数额没有文件在手；按国办发〔2021〕42号“不低于70%”与年度3万元假定";
  const listed = { identity: identities };
  return {
    threshold: everybody(assumed<Yuan>(from, why, yuan("0"))),
    tiers: [
      line<Tiers | NotCovered>("listed", listed, assumed(from, why, flat("0.7"))),
      others<Tiers | NotCovered>(assumed(from, "医疗救助只给名单上的人", notCovered)),
    ],
    limit: everybody<Yuan | NoLimit>(assumed(from, why, yuan("30000"))),
  };
}

/** 大病保险 that the area's system has and no document in hand puts in numbers. */
export function assumedCriticalIllness(
  from: string,
  why: string,
  threshold: string,
  ratio: string,
  limit: string,
): YearLayer {
  return {
    threshold: everybody(assumed<Yuan>(from, why, yuan(threshold))),
    tiers: everybody<Tiers | NotCovered>(assumed(from, why, flat(ratio))),
    limit: everybody<Yuan | NoLimit>(assumed(from, why, yuan(limit))),
  };
}

/** What no document of an area mentions, and which care counts towards the yearly layers: the same reading everywhere. */
export function unmentioned(from: string) {
  const never = everybody<Share | NotCovered>(assumed(from, "没有文件规定兜底", notCovered));
  return {
    remoteUpfront: noRemoteUpfront(from),
    caesarean: everybody<Yuan | NotCovered>(assumed(from, "没有文件规定剖宫产定额；按住院结算", notCovered)),
    largeExpense: everybody<Yuan | NotCovered>(assumed(from, "大额补助属于职工", notCovered)),
    specialDrug: absent(from, "没有文件提到大病保险特殊药品"),
    otherLayers: [],
    furtherAid: absent(from, "没有文件规定再救助"),
    guarantee: { inpatient: never, chronic: never },
    feedsCriticalIllness: [
      assumed(from, "计入大病的费用范围没有文件在手；按住院与门诊慢特病", ["inpatient", "chronic-outpatient"] as const),
    ],
    feedsAid: [
      assumed(from, "计入救助的费用范围没有文件在手；按住院、门诊慢特病与特药", [
        "inpatient",
        "chronic-outpatient",
        "special-drug",
      ] as const),
    ],
  };
}
