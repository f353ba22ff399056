import { cpSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";
import { libraryForFunctions } from "../tools/install.mjs";
import { type FunctionSpec, scheduled, scheduledNames } from "./functions.ts";

const root = join(import.meta.dirname, "..");

/** Functions that a stream calls, by name: each is a handler of its own below `functions/`. */
export const streamFunctions = { outbox: "outbox/consume", "ledger-guard": "ledger/tampered" } as const;

/** The image library, with its binary for the processor that the functions run on. */
const library = "sharp";
const libraryFolder = join(root, libraryForFunctions);
/** Is it here? Without it a function that draws pictures cannot be deployed. */
export const hasLibrary = (): boolean => existsSync(join(libraryFolder, "node_modules", "@img", "sharp-linux-arm64"));

/** Where the code of a function lies once it is bundled. */
export const codeFolder = (name: string, out = join(root, ".cache", "functions")): string => join(out, name);

/** The module that a function starts with: its routes' handlers, and its secrets where it has any. */
export function entryOf({ routes, secrets }: FunctionSpec): string {
  const imports = routes.map(({ entry }, i) => `import { handler as h${i} } from "./functions/${entry}.ts";`);
  const handlers = routes.map(({ routeKey }, i) => `${JSON.stringify(routeKey)}: h${i}`);
  return [
    ...imports,
    `import { dispatch } from "./infra/dispatch.ts";`,
    ...(secrets.length > 0 ? [`import { loadSecrets } from "./functions/secrets.ts";`, "await loadSecrets();"] : []),
    `export const handler = dispatch({ ${handlers.join(", ")} });`,
  ].join("\n");
}

const scheduledEntry = (entry: string) =>
  [
    `import { loadSecrets } from "./functions/secrets.ts";`,
    `export { handler } from "./functions/${entry}.ts";`,
    "await loadSecrets();",
  ].join("\n");

/** Bundles every function in one run of esbuild: ES modules with the SDK in them, as small as they get. */
export async function bundle(functions: readonly FunctionSpec[], out?: string): Promise<Metafile> {
  const sources = new Map([
    ...functions.map((spec) => [spec.name, entryOf(spec)] as const),
    ...scheduledNames.map((name) => [name, scheduledEntry(scheduled[name].entry)] as const),
    ...Object.entries(streamFunctions).map(
      ([name, entry]) => [name, `export { handler } from "./functions/${entry}.ts";`] as const,
    ),
  ]);
  const { metafile } = await build({
    entryPoints: [...sources.keys()].map((name) => ({ in: `entry:${name}`, out: join(name, "index") })),
    plugins: [entries(sources)],
    outdir: codeFolder("", out),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node22",
    // It has a binary, which lies beside the bundle.
    external: [library],
    metafile: true,
    logLevel: "warning",
    // Packages in the older module format ask for Node's own modules with `require`.
    banner: { js: `import{createRequire}from"node:module";const require=createRequire(import.meta.url);` },
  });
  for (const [path, { imports }] of Object.entries(metafile.outputs)) {
    if (hasLibrary() && imports.some((one) => one.path === library))
      cpSync(join(libraryFolder, "node_modules"), join(root, dirname(path), "node_modules"), {
        recursive: true,
        // Links to commands: nobody calls them there, and a second copy would be onto themselves.
        filter: (source) => !source.endsWith(".bin"),
      });
  }
  return metafile;
}

const entries = (sources: ReadonlyMap<string, string>): Plugin => ({
  name: "entries",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^entry:/ }, ({ path }) => ({
      path: path.slice("entry:".length),
      namespace: "entry",
    }));
    onLoad({ filter: /.*/, namespace: "entry" }, ({ path }) => ({
      contents: sources.get(path),
      loader: "ts",
      resolveDir: root,
    }));
  },
});
