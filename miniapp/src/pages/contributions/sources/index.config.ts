export default definePageConfig({ navigationBarTitleText: "规定从哪里来" });
