import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { defineConfig } from "@tarojs/cli";

const root = join(__dirname, "../..");
const shared = join(root, "shared");

/** What the build takes out of `shared` as data: the route table, so that no schema is bundled, the colours, what a page may do. */
function fromShared(): { routes: object; tokens: Record<string, string | number>; policy: string } {
  const script = `
    import { routeTable } from ${JSON.stringify(join(shared, "api/routes.ts"))};
    import { tokens } from ${JSON.stringify(join(shared, "tokens.ts"))};
    import { policyOfBuild } from ${JSON.stringify(join(shared, "page-headers.ts"))};
    process.stdout.write(JSON.stringify({ routes: routeTable(), tokens, policy: policyOfBuild(process.env) }));`;
  const made = execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    cwd: root,
    encoding: "utf8",
  });
  return JSON.parse(made);
}

const { routes, tokens, policy } = fromShared();

/** Every token as a Sass variable: `mainSoft` is `$main-soft`; a number is a measure in px. */
const sassVariables = Object.entries(tokens)
  .map(([name, value]) => {
    const dashed = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return `$${dashed}: ${typeof value === "number" ? `${value}px` : value};`;
  })
  .join("\n");

/** What a tone is drawn in, and on what. */
const toneVariable = `$tones: (
  done: ($done, $done-soft),
  waiting: ($main, $main-soft),
  attention: ($attention, $attention-soft),
  stop: ($stop, $stop-soft),
);`;

export default defineConfig<"webpack5">(async () => ({
  projectName: "resident-insurance",
  date: "2025-11-20",
  // Measures are real px on every screen (no rpx, no rem), so that "at least 18 px" means it.
  designWidth: 375,
  deviceRatio: { 375: 2, 640: 1.17, 750: 1, 828: 0.905 },
  sourceRoot: "src",
  outputRoot: `dist/${process.env.TARO_ENV}`,
  framework: "react",
  compiler: { type: "webpack5", prebundle: { enable: false } },
  // Out of its cache the build for WeChat leaves exports out of what several packages share; it is no faster with it.
  cache: { enable: process.env.TARO_ENV === "h5" },
  logger: { quiet: true, stats: false },
  plugins: [join(__dirname, "aria.ts")],
  ...(process.env.TARO_ENV === "h5" && {
    copy: { patterns: [{ from: "../console/public/worker.js", to: "dist/h5/worker.js" }], options: {} },
  }),
  sass: { data: `${sassVariables}\n${toneVariable}` },
  defineConstants: {
    ROUTES: JSON.stringify(routes),
    API_ORIGIN: JSON.stringify(process.env.TARO_APP_API ?? "http://localhost:8700"),
  },
  mini: {
    compile: { include: [shared, __dirname] },
    optimizeMainPackage: { enable: true },
    postcss: { pxtransform: { enable: false } },
  },
  h5: {
    compile: { include: [shared, __dirname] },
    publicPath: "/m/",
    router: { mode: "hash" },
    // Plain HTML elements: a fifth of the web components' size, and roles and labels come for nothing.
    useHtmlComponents: true,
    output: { filename: "js/[name].[contenthash:8].js", chunkFilename: "js/[name].[contenthash:8].js" },
    miniCssExtractPluginOption: {
      ignoreOrder: true,
      filename: "css/[name].[contenthash:8].css",
      chunkFilename: "css/[name].[contenthash:8].css",
    },
    postcss: { pxtransform: { enable: false }, autoprefixer: { enable: true } },
    webpackChain(chain) {
      const ownTabbar = join(dirname(require.resolve("@tarojs/router")), "tabbar.js");
      // What a page may do stands in the page as well: not every edge can send headers with it.
      chain
        .plugin("htmlWebpackPlugin")
        .tap(([options]) => [
          { ...options, meta: { policy: { "http-equiv": "Content-Security-Policy", content: policy } } },
        ]);
      chain.resolve.alias.set(ownTabbar, join(__dirname, "no-tabbar.ts"));
      // What several pages use is sent once, not inside each page.
      chain.optimization.splitChunks({
        chunks: "all",
        cacheGroups: { common: { minChunks: 2, chunks: "all", priority: 1, reuseExistingChunk: true } },
      });
      chain.performance.hints(false);
    },
  },
}));
