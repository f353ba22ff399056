export default definePageConfig({ navigationBarTitleText: "确认您是谁" });
