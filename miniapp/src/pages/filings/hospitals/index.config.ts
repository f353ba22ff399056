export default definePageConfig({ navigationBarTitleText: "联网医院" });
