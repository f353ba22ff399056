export default definePageConfig({ navigationBarTitleText: "一笔费用" });
