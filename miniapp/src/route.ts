import Taro from "@tarojs/taro";
import { movedTo } from "./old-addresses.ts";
import type { PageName, Tab } from "./screens.ts";

type Query = Readonly<Record<string, string | undefined>>;

const url = (name: Tab | PageName, query: Query = {}) => {
  const written = Object.entries(query).map(([field, value]) => `${field}=${encodeURIComponent(value ?? "")}`);
  return `/pages/${name}/index${written.length > 0 ? `?${written.join("&")}` : ""}`;
};

/** Opens a page on top of this one. */
export const go = (name: PageName, query?: Query): void => {
  void Taro.navigateTo({ url: url(name, query) });
};

/** Opens a page in place of everything that led to it: Back does not return into a finished task. */
export const arrive = (name: PageName, query?: Record<string, string>): void => {
  void Taro.reLaunch({ url: url(name, query) });
};

export const goToTab = (name: Tab): void => {
  void Taro.switchTab({ url: url(name) });
};

/** Opens what lay at an old address, or home where nothing did; Taro's own `stamp` is no part of what was asked. */
export function openMoved(path: string, { stamp: _, ...query }: Query): void {
  const name = movedTo(path);
  // Neither platform has decoded it: it goes on as it was written.
  const asked = Object.entries(query).map(([field, value = ""]) => `${field}=${value}`);
  if (name) void Taro.reLaunch({ url: `${url(name)}${asked.length > 0 ? `?${asked.join("&")}` : ""}` });
  else goToTab("home");
}

/** Back to the page before, or home where there is none: a link may have led straight here. */
export const back = (): void => {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack();
  else goToTab("home");
};

/** Back to a page that led here, or forward to it where it did not. */
export const returnTo = (name: PageName): void => {
  const opened = Taro.getCurrentPages();
  const at = opened.findIndex((page) => page.route?.includes(`pages/${name}/`));
  if (at >= 0) void Taro.navigateBack({ delta: opened.length - 1 - at });
  else go(name);
};
