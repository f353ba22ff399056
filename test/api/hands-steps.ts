import { disputeOf } from "../../functions/claims/dispute-store.ts";
import { claimOf } from "../../functions/claims/store.ts";
import { goingBack, suspenseOf } from "../../functions/contributions/suspense.ts";
import type { TwoHanded } from "../../functions/proposal.ts";
import { writeTogether } from "../../functions/write.ts";
import type { Call } from "../../shared/api/client.ts";
import type { Role } from "../../shared/api/endpoint.ts";
import { day } from "../../shared/day.ts";
import { agreedBy } from "../world/hands.ts";
import { care, hospital } from "./claims.ts";
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

let numbers = 0;
const serial = () => ++numbers;
const finance = (made: Register) => made.officer(`hands-finance-${serial()}`, "370600", ["finance"]);

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
  "claims-agency.decide": async (made) => {
    const provider = await hospital();
    const { person, call } = await made.proven();
    const { claimNo, personNo } = await care(person, { provider, lines: [["床位费", "A", 50, 10]] });
    const filing = { requestNo: `hands-${serial()}`, kind: "not-mine" as const };
    const { disputeNo } = await call("claims.dispute", { params: { claimNo }, query: {}, body: filing });
    const of = { params: { disputeNo } };
    const [one, two, elsewhere] = await officers(made, "claims", "370611", "370682");
    await one("claims-agency.take", of);
    return {
      one,
      two,
      elsewhere,
      roleless: await finance(made),
      propose: async () =>
        (await one("claims-agency.decide", { ...of, body: { uphold: true, reason: "已经核实" } })).proposed!,
      stands: async () => [(await claimOf(personNo, claimNo)).state, (await disputeOf(disputeNo)).state],
      move: () => call("claims.withdraw", { params: { disputeNo }, query: {} }),
      movedAs: "dispute-decided",
    };
  },
  "payments.return": async (made) => {
    const suspenseNo = `HANDS-${serial()}`;
    await made.tell(made.notice("20251120NOSUCHORDER00000", "1.00", suspenseNo));
    const [one, two, elsewhere] = await officers(made, "finance", "370600", "640522");
    return {
      one,
      two,
      elsewhere,
      roleless: await made.officer(`hands-roleless-${serial()}`, "370600", ["claims"]),
      propose: () => one("payments.return", { params: { suspenseNo } }),
      stands: async () => {
        const { state, owner, attempt } = await suspenseOf(suspenseNo);
        return { state, owner, attempt };
      },
      move: async () => writeTogether(goingBack(await suspenseOf(suspenseNo))),
      movedAs: "refund-not-possible",
    };
  },
  "payments.propose-channel": async (made) => {
    const [one, two, elsewhere] = await officers(made, "finance", "370600", "640522");
    const { open } = (await one("payments.switches")).channel;
    const turn = (sentence: string) => one("payments.propose-channel", { body: { open: !open, sentence } });
    return {
      one,
      two,
      elsewhere,
      roleless: await made.officer(`hands-roleless-${serial()}`, "370600", ["claims"]),
      propose: () => turn("支付渠道维修，明天恢复"),
      stands: async () => (await one("payments.switches")).channel,
      move: () => turn("支付渠道维修，后天恢复").then(agreedBy(two)),
      // Opened twice is no matter at all; closed twice is another matter.
      movedAs: open ? "proposal-moved" : "channel-open",
    };
  },
};

/** Two officers of a unit with a role, and one of another unit. */
const officers = async (made: Register, role: Role, unit: string, other: string) => {
  const made3 = [unit, unit, other].map((code) => made.officer(`hands-${role}-${serial()}`, code, [role]));
  return (await Promise.all(made3)) as [Call, Call, Call];
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
