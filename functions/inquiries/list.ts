import { endpoints } from "../../shared/api/inquiries.ts";
import { recordList } from "../audit.ts";
import { http } from "../http.ts";
import { profilesOf } from "../people/find.ts";
import { rowReply } from "./reply.ts";
import { type Inquiry, inquiriesAt } from "./store.ts";

const mostOpen = 200;
const mostOver = 50;

/** GET /agency/inquiries · 协查待办: what the officer's unit asked, or is asked, the soonest due first. */
export const handler = http(endpoints["inquiries.list"], async ({ officer, query: { side } }) => {
  const [open, over] = await Promise.all([
    inquiriesAt(side, officer.unit, "open", mostOpen),
    inquiriesAt(side, officer.unit, "over", mostOver),
  ]);
  const people = [...open.inquiries, ...over.inquiries].map(({ person }) => person);
  await recordList(officer, people, { call: "inquiries.list" });
  const profiles = await profilesOf(people.map(({ personNo }) => personNo));
  const row = (one: Inquiry) => rowReply(one, profiles.get(one.person.personNo)!, side, officer);
  return {
    open: await Promise.all(open.inquiries.map(row)),
    more: open.more,
    over: await Promise.all(over.inquiries.map(row)),
  };
});
