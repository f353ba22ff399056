import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { frontEnds } from "../../local/build.ts";

export const built = join(import.meta.dirname, "../..", frontEnds.weapp.made);
const compiler = createRequire(import.meta.url)("miniprogram-compiler") as {
  wxmlToJs(folder: string): string;
  wxssToJs(folder: string): string;
};

/** Compiles every WXML and WXSS file of a build with WeChat's own compiler; a syntax error is thrown. */
export const compiled = (folder = built) => ({
  wxml: compiler.wxmlToJs(folder),
  wxss: compiler.wxssToJs(folder),
});

/** What stands on a screen, as WeChat's own compiler renders it. */
export interface Shown {
  readonly tag: string;
  readonly attr?: Readonly<Record<string, unknown>>;
  readonly children?: readonly (Shown | string | number)[];
}

interface App {
  readonly pages: readonly string[];
  readonly subPackages: readonly { readonly root: string; readonly pages: readonly string[] }[];
}

/** What the build says of itself: the pages of the main package, and the packages that are fetched apart. */
export const builtApp = () => JSON.parse(readFileSync(join(built, "app.json"), "utf8")) as App;

/** Every page of all packages. */
export const pagesOf = ({ pages, subPackages }: App): string[] => [
  ...pages,
  ...subPackages.flatMap(({ root, pages }) => pages.map((page) => `${root}/${page}`)),
];

/** The package that a file of the build belongs to; empty for the main one. */
export const packageOf = (file: string): string =>
  builtApp().subPackages.find(({ root }) => file.startsWith(join(built, root, "/")))?.root ?? "";

/** Renders pages with what the official compiler made of the templates. */
export function rendererOf(): (file: string, data: object) => Shown {
  const globals: Record<string, unknown> = { console };
  globals.window = globals;
  globals.__wxAppCode__ = {};
  const context = createContext(globals);
  const make = runInContext(`(function (global) {${compiled().wxml}})`, context) as (
    global: object,
  ) => (file: string) => (data: object) => Shown;
  // What crosses over to the view is text in WeChat too; the templates know only objects of their own realm.
  const received = runInContext("JSON.parse", context) as (text: string) => object;
  const gwx = make({});
  return (file, data) => gwx(file)(received(JSON.stringify(data)));
}

/** Sets a value at a path as `setData` spells it: "root.cn.[0].v". */
export function put(into: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path
    .replace(/\[(\d+)\]/g, ".$1")
    .split(".")
    .filter(Boolean);
  let at = into;
  keys.slice(0, -1).forEach((key, i) => {
    at[key] ??= /^\d+$/.test(keys[i + 1]!) ? [] : {};
    at = at[key] as Record<string, unknown>;
  });
  at[keys.at(-1)!] = value;
}

const childrenOf = (node: Shown) => node.children ?? [];
export const all = (node: Shown): Shown[] => [
  node,
  ...childrenOf(node).flatMap((child) => (typeof child === "object" ? all(child) : [])),
];

/** Everything around a node, the nearest first. */
export function pathTo(top: Shown, node: Shown): Shown[] {
  const id = node.attr?.id;
  const around = all(top).filter((one) => one.attr?.id !== id && all(one).some((inner) => inner.attr?.id === id));
  return around.reverse();
}

export const textOf = (node: Shown): string =>
  childrenOf(node)
    .map((child) => (typeof child === "object" ? textOf(child) : String(child)))
    .filter((words) => words.trim() !== "")
    .join("\n");

export const roleOf = (node: Shown) => String(node.attr?.ariaRole ?? "");
export const nameOf = (node: Shown) => String(node.attr?.ariaLabel ?? textOf(node).replaceAll("\n", ""));
export const isPressable = (node: Shown) => ["button", "link", "radio", "checkbox", "switch"].includes(roleOf(node));
