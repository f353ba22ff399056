import { type Day, dayShown } from "../day.ts";
import { filingKinds, groupOf, type RemoteRules } from "../policy/remote.ts";
import type { Filing } from "../policy/table.ts";
import { placeOf } from "../settlement/claim.ts";
import { type Brief, lastDay } from "./filing.ts";
import { liesIn } from "./places.ts";
import { touches } from "./rules.ts";

/** 一次就医 · where care is given and when; `until` is the day on which it is settled or was left. */
interface CareAway {
  readonly homeCounty: string;
  readonly county: string;
  readonly from: Day;
  readonly until: Day;
  /** The hospital sent it as 急诊: treated as filed (医保发〔2022〕22号 第八条). */
  readonly emergency: boolean;
}

/** 备案认定 · as what care counts, by which filing, and why in a code and a sentence. */
export interface Counted {
  readonly filing: Filing;
  readonly filingNo: string | null;
  readonly why: Why;
  readonly sentence: string;
}
type Why = "filed" | "home" | "not-needed" | "emergency" | "filed-elsewhere" | "not-yet" | "over" | "not-filed";

const precedence: readonly Filing[] = ["long-term", "referral", "temporary"];

/**
 * 这次就医算不算备案 · the filing that counts for care: one for the place of care that holds on a day of it, so that one made
 * during a stay counts for all of it; of several the one that stands longest (长期, 转诊, 临时). An emergency is treated as filed.
 */
export function filingFor(briefs: readonly Brief[], care: CareAway, rules: RemoteRules): Counted {
  const place = placeOf(care.homeCounty, care.county);
  const ever = briefs.filter(({ state }) => !["draft", "submitted", "returned", "refused"].includes(state));
  const during = ever.filter((one) => touches(one, care));
  const began = { from: care.from, until: care.from };
  const atHome = place === "in-county" || place === "in-city";
  if (atHome && rules.exempt.value.includes(place)) {
    // Back home from where one lives: it must have held when the care began.
    const long = rules.bothWays.value && during.find((one) => groupOf(one.kind) === "long-term" && touches(one, began));
    return {
      filing: long ? "long-term" : "none",
      filingNo: long ? long.filingNo : null,
      why: "home",
      sentence: long ? "在参保地就医，已办长期异地备案" : "在参保地就医，不用备案",
    };
  }
  const here = ever.filter(({ destination }) => liesIn(care.county, destination));
  const [counting] = here
    .filter((one) => during.includes(one))
    .sort((a, b) => precedence.indexOf(groupOf(a.kind)) - precedence.indexOf(groupOf(b.kind)));
  // 视同已备案: an emergency is never worse for a filing for a trip.
  if (counting && !(care.emergency && groupOf(counting.kind) === "temporary")) {
    return {
      filing: groupOf(counting.kind),
      filingNo: counting.filingNo,
      why: "filed",
      sentence: filedWords(counting),
    };
  }
  const none = (why: Why, sentence: string): Counted => ({ filing: "none", filingNo: null, why, sentence });
  if (rules.exempt.value.includes(place)) return none("not-needed", "省内就医，不用备案");
  if (care.emergency)
    return { filing: "emergency", filingNo: null, why: "emergency", sentence: "急诊抢救，视同已经备案" };
  const over = here.findLast((one) => (lastDay(one) ?? care.from) < care.from);
  if (over) return none("over", `备案已经到期（${dayShown(lastDay(over)!)}），出院结算前可以补办`);
  const later = here.find((one) => one.from > care.until);
  if (later) return none("not-yet", `备案从${dayShown(later.from)}开始，还没有生效`);
  // Where else somebody is filed for is nothing to a hospital.
  if (during.length > 0) return none("filed-elsewhere", "备案的是别的地方，不是这里，出院结算前可以补办");
  return none("not-filed", "没有备案，出院结算前可以补办");
}

function filedWords(one: Brief): string {
  const last = lastDay(one);
  return `已备案：${filingKinds[one.kind].name}，${dayShown(one.from)}起${last ? `，到${dayShown(last)}` : "，长期有效"}`;
}
