export default definePageConfig({ navigationBarTitleText: "补身份证号" });
