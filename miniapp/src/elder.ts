import Taro from "@tarojs/taro";
import { inBrowser, keep, kept, store } from "./store.ts";

const place = "elder";
/** From this size on (px; 16 and 17 are usual) somebody has asked the phone for larger text. */
const large = 20;

/** 长辈版 · what the person chose, or null: then the phone's own text size decides. */
const chosen = store<"on" | "off" | null>(kept(place), (value) => keep(place, value));

function largeText(): boolean {
  if (inBrowser) return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) >= large;
  const told = Taro.canIUse("getAppBaseInfo") ? Taro.getAppBaseInfo() : Taro.getSystemInfoSync();
  // Taro's types do not know yet that newer WeChat tells it here too.
  return ((told as { fontSizeSetting?: number }).fontSizeSetting ?? 0) >= large;
}

/** Is the large version on, and how it is switched. */
export function useElder(): readonly [on: boolean, turn: (on: boolean) => void] {
  const choice = chosen.use();
  const on = choice === null ? largeText() : choice === "on";
  return [on, (wanted) => chosen.set(wanted ? "on" : "off")];
}
