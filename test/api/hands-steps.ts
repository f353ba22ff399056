import type { TwoHanded } from "../../functions/proposal.ts";
import type { Call } from "../../shared/api/client.ts";
import { day } from "../../shared/day.ts";
import { at, type Register, said } from "./provider-steps.ts";

/** 两人经办 · what one hand proposes, and those who may and may not agree. */
export interface Hands {
  readonly one: Call;
  readonly two: Call;
  /** The role, in another area. */
  readonly elsewhere: Call;
  /** The area, in another role. */
  readonly roleless: Call;
  propose(): Promise<{ proposalNo: string }>;
  /** How what it touches stands. */
  stands(): Promise<unknown>;
  /** Lets something else happen to what it touches. */
  move(): Promise<unknown>;
  /** What agreeing is then refused as. */
  readonly movedAs: string;
}

let roleless = 0;
const finance = (made: Register) => made.officer(`hands-finance-${++roleless}`, "370600", ["finance"]);

/** Each call that takes two hands, at the moment in which one of them has it. */
export const scenes: Readonly<Record<TwoHanded, (made: Register) => Promise<Hands>>> = {
  "providers.change": async (made) => {
    const { code, version } = await made.designated();
    const levels = { real: "06", price: "primary", deductible: "primary" } as const;
    const body = {
      ...said(version),
      from: day("2025-12-01"),
      levels,
      services: ["inpatient" as const],
      address: "演示路2号",
      telephone: "0535-7654321",
    };
    return {
      ...ofProvider(made, code),
      roleless: await finance(made),
      propose: () => made.two("providers.change", { ...at(code), body }),
      move: () => made.city("providers.suspend", { ...at(code), body: said(version) }),
    };
  },
  "providers.resume": async (made) => {
    const { code, version } = await made.designated();
    await made.city("providers.suspend", { ...at(code), body: said(version) });
    return {
      ...ofProvider(made, code),
      roleless: await finance(made),
      propose: () => made.two("providers.resume", { ...at(code), body: said(version + 1) }),
      move: () => made.city("providers.end", { ...at(code), body: said(version + 1) }),
    };
  },
};

const ofProvider = (made: Register, code: string) => ({
  one: made.two,
  two: made.city,
  elsewhere: made.next,
  movedAs: "provider-changed",
  stands: async () => {
    const { allTerms, agreement, address, version } = await made.two("providers.one", at(code));
    return { allTerms, agreement, address, version };
  },
});
