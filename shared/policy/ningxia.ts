import { yuan } from "../money.ts";
import { national } from "./national.ts";
import type { Policy } from "./policy.ts";
import { nationalRemote } from "./remote.ts";
import { assumed, stated } from "./series.ts";

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

/** 宁夏银川市. */
export const yinchuan: Policy = place("640100", "银川市");

const shizuishanBase = place("640200", "石嘴山市");
/** 宁夏石嘴山市. */
export const shizuishan: Policy = {
  ...shizuishanBase,
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

/** 宁夏吴忠市. */
export const wuzhong: Policy = place("640300", "吴忠市");

const jingyuanBase = place("640424", "泾源县", "2009-01-01");
/** 宁夏固原市泾源县 (2009、2010年数字属新农合). */
export const jingyuan: Policy = {
  ...jingyuanBase,
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
