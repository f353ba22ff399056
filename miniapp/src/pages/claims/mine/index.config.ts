export default definePageConfig({ navigationBarTitleText: "我的费用" });
