import type { Machine } from "../machine.ts";

/**
 * 等待生效的换号 · another telephone on record for which only a telephone stood: it waits, both numbers are told, and whoever is
 * bound to the person stops it. `overtaken`: the telephone was changed or confirmed in another way meanwhile.
 */
export const changeStates: Machine<ChangeState, ChangeEvent> = {
  waiting: { name: "等待生效", on: { "time-up": "done", stop: "stopped", overtake: "overtaken" } },
  done: { name: "已生效", on: {} },
  stopped: { name: "已停止", on: {} },
  overtaken: { name: "已另行办理", on: {} },
};

type ChangeState = "waiting" | "done" | "stopped" | "overtaken";
export type ChangeEvent = "time-up" | "stop" | "overtake";
export const changeStateNames = Object.keys(changeStates) as [ChangeState, ...ChangeState[]];
