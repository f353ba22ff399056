import { share } from "../money.ts";
import { national } from "./national.ts";
import type { Policy } from "./policy.ts";
import { assumed, stated } from "./series.ts";

const report = "南充市医保工作报道";

/** 四川省南充市. */
export const nanchong: Policy = {
  area: "511300",
  name: "南充市",
  province: "四川省",
  begins: [assumed("2017-01-01", "报道写于2017年9至10月；没有文件给出首日", true)],
  identityTiming: [assumed("2017-01-01", "没有文件规定次月起止；按名单当日", "same-day")],
  contribution: {
    ...national,
    subsidies: {
      ...national.subsidies,
      identity: {
        ...national.subsidies.identity,
        "registered-poor": [
          stated(
            "2017-01-01",
            report,
            { payer: "finance", pays: { share: share("1") } },
            "“代缴…33.42万人，资金累计拨付7686.69万元”，合每人230.00元",
          ),
        ],
      },
    },
  },
};
