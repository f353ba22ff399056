import { endpoints } from "../../shared/api/messages.ts";
import { Refusal } from "../../shared/refusal.ts";
import { dependantsOf } from "../family/held.ts";
import { http } from "../http.ts";
import { markRead } from "./store.ts";

/** POST /messages/{messageNo}/read · 消息已读: by this account; again it changes nothing. */
export const handler = http(
  endpoints["messages.read"],
  async ({ resident: { personNo, accountNo }, params: { messageNo } }) => {
    const people = [personNo, ...(await dependantsOf(personNo))];
    if (!(await markRead(people, messageNo, accountNo))) throw new Refusal("not-found");
    return { read: true as const };
  },
);
