/** 标签页 · the four that come with the app. */
export const tabs = ["home", "code", "services", "me"] as const;

/** 各项业务的页面 · pages/<capability>/<screen>; in WeChat each capability is a package of its own, fetched by whoever goes there. */
export const capabilities = {
  account: ["sign-in", "bind", "prove", "telephone"],
  contributions: ["whom", "other", "year", "owed", "check", "result", "orders", "several", "calendar", "sources"],
  family: ["members", "add", "tie", "newborn", "identity-number"],
  receipts: ["mine", "one", "verify"],
  refunds: ["mine", "request"],
  claims: ["mine", "one", "lines", "dispute", "disputes", "looks"],
  credentials: ["manage", "uses", "doubt"],
  filings: ["start", "where", "check", "one", "mine", "slip", "hospitals"],
  messages: ["inbox", "settings"],
} as const;

/** What only a browser has: paying by a second phone, and the demonstration's clock. */
export const forBrowsers = { contributions: ["scan"], demonstration: ["business-day"] } as const;

type Screens<Packages extends Readonly<Record<string, readonly string[]>>> = {
  [Capability in keyof Packages & string]: `${Capability}/${Packages[Capability][number]}`;
}[keyof Packages & string];

export type Tab = (typeof tabs)[number];
export type PageName = Screens<typeof capabilities> | Screens<typeof forBrowsers>;
