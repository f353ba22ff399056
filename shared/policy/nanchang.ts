import { share, yuan } from "../money.ts";
import { national } from "./national.ts";
import type { Policy } from "./policy.ts";
import { nationalRemote } from "./remote.ts";
import { assumed, stated } from "./series.ts";

const collected = "江西省南昌市医保政策汇编";

/** 江西省南昌市: not one of the seeds; the best-sourced complete sample, from a third party's collection. */
export const nanchang: Policy = {
  area: "360100",
  name: "南昌市",
  province: "江西省",
  begins: [assumed("2025-01-01", "汇编所述2025年度的1月1日；没有文件给出首日", true)],
  identityTiming: [assumed("2025-01-01", "没有文件规定次月起止；按名单当日", "same-day")],
  remote: nationalRemote,
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
};
