import { faultsOfPolicy } from "../policy/check.ts";
import type { Policy } from "../policy/policy.ts";
import { Refusal } from "../refusal.ts";
import { documents } from "./documents.ts";
import { haiyuan } from "./haiyuan.ts";
import { nanchang } from "./nanchang.ts";
import { nanchong } from "./nanchong.ts";
import { nationalFloor } from "./national.ts";
import { jingyuan, shizuishan, wuzhong, yinchuan } from "./ningxia.ts";
import { qianxinan } from "./qianxinan.ts";
import { qiqihar } from "./qiqihar.ts";
import { taizhou } from "./taizhou.ts";
import { weinan } from "./weinan.ts";
import { yantai } from "./yantai.ts";

/** 统筹区 · every pooling area in the package, by its six-digit code. */
export const areas: ReadonlyMap<string, Policy> = new Map(
  [
    yantai,
    nanchong,
    taizhou,
    haiyuan,
    qiqihar,
    qianxinan,
    yinchuan,
    shizuishan,
    wuzhong,
    jingyuan,
    nanchang,
    weinan,
  ].map((policy) => [policy.area, policy]),
);

/** What is wrong with an area's policy, held against our register and the national floor; empty when it may be used. */
export const faultsOfArea = (policy: Policy): string[] =>
  faultsOfPolicy(policy, { documents, individualFloor: nationalFloor.individual });

const proved = new Set<Policy>();

/** The policy of an area, proved without a fault when it is first asked for; or a refusal. */
export function policyOf(area: string): Policy {
  const policy = areas.get(area);
  if (!policy) throw new Refusal("unknown-area", { detail: area });
  if (!proved.has(policy)) {
    const faults = faultsOfArea(policy);
    if (faults.length > 0) throw new Error(`policy: ${faults.join("; ")}`);
    proved.add(policy);
  }
  return policy;
}
