export default definePageConfig({ navigationBarTitleText: "再核验一次" });
