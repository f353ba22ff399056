import * as z from "zod";
import { Amount, CalendarDay, RequestNo } from "../edge.ts";
import { filingEventNames, filingStateNames } from "../filing/filing.ts";
import { hands } from "../hand.ts";
import { filingKindNames, paperNames } from "../policy/remote.ts";
import { filings as filingNames, levels, places } from "../policy/table.ts";
import { AttachmentNo } from "./attachments.ts";
import { Clause, Pay } from "./claims.ts";
import { endpoint } from "./endpoint.ts";
import { TieNo } from "./family.ts";
import { CoverState } from "./residents.ts";

/** 备案号: the business day and sixteen characters. */
export const FilingNo = z.string().regex(/^\d{8}[0-9A-Z]{16}$/);
export const Kind = z.enum(filingKindNames);
/** A city or a municipality, six digits. */
export const DestinationCode = z.string().regex(/^\d{6}$/);
export const Destination = z.strictObject({ code: DestinationCode, name: z.string() });
const standings = ["stated", "derived", "assumed"] as const;

/** 附件 · one paper as it was photographed. */
const Attached = z.strictObject({ attachmentNo: AttachmentNo });

/** 备案 · one filing as the person, or who holds them, sees it. */
export const Filing = z.strictObject({
  filingNo: FilingNo,
  /** Whose it is. */
  name: z.string(),
  /** The tie through which the reader sees it; null where it is their own. */
  tieNo: TieNo.nullable(),
  kind: Kind,
  kindName: z.string(),
  destination: Destination,
  from: CalendarDay,
  /** Null: until it is ended. */
  until: CalendarDay.nullable(),
  /** As of today. */
  state: z.enum(filingStateNames),
  stateName: z.string(),
  /** What this state means and what comes next, in one sentence. */
  sentence: z.string(),
  filedOn: CalendarDay,
  /** 承诺办结: the day by which an officer decides; null where none has to. */
  dueOn: CalendarDay.nullable(),
  /** Filed by commitment; until `proofBy` the paper is supplied. */
  commitment: z.boolean(),
  proofBy: CalendarDay.nullable(),
  proofGiven: z.boolean(),
  /** It began before it was filed, for a stay that went on. */
  late: z.boolean(),
  attachments: z.array(Attached),
  /** 一次性告知 · all that is to be mended, at once. */
  mend: z.array(z.string()),
  /** Why it was refused or taken back. */
  reason: z.string(),
  replaces: FilingNo.nullable(),
  replacedBy: FilingNo.nullable(),
  history: z.array(
    z.strictObject({
      event: z.enum(filingEventNames),
      on: CalendarDay,
      by: z.enum(hands),
      /** The agent's or the hospital's name; officers who decide are not named to residents. */
      name: z.string().nullable(),
      reason: z.string(),
    }),
  ),
  /** What the reader can do with it now. */
  may: z.array(z.enum(["submit", "withdraw", "change", "end", "supply"])),
  /** Long-term: from which day on it can be changed or ended, where that is not yet. */
  lockedUntil: CalendarDay.nullable(),
  /** What submitting it asks for; null where it cannot be submitted. */
  needs: z
    .strictObject({
      /** Any one of them will do; none: nothing is asked for. */
      papers: z.array(z.strictObject({ paper: z.enum(paperNames), name: z.string() })),
      /** May a commitment stand in for a paper, and in how many months is the paper to follow. */
      commitment: z.strictObject({ accepted: z.boolean(), proofWithinMonths: z.int().nullable() }),
      /** Filings for other places that go on beside it, in words. */
      beside: z.array(z.string()),
    })
    .nullable(),
  version: z.int(),
});

/** 规定 · one rule that counts for filings here, in words, with its article. */
const FilingRule = z.strictObject({
  /** The kind that it is for; null where it is for every one. */
  kind: Kind.nullable(),
  name: z.string(),
  text: z.string(),
  from: CalendarDay,
  cite: z.string(),
  standing: z.enum(standings),
  note: z.string(),
});

/** 人员类别 · one kind that can be filed for, and what it asks for. */
const KindOption = z.strictObject({
  kind: Kind,
  name: z.string(),
  who: z.string(),
  group: z.enum(filingNames),
  papers: z.array(z.strictObject({ paper: z.enum(paperNames), name: z.string() })),
  commitment: z.strictObject({ accepted: z.boolean(), proofWithinMonths: z.int().nullable() }),
  /** Null: until it is ended. */
  months: z.int().nullable(),
});

