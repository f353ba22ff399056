import { now } from "./clock.ts";
import { ring } from "./log.ts";
import { remember } from "./remembered.ts";

/** From so many people in an hour on, seen by one process: a share of what an officer looks at, for processes are many. */
const manyPeople = 200;
const hour = 60 * 60_000;
const mostCounted = 1_000;
const counted = new Map<string, { since: number; people: number }>();

/** 查阅过宽 · counts whom an officer looks at, and rings once an hour where it is many; what was seen in all an auditor reads day by day. */
export function ringForBreadth(officerNo: string, people: number): void {
  const at = now();
  const last = counted.get(officerNo);
  const before = last && at - last.since < hour ? last : { since: at, people: 0 };
  remember(counted, officerNo, { ...before, people: before.people + people }, mostCounted);
  if (before.people < manyPeople && before.people + people >= manyPeople) ring("many-looks", { officerNo });
}
