import { share } from "../money.ts";
import type { Subsidy } from "./contribution.ts";
import { national } from "./national.ts";
import type { Policy } from "./policy.ts";
import { stated } from "./series.ts";

const document = "烟政办发〔2022〕25号";
const paidInFull: Subsidy = { payer: "medical-aid-fund", pays: { share: share("1") } };
const fullFrom2023 = [
  stated("2023-01-01", `${document} 二(二)`, paidInFull, "前五类全额资助；因病致贫重病患者不在其列"),
];

/** 山东省烟台市. */
export const yantai: Policy = {
  area: "370600",
  name: "烟台市",
  province: "山东省",
  begins: [stated("2023-01-01", `${document} 五`, true, "“本实施方案自2023年1月1日起施行”")],
  identityTiming: [
    stated("2023-01-01", `${document} 二(二)`, "following-month", "新增自纳入的次月起，退出自退出的次月起"),
  ],
  contribution: {
    ...national,
    subsidies: {
      ...national.subsidies,
      identity: {
        destitute: fullFrom2023,
        "minimum-living": fullFrom2023,
        "returned-to-poverty": fullFrom2023,
        "low-income-edge": fullFrom2023,
        monitored: fullFrom2023,
      },
    },
  },
};
