import { byOfficer } from "../../functions/hand.ts";
import { poolingAreaOf } from "../../functions/providers/moves.ts";
import {
  type Happening,
  happeningItem,
  keyItem,
  keyPlace,
  type Provider,
  providerItem,
  readCode,
} from "../../functions/providers/store.ts";
import type { Sealer } from "../../functions/sealing.ts";
import { type Day, day } from "../../shared/day.ts";
import { officers } from "./personas.ts";
import { agreed, type DemonstrationProvider, demonstrationKey, demonstrationProviders } from "./providers.ts";

const appliedOn = day("2025-11-17");
const suspendedOn = day("2025-10-20");
const takenOver = { ...byOfficer({ officerNo: "demonstration", name: "名册导入" }), unit: "370600" };

const byDemonstrated = (subject: string) => {
  const { name, unit } = officers.find((one) => one.subject === subject)!;
  return { ...byOfficer({ officerNo: subject, name }), unit };
};

/** 定点机构 · every item of the demonstration's register: the providers, what happened to them, their keys. */
export function* providerItems(sealer: Sealer): Generator<Record<string, unknown>> {
  for (const one of demonstrationProviders) {
    const provider = providerOf(one);
    const happenings = happeningsOf(one, provider);
    yield providerItem({ ...provider, version: happenings.length });
    for (const happening of happenings) yield happeningItem(one.code, happening);
    if (one.state === "in-force") yield demonstrationKeyItem(one.code, sealer);
  }
}

function providerOf(one: DemonstrationProvider): Provider {
  const { code, name, ownership, reformed, levels, services, address, state } = one;
  const { kind, county } = readCode(code);
  const { from, until } = agreed;
  const isNew = state === "applied";
  const standing = [
    ...(isNew ? [{ on: appliedOn, state, until: null }] : [{ on: from, state: "in-force" as const, until }]),
    ...(state === "suspended" ? [{ on: suspendedOn, state, until }] : []),
  ];
  return {
    code,
    name,
    kind,
    county,
    poolingArea: poolingAreaOf(county),
    ownership,
    reformed,
    address,
    telephone: "0535-0000000",
    terms: [{ from: isNew ? appliedOn : from, ...levels, services: [...services] }],
    agreement: { state, from: isNew ? null : from, until: isNew ? null : until, history: standing },
    hands: { applied: isNew ? byDemonstrated("county-second") : null, evaluated: null, decided: null },
    version: 1,
    last: { officerNo: takenOver.no, request: "" },
  };
}

function happeningsOf({ state }: DemonstrationProvider, { terms }: Provider): Happening[] {
  const plain = { state: null, terms: null, keyNo: null };
  const at = (on: Day) => ({ on, at: Date.parse(`${on}T09:30:00+08:00`) });
  if (state === "applied") {
    const reason = "新建机构，申请门诊定点";
    const by = byDemonstrated("county-second");
    return [{ ...plain, version: 1, event: "apply", ...at(appliedOn), by, reason, state, terms: terms[0]! }];
  }
  const taken: Happening = {
    ...plain,
    version: 1,
    event: "takeover",
    ...at(agreed.from),
    by: takenOver,
    reason: "演示数据：名册里已经生效的协议",
    state: "in-force",
    terms: terms[0]!,
  };
  if (state === "in-force") return [taken];
  const reason = "违反服务协议，整改期间中止";
  return [
    taken,
    { ...plain, version: 2, event: "suspend", ...at(suspendedOn), by: byDemonstrated("county"), reason, state },
  ];
}

function demonstrationKeyItem(code: string, sealer: Sealer): Record<string, unknown> {
  const { keyNo, secret } = demonstrationKey(code);
  return keyItem(code, {
    keyNo,
    algorithm: "HMAC-SM3",
    secretSealed: sealer.seal(secret, keyPlace(code, keyNo)),
    publicKey: null,
    from: Date.parse(`${agreed.from}T00:00:00+08:00`),
    until: null,
    issuedBy: byOfficer({ officerNo: takenOver.no, name: takenOver.name }),
  });
}
