export default definePageConfig({ navigationBarTitleText: "参保日历" });
