export default definePageConfig({ navigationBarTitleText: "不是我用的" });
