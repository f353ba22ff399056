import { endpoints } from "../../shared/api/counter.ts";
import { http } from "../http.ts";
import { telephoneShown } from "../people/reply.ts";
import { stopChange } from "../telephone/waiting.ts";
import { atCounter, closeAccounts } from "./store.ts";

/** POST /counter/people/{personNo}/recovery · 手机丢了: every account of the person is closed, and a new phone can bind. */
export const handler = http(endpoints["counter.recover"], async ({ officer, params: { personNo }, body: { seen } }) => {
  const { profile, witness } = await atCounter(officer, personNo, "counter.recover", seen);
  const accounts = await closeAccounts(profile, witness);
  // Whoever has the phone may have asked for another number; after this nobody who is bound is left to ask.
  await stopChange(profile.personNo, witness);
  return { accounts, telephone: await telephoneShown(profile) };
});
