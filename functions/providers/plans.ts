import { agreementStates } from "../../shared/provider/agreement.ts";
import {
  evaluationOf,
  hospitalLevels,
  levelNames,
  type Service,
  services,
  stateNow,
} from "../../shared/provider/provider.ts";
import { Refusal } from "../../shared/refusal.ts";
import { mustBeWithin, type Officer } from "../callers/officers.ts";
import { today } from "../clock.ts";
import { byOfficer } from "../hand.ts";
import { differing, type Plan, type Planner } from "../proposal.ts";
import { changedFacts, latest, movedBy, requestOf } from "./moves.ts";
import { type Happening, keeping, type Provider, providerOf } from "./store.ts";

interface Planned {
  readonly after: Provider;
  readonly told: Omit<Happening, "version">;
}

/** What becomes of a provider by two hands: told as the first one's, with the name of whoever agreed. */
async function planFor(
  officer: Officer,
  call: string,
  { code, version, reason }: { readonly code: string; readonly version: number; readonly reason: string },
  change: (provider: Provider) => Planned,
): Promise<Plan> {
  const before = await providerOf(code);
  mustBeWithin(officer, before.county);
  if (before.version !== version) throw new Refusal("provider-changed");
  const { after, told } = change(before);
  const units = [before, after].map((one) => evaluationOf(one, latest(one)).unit);
  const last = requestOf(officer, call, { version, reason });
  return {
    // Where it becomes a matter of the city, or was one, the city agrees.
    unit: units.find((unit) => unit !== before.county) ?? before.county,
    what: `${before.name}（${code}）`,
    changes: differing(factsShown(before), factsShown(after)),
    reason,
    seen: [code, version],
    steps: keeping(before, { ...after, last }, { ...told, agreedBy: byOfficer(officer) }).steps,
  };
}

const factsShown = (provider: Provider): Record<string, string> => {
  const { from, real, price, deductible, services: opened } = latest(provider);
  return {
    协议: agreementStates[stateNow(provider.agreement, today())].name,
    等级和服务从哪天起: from,
    医院等级: hospitalLevels[real].name,
    限价等级: levelNames[price],
    起付线等级: levelNames[deductible],
    开通服务: opened.map((one: Service) => services[one]).join("、"),
    地址: provider.address,
    电话: provider.telephone,
  };
};

/** 变更 · levels decide how much the funds pay, so no officer raises one alone. */
export const planChange: Planner<"providers.change"> = ({ params: { code }, body }, officer, proposer) =>
  planFor(officer, "change", { code, ...body }, (provider) => changedFacts(officer, proposer, provider, body));

/** 恢复 · what one officer stopped starts by two. */
export const planResumption: Planner<"providers.resume"> = ({ params: { code }, body }, officer, proposer) =>
  planFor(officer, "resume", { code, ...body }, (provider) => movedBy(officer, proposer, provider, "resume", body));
