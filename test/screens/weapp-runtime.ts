import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { createContext, runInContext } from "node:vm";
import { eventually } from "../world/patience.ts";
import {
  all,
  built,
  builtApp,
  isPressable,
  nameOf,
  packageOf,
  pagesOf,
  pathTo,
  put,
  rendererOf,
  roleOf,
  type Shown,
  textOf,
} from "./weapp-build.ts";

/** How the mini-program's requests are answered; throwing is a phone without a network. */
export type Answers = (request: {
  readonly method: string;
  readonly url: URL;
  readonly token: string;
  readonly body: string;
}) => Promise<{ readonly status: number; readonly body: unknown }>;

interface PageConfig {
  readonly data?: object;
  onLoad?(query: Record<string, string>): void;
  onShow?(): void;
  onReady?(): void;
  onHide?(): void;
  onUnload?(): void;
  eh(event: object): void;
}
type Page = PageConfig & { readonly route: string; data: Record<string, unknown> };

interface Upload {
  readonly url: string;
  readonly filePath: string;
  readonly name: string;
  readonly formData: Readonly<Record<string, string>>;
}

/** A phone that runs the WeChat build: taps and typing go in, what is shown comes out. */
export interface Phone {
  /** Where it is, without the leading slash. */
  route(): string;
  /** Every page that was opened, with its query, the first one first. */
  opened(): readonly string[];
  /** Everything that can be read, one line an element. */
  text(): string;
  /** What a screen reader is told of everything that can be pressed: "button 登录". */
  pressable(): string[];
  /** The class of the page: which version, standard or large. */
  version(): string;
  press(words: string): Promise<void>;
  type(label: string, value: string): Promise<void>;
  typed(label: string): unknown;
  /** The picture that a screen reader is told of by words. */
  picture(words: RegExp): string | undefined;
  brightness(): number;
  /** How often the page was scrolled to something. */
  scrolls(): number;
  back(): void;
  stop(): void;
}

