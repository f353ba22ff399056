import { cpSync, existsSync } from "node:fs";
import { basename, join } from "node:path";
import { type BuildOptions, build, type Metafile } from "esbuild";
import { libraryForFunctions } from "../tools/install.mjs";
import { type FunctionSpec, scheduled, scheduledNames } from "./functions.ts";
import { runtime } from "./runtime.ts";

const root = join(import.meta.dirname, "..");

/** Functions that a stream calls, by name: each is a handler of its own below `functions/`. */
const streamFunctions = { outbox: "outbox/consume", "ledger-guard": "ledger/tampered" } as const;

/** The image library, with its binary for the processor that the functions run on. */
const library = "sharp";
/** What draws PDFs: WebAssembly, the same for every processor; the thread that it runs in is started from a file. */
const drawsPdf = "@hyzyla/pdfium";
const drawingThread = join(root, "functions", "attachments", "pdf-worker.mjs");
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

/**
 * Bundles each function into a folder of its own: ES modules with the SDK in them, as small as they get. What code imports
 * only when it is called for (`await import`) lies in files of its own, which a start neither reads nor compiles: how long
 * a start takes goes by how much it reads.
 */
export async function bundle(functions: readonly FunctionSpec[], out?: string): Promise<Metafile> {
  const called = functions.map((spec) => [spec.name, entryOf(spec)] as const);
  const byTheClock = scheduledNames.map((name) => [name, scheduledEntry(scheduled[name].entry)] as const);
  const byStreams = Object.entries(streamFunctions).map(
    ([name, entry]) => [name, `export { handler } from "./functions/${entry}.ts";`] as const,
  );
  return bundleEach(new Map([...called, ...byTheClock, ...byStreams]), out);
}

/** Bundles functions by name, from the text of their entries. */
export async function bundleEach(entries: ReadonlyMap<string, string>, out?: string): Promise<Metafile> {
  const made: Metafile = { inputs: {}, outputs: {} };
  // One after another: esbuild uses every core for each, and all at once take gigabytes.
  for (const [name, text] of entries) {
    const { inputs, outputs } = await bundleOne(text, codeFolder(name, out));
    Object.assign(made.inputs, inputs);
    Object.assign(made.outputs, outputs);
  }
  return made;
}

/** As esbuild bundles for Node. */
export const plainly = {
  outExtension: { ".js": ".mjs" },
  bundle: true,
  minify: true,
  format: "esm",
  platform: "node",
  target: runtime.target,
  // Packages in the older module format ask for Node's own modules with `require`.
  banner: { js: `import{createRequire}from"node:module";const require=createRequire(import.meta.url);` },
} as const satisfies BuildOptions;

/** As little as there can be to read for a start. */
export const asOurs = {
  ...plainly,
  splitting: true,
  // The SDK is published in both module formats; of the newer one only what is used gets in, a third less to load.
  mainFields: ["module", "main"],
} as const satisfies BuildOptions;

async function bundleOne(contents: string, outdir: string): Promise<Metafile> {
  const { metafile } = await build({
    ...asOurs,
    stdin: { contents, loader: "ts", resolveDir: root },
    outdir,
    entryNames: "index",
    // It has a binary, which lies beside the bundle.
    external: [library, drawsPdf],
    metafile: true,
    logLevel: "warning",
  });
  const drawsPictures = Object.values(metafile.outputs).some(({ imports }) =>
    imports.some(({ path }) => path === library),
  );
  if (hasLibrary() && drawsPictures)
    cpSync(join(libraryFolder, "node_modules"), join(outdir, "node_modules"), {
      recursive: true,
      // Links to commands: nobody calls them there, and a second copy would be onto themselves.
      filter: (source) => !source.endsWith(".bin"),
    });
  if (drawsPictures) {
    cpSync(drawingThread, join(outdir, basename(drawingThread)));
    for (const part of ["package.json", "dist/index.esm.js", "dist/pdfium.wasm"])
      cpSync(join(root, "node_modules", drawsPdf, part), join(outdir, "node_modules", drawsPdf, part));
  }
  return metafile;
}

/** What is read where a function starts: a module and all that it imports, but for what it imports when that is called for. */
export function readAtStart(path: string, outputs: Metafile["outputs"], read = new Set<string>()): ReadonlySet<string> {
  if (read.has(path)) return read;
  read.add(path);
  for (const { kind, path: next } of outputs[path]!.imports)
    if (kind === "import-statement" && outputs[next]) readAtStart(next, outputs, read);
  return read;
}
