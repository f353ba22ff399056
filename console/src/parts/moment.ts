import { dayInShanghai, dayShown } from "../../../shared/day.ts";

/** "14:30" on the wall. */
export const clockTime = (at: number) =>
  new Date(at).toLocaleTimeString("zh-CN", {
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
    timeZone: "Asia/Shanghai",
  });

/** 2026年1月1日 14:30 */
export const momentShown = (at: number): string => `${dayShown(dayInShanghai(at))} ${clockTime(at)}`;
