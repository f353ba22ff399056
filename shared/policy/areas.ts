import { Refusal } from "../refusal.ts";
import { faultsOfPolicy } from "./check.ts";
import { haiyuan } from "./haiyuan.ts";
import { nanchang } from "./nanchang.ts";
import { nanchong } from "./nanchong.ts";
import { jingyuan, shizuishan, wuzhong, yinchuan } from "./ningxia.ts";
import type { Policy } from "./policy.ts";
import { qianxinan } from "./qianxinan.ts";
import { qiqihar } from "./qiqihar.ts";
import { taizhou } from "./taizhou.ts";
import { yantai } from "./yantai.ts";

/** 统筹区 · every pooling area in the package, by its six-digit code. */
export const areas: ReadonlyMap<string, Policy> = new Map(
  [yantai, nanchong, taizhou, haiyuan, qiqihar, qianxinan, yinchuan, shizuishan, wuzhong, jingyuan, nanchang].map(
    (policy) => [policy.area, policy],
  ),
);

const faults = [...areas.values()].flatMap(faultsOfPolicy);
if (faults.length > 0) throw new Error(`policy: ${faults.join("; ")}`);

/** The policy of an area, or a refusal. */
export function policyOf(area: string): Policy {
  const policy = areas.get(area);
  if (!policy) throw new Refusal("unknown-area", { detail: area });
  return policy;
}
