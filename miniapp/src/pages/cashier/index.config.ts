export default definePageConfig({ navigationBarTitleText: "去支付" });
