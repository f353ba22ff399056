import * as z from "zod";
import { disputeEventNames, disputeKindNames, disputeStateNames, remedyNames } from "../dispute/dispute.ts";
import { Amount, CalendarDay, RequestNo } from "../edge.ts";
import { type Share, share, shareText, text, type Yuan, yuan } from "../money.ts";
import { identityKinds } from "../policy/identity.ts";
import { careTypes, levels } from "../policy/table.ts";
import { endpoint } from "./endpoint.ts";
import { TieNo } from "./family.ts";
import { BenefitYear, BenefitYearText } from "./residents.ts";

/** 结算ID: the benefit year, the business day, sixteen characters. */
export const ClaimNo = z.string().regex(/^\d{12}[0-9A-Z]{16}$/);
export const DisputeNo = z.string().regex(/^\d{8}[0-9A-Z]{16}$/);

/** An amount that can be below zero: lines that were taken back are. */
const SignedAmount = z.codec(z.string().regex(/^-?(0|[1-9]\d{0,8})\.\d{2}$/, { error: "amount" }), z.custom<Yuan>(), {
  decode: (written) => yuan(written),
  encode: (amount) => text(amount),
});
/** A ratio from 0 to 1 as text. */
const Ratio = z.codec(z.string().regex(/^(0(\.\d{1,4})?|1)$/), z.custom<Share>(), {
  decode: (written) => share(written),
  encode: (ratio) => shareText(ratio),
});

/** 谁付了多少 · one layer that paid, by its name in traces and in words; in statutory order. */
export const Pay = z.strictObject({ layer: z.string(), name: z.string(), amount: Amount });
/** 两个比例 · what funds paid, of the whole bill and of what is in scope; null of nothing (HLJ-15). */
const Ratios = z.strictObject({ real: Ratio.nullable(), inScope: Ratio.nullable() });

/** 一笔费用 · one claim as it stands in a list. */
export const ClaimSummary = z.strictObject({
  claimNo: ClaimNo,
  /** The last day of the care. */
  on: CalendarDay,
  provider: z.string(),
  careType: z.enum(careTypes),
  total: Amount,
  fundsTotal: Amount,
  patientTotal: Amount,
  pays: z.array(Pay),
  state: z.enum(["settled", "reversed"]),
  /** An assumed parameter decided an amount. */
  assumed: z.boolean(),
  /** A dispute of it still waits for an answer. */
  disputed: z.boolean(),
});

/** 争议 · one dispute as the person whose claim it is, or who holds them, sees it. */
const Dispute = z.strictObject({
  disputeNo: DisputeNo,
  claimNo: ClaimNo,
  /** Whose claim. */
  name: z.string(),
  /** The tie through which the reader sees it; null where it is their own. */
  tieNo: TieNo.nullable(),
  /** The guardian filed it for the person. */
  byGuardian: z.boolean(),
  kind: z.enum(disputeKindNames),
  words: z.string(),
  state: z.enum(disputeStateNames),
  filedOn: CalendarDay,
  /** The last day of an answer in time: an assumption of ours. */
  dueOn: CalendarDay,
  history: z.array(z.strictObject({ event: z.enum(disputeEventNames), on: CalendarDay })),
  /** The officer's sentence, and what becomes of the claim where it was upheld. */
  outcome: z.strictObject({ on: CalendarDay, reason: z.string(), remedy: z.enum(remedyNames).nullable() }).nullable(),
});

/** 进度条 · towards one threshold or limit, with the rule that sets it. */
const Bar = z.strictObject({
  layer: z.string(),
  kind: z.enum(["threshold", "limit"]),
  name: z.string(),
  used: Amount,
  bound: Amount,
  left: Amount,
  sentence: z.string(),
  from: CalendarDay,
  cite: z.string(),
  standing: z.enum(["stated", "derived", "assumed"]),
  note: z.string(),
});

/** 依据 · one row of the table that says on what an amount rests. */
export const Clause = z.strictObject({
  layer: z.string(),
  item: z.string(),
  formula: z.string(),
  result: z.string(),
  parameter: z.string(),
  code: z.string(),
  value: z.string(),
  from: z.string(),
  cite: z.string(),
  standing: z.string(),
  decided: z.boolean(),
  note: z.string(),
});

/** 费用明细 · one fee line; below zero where it takes another one back. */
const FeeLine = z.strictObject({
  serial: z.string(),
  name: z.string(),
  class: z.enum(["A", "B", "C"]),
  /** 医院审批不通过: wholly the person's, whatever its class. */
  ownPay: z.boolean(),
  /** Decimal text without trailing zeros. */
  price: z.string(),
  quantity: z.string(),
  total: SignedAmount,
  outsideCatalogue: SignedAmount,
  overPriceCap: SignedAmount,
  upfront: SignedAmount,
  chargedAt: z.string(),
});

