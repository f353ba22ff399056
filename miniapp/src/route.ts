import Taro from "@tarojs/taro";

export type Tab = "home" | "code" | "services" | "me";
export type PageName =
  | "sign-in"
  | "bind"
  | "whom"
  | "other"
  | "year"
  | "owed"
  | "check"
  | "result"
  | "orders"
  | "several"
  | "prove"
  | "telephone"
  | "family"
  | "family-add"
  | "family-tie"
  | "newborn"
  | "identity-number"
  | "scan"
  | "calendar"
  | "receipts"
  | "receipt"
  | "verify"
  | "refund"
  | "refunds"
  | "claims"
  | "claim"
  | "claim-lines"
  | "dispute"
  | "disputes"
  | "looks"
  | "code-manage"
  | "code-uses"
  | "code-doubt"
  | "messages"
  | "message-settings"
  | "sources"
  | "filing/start"
  | "filing/where"
  | "filing/check"
  | "filing/one"
  | "filing/mine"
  | "filing/slip"
  | "filing/hospitals"
  | "business-day";

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
