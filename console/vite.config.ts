import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { routeTable } from "../shared/api/routes.ts";
import { policyOfBuild } from "../shared/page-headers.ts";

/** Whatever changes together travels together; charts are fetched only by a page that draws one. */
const groups = [
  { name: "antd", test: /node_modules[\\/](antd|@ant-design|@rc-component)[\\/]/ },
  { name: "echarts", test: /node_modules[\\/](echarts|zrender)[\\/]/ },
  // One file: the order of the rules is that of the imports, whichever page is opened first.
  { name: "styles", test: /console[\\/]src[\\/](?!api-page).*\.css$/ },
  { name: "react", test: /node_modules[\\/](react|react-dom|react-router|scheduler)[\\/]/ },
];

/** What a page may do stands in the page as well: not every edge can send headers with it. */
const policyInPages: Plugin = {
  name: "policy-in-pages",
  apply: "build",
  transformIndexHtml: () => [
    {
      tag: "meta",
      attrs: { "http-equiv": "Content-Security-Policy", content: policyOfBuild(process.env) },
      injectTo: "head-prepend",
    },
  ],
};

export default defineConfig({
  base: "/console/",
  plugins: [react(), policyInPages],
  // Method and path of every endpoint, without the schemas: zod stays out of the browser.
  define: { __ROUTES__: JSON.stringify(routeTable()) },
  build: {
    rolldownOptions: {
      input: { console: "index.html", api: "api.html", offline: "offline.html" },
      output: { codeSplitting: { groups } },
    },
    // Ant Design is one chunk of 1.1 MB, Swagger UI another of 1.5 MB that only api.html loads.
    chunkSizeWarningLimit: 1600,
  },
});