/** What a guardian can do with a dependant's claims, and with the uses of their code; each time is recorded under the dependant. */
export const FamilyCall = z.enum([
  "claims.mine",
  "claims.one",
  "claims.lines",
  "claims.dispute",
  "claims.disputes",
  "claims.withdraw",
  "credentials.uses",
  "attachments.look",
  "filings.options",
  "filings.example",
  "filings.mine",
  "filings.draft",
  "filings.one",
  "filings.rewrite",
  "filings.submit",
  "filings.supply",
  "filings.end",
]);
export type FamilyCall = z.output<typeof FamilyCall>;

const proven = { audience: "resident", trust: "proven" } as const;
const claimParams = z.strictObject({ claimNo: ClaimNo });
/** `tie`: of a dependant of the family account; that the guardian looked is recorded. */
const Whose = z.strictObject({ tie: TieNo.optional() });

export const endpoints = {
  "claims.mine": endpoint({
    method: "GET",
    path: "/claims",
    title: "我的费用",
    caller: proven,
    access: { main: "read", audit: "append" },
    query: Whose.extend({ year: BenefitYearText.optional() }),
    reply: z.strictObject({
      name: z.string(),
      year: BenefitYear,
      /** Years with claims and this one, the newest first. */
      years: z.array(BenefitYear),
      /** The newest first; reversed ones are among them. */
      claims: z.array(ClaimSummary),
      /** Of the year, without what was reversed. */
      sums: z.strictObject({
        total: Amount,
        inScope: Amount,
        fundsTotal: Amount,
        patientTotal: Amount,
        pays: z.array(Pay),
      }),
      ratios: Ratios,
      /** On the day, today or the last one of a year that is over. */
      progress: z.strictObject({
        on: CalendarDay,
        identity: z.enum(identityKinds).nullable(),
        identities: z.array(z.enum(identityKinds)),
        bars: z.array(Bar),
      }),
    }),
  }),
  "claims.one": endpoint({
    method: "GET",
    path: "/claims/{claimNo}",
    title: "一笔费用",
    caller: proven,
    access: { main: "read", audit: "append" },
    params: claimParams,
    query: Whose,
    reply: ClaimSummary.extend({
      name: z.string(),
      level: z.enum(levels),
      department: z.string(),
      disease: z.string(),
      admittedOn: CalendarDay,
      settledOn: CalendarDay,
      identity: z.enum(identityKinds).nullable(),
      amounts: z.strictObject({
        outsideCatalogue: Amount,
        overPriceCap: Amount,
        upfront: Amount,
        inScope: Amount,
        deductiblePaid: Amount,
      }),
      ratios: Ratios,
      /** What the person is told, to be read aloud. */
      sentences: z.array(z.string()),
      clauses: z.array(Clause),
      lines: z.int(),
      history: z.array(z.strictObject({ what: z.enum(["settled", "reversed"]), on: CalendarDay, reason: z.string() })),
      disputes: z.array(Dispute),
    }),
  }),
  "claims.lines": endpoint({
    method: "GET",
    path: "/claims/{claimNo}/lines",
    title: "费用明细",
    caller: proven,
    access: { main: "read", audit: "append" },
    params: claimParams,
    query: Whose.extend({
      /** Part of a name. */
      q: z.string().trim().max(40).optional(),
      /** The serial of the last line of the page before. */
      after: z.string().min(1).max(100).optional(),
    }),
    reply: z.strictObject({ lines: z.array(FeeLine), after: z.string().nullable() }),
  }),
  "claims.dispute": endpoint({
    method: "POST",
    path: "/claims/{claimNo}/disputes",
    title: "提出争议",
    caller: proven,
    access: { main: "write", audit: "append" },
    params: claimParams,
    query: Whose,
    body: z.discriminatedUnion("kind", [
      z.strictObject({
        requestNo: RequestNo,
        kind: z.literal("not-mine"),
        words: z.string().trim().max(300).default(""),
      }),
      z.strictObject({ requestNo: RequestNo, kind: z.literal("amount"), words: z.string().trim().min(2).max(300) }),
    ]),
    reply: Dispute,
  }),
  "claims.disputes": endpoint({
    method: "GET",
    path: "/disputes",
    title: "我的争议",
    caller: proven,
    access: { main: "read", audit: "append" },
    /** One's own and those of the family, the newest first. */
    reply: z.strictObject({ disputes: z.array(Dispute) }),
  }),
  "claims.withdraw": endpoint({
    method: "POST",
    path: "/disputes/{disputeNo}/withdrawal",
    title: "撤回争议",
    caller: proven,
    access: { main: "write", audit: "append" },
    params: z.strictObject({ disputeNo: DisputeNo }),
    query: Whose,
    reply: Dispute,
  }),
  "claims.looks": endpoint({
    method: "GET",
    path: "/looks",
    title: "家人看过我的费用",
    caller: proven,
    access: { main: "read", audit: "read" },
    reply: z.strictObject({
      /** The newest first, at most so many; one entry a guardian, day and kind of page. */
      looks: z.array(
        z.strictObject({
          name: z.string(),
          on: CalendarDay,
          call: FamilyCall,
          times: z.int(),
        }),
      ),
    }),
  }),
};
