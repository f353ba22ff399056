export default definePageConfig({ navigationBarTitleText: "备案回执单" });
