import { type Day, day } from "../../shared/day.ts";
import { call, type Today } from "./api.ts";
import { store } from "./store.ts";

/** 业务日期 · as the API last told it; null before it did. */
export const today = store<Today | null>(null);

/** 参保地 · the pooling area of who is signed in, as home last read it; null before, and for whoever is bound to nobody. */
export const ownArea = store<string | null>(null);

/** Asks for the business day again. */
export async function askToday(): Promise<Day> {
  const told = await call("about.today");
  today.set(told);
  return day(told.today);
}

/** Turns the demonstration's business clock. */
export async function turnDay(to: Day): Promise<void> {
  const reply = await fetch("/demonstration/business-day", {
    method: "POST",
    body: JSON.stringify({ day: to }),
  });
  if (!reply.ok) throw new Error(`business day: ${reply.status}`);
  await askToday();
}
