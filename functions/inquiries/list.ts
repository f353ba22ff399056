import { endpoints } from "../../shared/api/inquiries.ts";
import { recordList } from "../audit.ts";
import { http } from "../http.ts";
import { rowReply } from "./reply.ts";
import { inquiriesAt } from "./store.ts";

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
  return {
    open: open.inquiries.map((one) => rowReply(one, side, officer)),
    more: open.more,
    over: over.inquiries.map((one) => rowReply(one, side, officer)),
  };
});
