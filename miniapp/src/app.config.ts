const inBrowser = process.env.TARO_ENV === "h5";

export default defineAppConfig({
  pages: [
    "pages/home/index",
    "pages/services/index",
    "pages/me/index",
    "pages/sign-in/index",
    "pages/bind/index",
    "pages/whom/index",
    "pages/other/index",
    "pages/year/index",
    "pages/owed/index",
    "pages/check/index",
    "pages/result/index",
    "pages/orders/index",
    "pages/sources/index",
    inBrowser ? "pages/business-day/index" : "pages/cashier/index",
  ],
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
      { pagePath: "pages/services/index", text: "办事" },
      { pagePath: "pages/me/index", text: "我的" },
    ],
  },
  ...(inBrowser && { animation: false }),
});
