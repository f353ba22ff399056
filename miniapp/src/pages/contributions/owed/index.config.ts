export default definePageConfig({ navigationBarTitleText: "应缴多少" });
