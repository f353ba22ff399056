import type { Day } from "../day.ts";
import type { Moment } from "./field.ts";

const eightHours = 8 * 3_600_000;

/** A wall-clock time in Asia/Shanghai as yyyyMMddHHmmssSSS. */
export const stampOf = (at: number): string => new Date(at + eightHours).toISOString().replace(/\D/g, "").slice(0, 17);

/** A business day with the time of day of a wall clock, as yyyy-MM-dd HH:mm:ss. */
export const momentOn = (on: Day, at: number) =>
  `${on} ${new Date(at + eightHours).toISOString().slice(11, 19)}` as Moment;
