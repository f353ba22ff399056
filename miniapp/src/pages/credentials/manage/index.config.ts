export default definePageConfig({ navigationBarTitleText: "管理医保码" });