/** 能怎么备案 · what somebody can file for, by the rules of their area today. */
export const Options = z.strictObject({
  name: z.string(),
  /** Where they are insured. */
  home: z.strictObject({ area: z.string(), name: z.string() }),
  cover: CoverState,
  kinds: z.array(KindOption),
  /** Where nobody has to file. */
  exempt: z.array(z.enum(places)),
  /** The first and the last day on which a filing may begin. */
  earliest: CalendarDay,
  latest: CalendarDay,
  /** Calendar days in which an officer decides. */
  decidedWithinDays: z.int(),
  rules: z.array(FilingRule),
  commitment: z.strictObject({ version: z.string(), sentences: z.array(z.string()) }),
});

const Application = z.strictObject({
  kind: Kind,
  destination: DestinationCode,
  from: CalendarDay,
  /** The long-term filing that this one is to take the place of. */
  replaces: FilingNo.nullable().default(null),
});

/** 提交 · what stands behind an application: papers, or a commitment signed with one's own name, or nothing where nothing is asked for. */
export const Evidence = z.strictObject({
  attachmentNos: z.array(AttachmentNo).max(6).default([]),
  commitment: z.strictObject({ version: z.string().max(20), signedName: z.string().trim().min(1).max(60) }).nullable(),
});

export const ExampleAsked = z.strictObject({
  destination: DestinationCode,
  level: z.enum(levels),
  /** The bill of the stay. */
  total: Amount,
});
/** 备案前后对比 · the same stay under every filing, each computed by `settle`. */
export const Example = z.strictObject({
  cases: z.array(
    z.strictObject({
      filing: z.enum(filingNames),
      name: z.string(),
      total: Amount,
      upfront: Amount,
      deductiblePaid: Amount,
      fundsTotal: Amount,
      patientTotal: Amount,
      pays: z.array(Pay),
      assumed: z.boolean(),
      /** The clauses that are not the same in every case. */
      clauses: z.array(Clause),
    }),
  ),
  /** Every case comes to the same. */
  same: z.boolean(),
  /** What it comes to, in words, to be read aloud. */
  sentences: z.array(z.string()),
});

const proven = { audience: "resident", trust: "proven" } as const;
/** `tie`: of a dependant of the family account; that the guardian looked, or filed, is recorded. */
const Whose = z.strictObject({ tie: TieNo.optional() });
const params = z.strictObject({ filingNo: FilingNo });
const looks = { main: "read", audit: "append" } as const;
const acts = { main: "write", audit: "append" } as const;
const version = z.int().min(1);

export const endpoints = {
  "filings.options": endpoint({
    method: "GET",
    path: "/filings/options",
    title: "我能怎么备案",
    caller: proven,
    access: looks,
    query: Whose,
    reply: Options,
  }),
  "filings.example": endpoint({
    method: "POST",
    path: "/filings/example",
    title: "备案前后对比",
    caller: proven,
    access: looks,
    query: Whose,
    body: ExampleAsked,
    reply: Example,
  }),
  "filings.mine": endpoint({
    method: "GET",
    path: "/filings",
    title: "我的备案",
    caller: proven,
    access: looks,
    query: Whose,
    /** The newest first. */
    reply: z.strictObject({ filings: z.array(Filing) }),
  }),
  "filings.draft": endpoint({
    method: "POST",
    path: "/filings",
    title: "填写备案",
    caller: proven,
    access: acts,
    query: Whose,
    body: Application.extend({ requestNo: RequestNo }),
    reply: Filing,
  }),
  "filings.one": endpoint({
    method: "GET",
    path: "/filings/{filingNo}",
    title: "一个备案",
    caller: proven,
    access: looks,
    params,
    query: Whose,
    reply: Filing,
  }),
  "filings.rewrite": endpoint({
    method: "PUT",
    path: "/filings/{filingNo}",
    title: "修改备案",
    caller: proven,
    access: acts,
    params,
    query: Whose,
    body: Application.extend({ version }),
    reply: Filing,
  }),
  "filings.submit": endpoint({
    method: "POST",
    path: "/filings/{filingNo}/submission",
    title: "提交备案",
    caller: proven,
    access: acts,
    params,
    query: Whose,
    body: Evidence.extend({ version }),
    reply: Filing,
  }),
  "filings.supply": endpoint({
    method: "POST",
    path: "/filings/{filingNo}/proof",
    title: "补交证明",
    caller: proven,
    access: acts,
    params,
    query: Whose,
    body: z.strictObject({ attachmentNos: z.array(AttachmentNo).min(1).max(6) }),
    reply: Filing,
  }),
  "filings.end": endpoint({
    method: "POST",
    path: "/filings/{filingNo}/end",
    title: "撤回或结束备案",
    caller: proven,
    access: acts,
    params,
    query: Whose,
    reply: Filing,
  }),
};