/** 微信替身 · starts the real build in Node, with as much of `wx` as it uses, all of it in this file. */
export function phone({
  answers,
  loginCode,
  pay = async () => ({ errMsg: "requestPayment:fail cancel" }),
  photos = [],
  fontSizeSetting = 16,
  link = "pages/home/index",
}: {
  answers: Answers;
  loginCode: () => string;
  /** What WeChat's cashier answers. */
  pay?: (parameters: Readonly<Record<string, unknown>>) => Promise<{ errMsg: string }>;
  /** What the camera takes, and what lies in the album. */
  photos?: readonly Uint8Array[];
  fontSizeSetting?: number;
  /** The address that the app is opened with: of a message, say. */
  link?: string;
}): Phone {
  const stack: Page[] = [];
  const configs = new Map<string, PageConfig>();
  const storage = new Map<string, unknown>();
  const timers = new Set<NodeJS.Timeout>();
  const opened: string[] = [];
  let loading = "";
  /** How bright the screen is. */
  let light = 0.4;
  let scrolled = 0;

  const open = (url: string) => {
    const [route, query] = addressOf(url);
    opened.push(url.replace(/^\//, ""));
    loading = route;
    load(`./${route}.js`);
    const config = configs.get(route);
    if (!config) throw new Error(`${route} is no page`);
    const page: Page = Object.assign(Object.create(config) as PageConfig, {
      route,
      data: structuredClone((config.data ?? {}) as Record<string, unknown>),
      setData(changes: Record<string, unknown>, done?: () => void) {
        for (const [path, value] of Object.entries(changes)) put(page.data, path, value);
        if (done) later(done, 0);
      },
    });
    stack.push(page);
    page.onLoad?.(query);
    page.onShow?.();
    page.onReady?.();
  };
  const close = (count: number) => {
    for (const page of stack.splice(stack.length - count, count)) page.onUnload?.();
  };
  const later = (run: () => void, wait: number, ...rest: unknown[]) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run(...(rest as []));
    }, wait);
    timers.add(timer);
    return timer;
  };
  const repeatedly = (run: () => void, wait: number) => {
    const timer = setInterval(run, wait);
    timers.add(timer);
    return timer;
  };
  /** WeChat's way of answering: `success` or `fail`, then `complete`. */
  const told =
    <Asked extends object>(run: (asked: Asked) => unknown) =>
    (asked: Asked & { success?(reply: unknown): void; fail?(error: unknown): void; complete?(): void }) => {
      Promise.resolve()
        .then(() => run(asked))
        .then(
          (reply) => asked.success?.(reply ?? {}),
          (error: Error) => asked.fail?.({ errMsg: `request:fail ${error.message}` }),
        )
        .finally(() => asked.complete?.());
    };

  /** As WeChat sends a file: the fields of the form first, the file last. */
  const sendForm = async ({ url, filePath, name, formData }: Upload) => {
    const form = new FormData();
    for (const [field, value] of Object.entries(formData)) form.append(field, value);
    const taken = photos[Number(/\d+/.exec(filePath)?.[0])]!;
    form.append(name, new Blob([new Uint8Array(taken)], { type: "image/jpeg" }), "photo.jpg");
    return { statusCode: (await fetch(url, { method: "POST", body: form })).status };
  };

  const system = {
    windowWidth: 360,
    windowHeight: 740,
    pixelRatio: 2,
    platform: "android",
    SDKVersion: "3.6.0",
  };
  const wx = {
    getSystemInfoSync: () => ({ ...system, fontSizeSetting }),
    getWindowInfo: () => system,
    getDeviceInfo: () => system,
    getAppBaseInfo: () => ({ ...system, fontSizeSetting }),
    canIUse: () => true,
    getStorageSync: (name: string) => storage.get(name) ?? "",
    setStorageSync: (name: string, value: unknown) => storage.set(name, value),
    setStorage: told(({ key, data }: { key: string; data: unknown }) => storage.set(key, data)),
    getStorage: told(({ key }: { key: string }) => {
      if (!storage.has(key)) throw new Error("data not found");
      return { data: storage.get(key) };
    }),
    getRandomValues: told(({ length }: { length: number }) => ({
      randomValues: crypto.getRandomValues(new Uint8Array(length)).buffer,
    })),
    getScreenBrightness: told(() => ({ value: light })),
    setScreenBrightness: told(({ value }: { value: number }) => {
      light = value;
    }),
    setKeepScreenOn: told(() => {}),
    removeStorageSync: (name: string) => storage.delete(name),
    getStorageInfoSync: () => ({ keys: [...storage.keys()] }),
    getNetworkType: told(() => ({ networkType: "wifi" })),
    onNetworkStatusChange: () => {},
    nextTick: (run: () => void) => later(run, 0),
    login: told(() => ({ code: loginCode() })),
    requestPayment: told(async (asked: Record<string, unknown>) => {
      const { timeStamp, nonceStr, package: prepaid, signType, paySign } = asked;
      const { errMsg } = await pay({ timeStamp, nonceStr, package: prepaid, signType, paySign });
      if (errMsg !== "requestPayment:ok") throw new Error(errMsg);
      return { errMsg };
    }),
    request: told(async (asked: { url: string; method: string; data?: string; header?: Record<string, string> }) => {
      const url = new URL(asked.url);
      const token = asked.header?.authorization?.replace("Bearer ", "") ?? "";
      const { status, body } = await answers({ method: asked.method, url, token, body: asked.data ?? "" });
      return { statusCode: status, data: body, header: {} };
    }),
    pageScrollTo: told(() => {
      scrolled += 1;
    }),
    chooseMedia: told(({ count }: { count: number }) => ({
      tempFiles: photos
        .slice(0, count)
        .map(({ length }, i) => ({ tempFilePath: `wxfile://tmp_${i}.jpg`, size: length })),
    })),
    uploadFile: (asked: Parameters<typeof sendForm>[0]) => {
      told(sendForm)(asked);
      return { onProgressUpdate: (tell: (how: { progress: number }) => void) => tell({ progress: 100 }) };
    },
    navigateTo: told(({ url }: { url: string }) => {
      stack.at(-1)?.onHide?.();
      open(url);
    }),
    reLaunch: told(({ url }: { url: string }) => {
      close(stack.length);
      open(url);
    }),
    switchTab: told(({ url }: { url: string }) => {
      close(stack.length);
      open(url);
    }),
    navigateBack: told(({ delta = 1 }: { delta?: number }) => {
      close(Math.min(delta, stack.length - 1));
      stack.at(-1)?.onShow?.();
    }),
  };

  const app: {
    current?: Record<"onLaunch" | "onShow" | "onPageNotFound", ((options: object) => void) | undefined>;
  } = {};
  const globals: Record<string, unknown> = {
    wx,
    console,
    setTimeout: later,
    clearTimeout,
    setInterval: repeatedly,
    clearInterval,
    Promise,
    App: (config: typeof app.current) => {
      app.current = config;
    },
    Page: (config: PageConfig) => configs.set(loading, config),
    Component: () => {},
    Behavior: (config: unknown) => config,
    getApp: () => app.current,
    getCurrentPages: () => stack,
  };
  globals.global = globals;
  const context = createContext(globals);
  const modules = new Map<string, { exports: unknown }>();
  const loader = (from: string) => (name: string) => {
    const inside = packageOf(resolve(dirname(from), name));
    if (inside !== "" && inside !== packageOf(from)) throw new Error(`${name}: ${inside} is not fetched by ${from}`);
    return load(name, from);
  };
  function load(name: string, from = join(built, "app.js")): unknown {
    const path = resolve(dirname(from), name);
    const file = existsSync(path) ? path : `${path}.js`;
    const known = modules.get(file);
    if (known) return known.exports;
    const module: { exports: unknown } = { exports: {} };
    modules.set(file, module);
    const run = runInContext(`(function (module, exports, require) {${readFileSync(file, "utf8")}\n})`, context, {
      filename: file,
    }) as (m: object, e: unknown, r: (name: string) => unknown) => void;
    run(module, module.exports, loader(file));
    return module.exports;
  }

  let render: ReturnType<typeof rendererOf> | undefined;
  const screen = (): Shown => {
    render ??= rendererOf();
    return render(`${stack.at(-1)!.route}.wxml`, stack.at(-1)!.data);
  };
  /** What WeChat tells of an event: first where it happened, then everything around it that listens. */
  const send = async (node: Shown, type: string, detail: object) => {
    const known = (one: Shown) => ({
      id: one.attr?.id,
      dataset: { sid: one.attr?.["data-sid"] ?? one.attr?.id },
    });
    const around = type === "tap" ? pathTo(screen(), node).filter((one) => one.attr?.bindtap === "eh") : [];
    const target = known(node);
    for (const one of [node, ...around]) {
      const told = { type, timeStamp: Date.now(), detail, target, currentTarget: known(one), touches: [] };
      stack.at(-1)!.eh(told);
    }
    // A hand is slower than the next drawing.
    await new Promise((resolve) => setTimeout(resolve, 30));
  };
  const find = (what: string, fits: (node: Shown) => boolean): Shown => {
    const found = all(screen()).filter(fits);
    if (found.length === 0) throw new Error(`${what} is not on ${stack.at(-1)!.route}:\n${textOf(screen())}`);
    return found[0]!;
  };

  const field = (label: string) => find(label, (node) => node.tag === "wx-input" && node.attr?.ariaLabel === label);

  load("./app.js");
  const [path, query] = addressOf(link);
  app.current?.onLaunch?.({ path, query });
  app.current?.onShow?.({ path, query });
  // What stands in no package is the app's to answer for.
  if (pagesOf(builtApp()).includes(path)) open(link);
  else app.current?.onPageNotFound?.({ path, query, isEntryPage: true });

  return {
    route: () => stack.at(-1)!.route,
    opened: () => opened,
    text: () => textOf(screen()),
    pressable: () =>
      all(screen())
        .filter(isPressable)
        .map((node) => `${roleOf(node)} ${nameOf(node)}`),
    version: () => String(all(screen()).find((node) => /^page\b/.test(String(node.attr?.class)))?.attr?.class),
    press: async (words) => {
      const shown = () => find(words, (node) => isPressable(node) && nameOf(node).includes(words));
      await send(await eventually(shown), "tap", {});
    },
    type: async (label, value) => send(await eventually(() => field(label)), "input", { value }),
    picture: (words) => {
      const found = all(screen()).find((node) => node.tag === "wx-image" && words.test(nameOf(node)));
      return found && String(found.attr?.src);
    },
    brightness: () => light,
    scrolls: () => scrolled,
    typed: (label) => field(label).attr?.value,
    back: () => wx.navigateBack({}),
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** An address in its parts, as WeChat hands it on: nothing of the query is decoded. */
function addressOf(url: string): [path: string, query: Record<string, string>] {
  const [path = "", query = ""] = url.replace(/^\//, "").split("?");
  const pairs = query.split("&").filter(Boolean);
  return [path, Object.fromEntries(pairs.map((pair) => pair.split("=") as [string, string]))];
}
