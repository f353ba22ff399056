import type { Day } from "../day.ts";
import type { ContributionPolicy } from "./contribution.ts";
import type { IdentityKind, IdentityTiming } from "./identity.ts";
import type { RemotePolicy } from "./remote.ts";
import type { Series } from "./series.ts";
import type { Benefits } from "./settlement.ts";
import type { Scheme } from "./table.ts";

/** 统筹区政策 · every parameter of one pooling area, dated and cited. Amounts are `Yuan`, ratios `Share`. */
export interface Policy {
  /** 医保区划, six digits. */
  readonly area: string;
  readonly name: string;
  readonly province: string;
  /** The first day that this file answers for; before it everything is `no-rule-in-force`. */
  readonly begins: Series<true>;
  readonly identityTiming: Series<IdentityTiming>;
  readonly contribution: ContributionPolicy;
  /** 先诊疗后付费 · identities whose stay in the city needs no deposit when they were referred by a level-one provider. */
  readonly depositWaived?: Series<readonly IdentityKind[]>;
  readonly remote: RemotePolicy;
  /** What each scheme of the area pays; a scheme left out is not in the package. */
  readonly benefits?: Partial<Record<Scheme, Benefits>>;
}

/** The day from which the area's file answers. */
export const firstDay = (policy: Policy): Day => policy.begins[0]!.from;
