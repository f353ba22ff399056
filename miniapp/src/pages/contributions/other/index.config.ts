export default definePageConfig({ navigationBarTitleText: "给家人或别人缴费" });
