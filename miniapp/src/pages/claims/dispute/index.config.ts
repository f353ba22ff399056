export default definePageConfig({ navigationBarTitleText: "提出争议" });
