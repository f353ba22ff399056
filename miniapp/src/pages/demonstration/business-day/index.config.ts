export default definePageConfig({ navigationBarTitleText: "改业务日期" });
