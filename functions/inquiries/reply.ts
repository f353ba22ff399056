import type { Answer } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import { destinationOf } from "../../shared/filing/places.ts";
import { inquiryEventNames, isOverdue, objection, type Side } from "../../shared/inquiry/inquiry.ts";
import type { Officer } from "../callers/officers.ts";
import { today } from "../clock.ts";
import type { OfficerHand } from "../hand.ts";
import { key } from "../key.ts";
import { Profile } from "../people/profile.ts";
import { identityNumberShown } from "../people/reply.ts";
import { mustBeAt } from "../read.ts";
import { actingOf, standingOf } from "./moves.ts";
import type { Inquiry } from "./store.ts";

type Row = Answer<Endpoints["inquiries.list"]>["open"][number];

const handReply = ({ no, name }: OfficerHand, { officerNo }: Officer) => ({ name, own: no === officerNo });

/** An inquiry as it stands in a side's list; the number of the person is the asking side's alone. */
export async function rowReply(inquiry: Inquiry, profile: Profile, side: Side, officer: Officer): Promise<Row> {
  const { inquiryNo, person, provider, from, until, amount, doubts, asked, askedOn, dueOn, state, owner } = inquiry;
  const { code, name, place } = provider;
  return {
    inquiryNo,
    side,
    from,
    until,
    amount,
    doubts,
    asked,
    askedOn,
    dueOn,
    state,
    person: {
      personNo: side === "sent" ? person.personNo : null,
      name: person.name,
      identityNumber: await identityNumberShown(profile),
    },
    provider: { code, name, place: { code: place, name: destinationOf(place).name } },
    askingName: inquiry.asking.name,
    overdue: isOverdue(inquiry, today()),
    owner: owner && handReply(owner, officer),
    finding: inquiry.answer?.finding ?? null,
  };
}

/** An inquiry as an officer of either side sees it, and what they may do. */
export async function inquiryReply(inquiry: Inquiry, officer: Officer): Promise<Answer<Endpoints["inquiries.one"]>> {
  const { claimNo, filingNo, questions, asking, answer, withdrawnFor, calls, history } = inquiry;
  const profile = await mustBeAt(key.person(inquiry.person.personNo), Profile);
  const hand = actingOf(officer, inquiry);
  const standing = standingOf(inquiry);
  const by = (one: OfficerHand) => handReply(one, officer);
  return {
    ...(await rowReply(inquiry, profile, hand.asks ? "sent" : "received", officer)),
    claimNo,
    filingNo,
    questions,
    withdrawnFor,
    askedBy: by(asking.by),
    answer: answer && { ...answer, by: by(answer.by) },
    calls: calls.map(({ on, whom, outcome, words, by: who }) => ({ on, whom, outcome, words, by: by(who) })),
    history: history.map(({ event, on, by: who }) => ({ event, on, by: by(who) })),
    may: inquiryEventNames.filter((event) => objection(event, standing, hand) === null),
  };
}
