import { capabilities, forBrowsers, tabs } from "./screens.ts";

const inBrowser = process.env.TARO_ENV === "h5";
const packages = Object.entries<readonly string[]>(
  inBrowser
    ? { ...capabilities, ...forBrowsers, contributions: [...capabilities.contributions, ...forBrowsers.contributions] }
    : capabilities,
);

export default defineAppConfig({
  pages: tabs.map((name) => `pages/${name}/index`),
  subPackages: packages.map(([capability, screens]) => ({
    root: `pages/${capability}`,
    pages: screens.map((screen) => `${screen}/index`),
  })),
  // What most people open next comes while they read.
  preloadRule: {
    "pages/home/index": { network: "all", packages: ["pages/account", "pages/contributions"] },
    "pages/services/index": { network: "all", packages: ["pages/claims", "pages/filings"] },
  },
  window: {
    navigationBarTitleText: "居民医保",
    navigationBarBackgroundColor: "#ffffff",
    navigationBarTextStyle: "black",
    backgroundColor: "#F4F7F8",
  },
  // `custom`: the pages draw their own tabs, which grow with the large version.
  tabBar: {
    custom: true,
    color: "#5A6B75",
    selectedColor: "#0A6E78",
    backgroundColor: "#ffffff",
    list: [
      { pagePath: "pages/home/index", text: "首页" },
      { pagePath: "pages/code/index", text: "医保码" },
      { pagePath: "pages/services/index", text: "办事" },
      { pagePath: "pages/me/index", text: "我的" },
    ],
  },
  ...(inBrowser && { animation: false }),
});
