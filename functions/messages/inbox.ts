import { endpoints } from "../../shared/api/messages.ts";
import { calledBy, wording } from "../../shared/messages.ts";
import { dependantsOf } from "../family/held.ts";
import { http } from "../http.ts";
import { personPage } from "../people/page.ts";
import { messagesOf } from "./store.ts";

const most = 100;

/** GET /messages · 消息: one's own and the family's, the newest first. */
export const handler = http(endpoints["messages.inbox"], async ({ resident: { personNo, accountNo } }) => {
  const people = [personNo, ...(await dependantsOf(personNo))];
  const found = await Promise.all(
    people.map(async (one) => {
      const { profile } = await personPage(one);
      const name = calledBy(profile.name);
      return (await messagesOf(profile.personNo, most)).map(({ messageNo, on, at, fact, readBy }) => ({
        messageNo,
        about: fact.about,
        name,
        self: one === personNo,
        ...wording(fact, name),
        on,
        at,
        read: readBy?.has(accountNo) ?? false,
      }));
    }),
  );
  const newest = found.flat().sort((a, b) => b.at - a.at);
  return { messages: newest.slice(0, most), unread: newest.filter(({ read }) => !read).length };
});
