import * as z from "zod";
import type { Day } from "../../shared/day.ts";
import { CalendarDay } from "../../shared/edge.ts";
import {
  callOutcomeNames,
  doubtNames,
  findingNames,
  inquiryEventNames,
  inquiryStateNames,
  isOpen,
  type Side,
} from "../../shared/inquiry/inquiry.ts";
import { unitPath } from "../../shared/org.ts";
import { OfficerHand } from "../hand.ts";
import { beginning, key, partition } from "../key.ts";
import { firstUnder, itemsAt, mustBeAt } from "../read.ts";
import { answeredBefore, answeredOnce, type NumberedRequest } from "../request.ts";
import { Fen } from "../stored.ts";
import { codesBelow } from "../worklist.ts";
import { isNew, type Step, toPut, toRemove, unchanged } from "../write.ts";

/** 协查 · one inquiry as it is stored; never deleted. Of the person it holds what the agency that is asked may know. */
export const Inquiry = z.object({
  inquiryNo: z.string(),
  person: z.object({ personNo: z.string(), village: z.string(), name: z.string() }),
  provider: z.object({ code: z.string(), name: z.string(), place: z.string() }),
  from: CalendarDay,
  until: CalendarDay,
  amount: Fen.nullable(),
  claimNo: z.string().nullable(),
  filingNo: z.string().nullable(),
  doubts: z.array(z.enum(doubtNames)),
  questions: z.array(z.string()),
  asking: z.object({ unit: z.string(), name: z.string(), by: OfficerHand }),
  asked: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("unit"), unit: z.string(), name: z.string() }),
    z.object({ kind: z.literal("outside"), name: z.string(), telephone: z.string() }),
  ]),
  state: z.enum(inquiryStateNames),
  askedOn: CalendarDay,
  dueOn: CalendarDay,
  /** The officer who has taken it. */
  owner: OfficerHand.nullable(),
  answer: z
    .object({
      finding: z.enum(findingNames),
      answers: z.array(z.string()),
      words: z.string(),
      on: CalendarDay,
      by: OfficerHand,
    })
    .nullable(),
  withdrawnFor: z.string().nullable(),
  calls: z.array(
    z.object({
      requestNo: z.string(),
      on: CalendarDay,
      whom: z.string(),
      outcome: z.enum(callOutcomeNames),
      words: z.string(),
      by: OfficerHand,
    }),
  ),
  history: z.array(z.object({ event: z.enum(inquiryEventNames), on: CalendarDay, at: z.int(), by: OfficerHand })),
  version: z.int().min(1),
});
export type Inquiry = z.output<typeof Inquiry>;

/** An inquiry by its number, or a refusal. */
export const inquiryOf = (inquiryNo: string): Promise<Inquiry> => mustBeAt(key.inquiry(inquiryNo), Inquiry);

/** What an officer asks for; it is answered once. */
export const inquiryRequest = (officerNo: string, requestNo: string, body: object): NumberedRequest => ({
  of: "INQUIRY",
  askedBy: officerNo,
  requestNo,
  body,
});

/** The inquiry that a request made before, or null; the same request number with another body is refused. */
export const requestedInquiry = (request: NumberedRequest): Promise<Inquiry | null> =>
  answeredBefore(request, inquiryOf);

/** 发起 · writes an inquiry once for a request: with the request, and where either side finds it. */
export const openInquiry = (request: NumberedRequest, inquiry: Inquiry): Promise<Inquiry> =>
  answeredOnce(request, {
    found: inquiryOf,
    make: async () => {
      const items = [{ ...key.inquiry(inquiry.inquiryNo), ...inquiry }, ...places(inquiry)];
      return { no: inquiry.inquiryNo, answer: inquiry, steps: items.map((item) => toPut(item, isNew)) };
    },
  });

/** Where either side finds an inquiry; an agency outside the system looks nowhere. */
function places(inquiry: Inquiry) {
  const { inquiryNo, asking, asked, state, dueOn, answer, history } = inquiry;
  const ended: Day = answer?.on ?? history.at(-1)?.on ?? dueOn;
  const at = (side: Side, unit: string) => ({
    ...(isOpen(state)
      ? key.inquiryAt(side, unit, "open", dueOn, inquiryNo)
      : key.inquiryAt(side, unit, "over", ended, inquiryNo)),
    unit,
    inquiryNo,
  });
  return [at("sent", asking.unit), ...(asked.kind === "unit" ? [at("received", asked.unit)] : [])];
}

/** What is written when an inquiry moved: itself, and where it is found once it is over. */
export function moved(before: Inquiry, after: Inquiry): Step[] {
  const put: Step = toPut({ ...key.inquiry(after.inquiryNo), ...after }, unchanged(before.version));
  if (isOpen(after.state)) return [put];
  return [
    put,
    ...places(before).map(({ pk, sk }) => toRemove({ pk, sk })),
    ...places(after).map((Item) => toPut(Item)),
  ];
}

const Place = z.object({ inquiryNo: z.string(), unit: z.string() });

/** A side's inquiries of a unit: the open ones by the day on which they are due, or the last to end first. */
export async function inquiriesAt(
  side: Side,
  unit: string,
  is: "open" | "over",
  most: number,
): Promise<{ inquiries: Inquiry[]; more: boolean }> {
  const { items: places, more } = await firstUnder(
    {
      partition: partition.inquiries(side, unitPath(unit).at(-1)!),
      beginning: beginning.inquiry[is],
      newestFirst: is === "over",
    },
    Place,
    most,
    (one) => one.unit.startsWith(codesBelow(unit)),
  );
  const items = await itemsAt(places.map(({ inquiryNo }) => key.inquiry(inquiryNo)));
  const found = new Map(items.map((item) => Inquiry.parse(item)).map((one) => [one.inquiryNo, one]));
  return { inquiries: places.map(({ inquiryNo }) => found.get(inquiryNo)!), more };
}
