export default definePageConfig({ navigationBarTitleText: "谁用过我的码" });
