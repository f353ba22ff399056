import { endpoints as claimsAgency } from "../../shared/api/claims-agency.ts";
import type { Endpoint, Read } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import { endpoints as payments } from "../../shared/api/payments.ts";
import { endpoints as providers } from "../../shared/api/providers.ts";
import { decoded } from "../../shared/edge.ts";
import type { Officer } from "../callers/officers.ts";
import { planTakingBack } from "../claims-agency/moves.ts";
import { planChannel, planReturn } from "../payments/plans.ts";
import type { Plan, Planner, Proposer, TwoHanded } from "../proposal.ts";
import { planChange, planResumption } from "../providers/plans.ts";

/** 两人经办的事 · what a proposal of a call comes to when another hand has it. */
interface Act {
  readonly spec: Endpoint;
  readonly plan: (said: unknown, officer: Officer, proposer: Proposer) => Promise<Plan>;
}

/** What was kept is read by the endpoint's own schemas again, and planned as if it had just been said. */
const act = <N extends TwoHanded>(spec: Endpoints[N], plan: Planner<N>): Act => ({
  spec,
  plan: (said, officer, proposer) => plan(read(spec, said), officer, proposer),
});

const read = <E extends Endpoint>(spec: E, said: unknown): Read<E> => {
  const parts = said as Record<"params" | "body", unknown>;
  return {
    ...(spec.params && { params: decoded(spec.params, parts.params) }),
    ...(spec.body && { body: decoded(spec.body, parts.body) }),
  } as Read<E>;
};

const acts: Readonly<Record<TwoHanded, Act>> = {
  "providers.change": act(providers["providers.change"], planChange),
  "providers.resume": act(providers["providers.resume"], planResumption),
  "claims-agency.decide": act(claimsAgency["claims-agency.decide"], planTakingBack),
  "payments.return": act(payments["payments.return"], planReturn),
  "payments.propose-channel": act(payments["payments.propose-channel"], planChannel),
};

/** What carries a proposal out. */
export const actOf = ({ call }: { readonly call: string }): Act => acts[call as TwoHanded];
