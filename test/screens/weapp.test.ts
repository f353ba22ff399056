import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { config } from "../../functions/config.ts";
import { build, frontEnds, isBuilt } from "../../local/build.ts";
import { capabilities, tabs } from "../../miniapp/src/screens.ts";
import { read as readCode } from "../../shared/credential/code.ts";
import { type BillLine, care, hospital } from "../api/claims.ts";
import { eventually } from "../world/patience.ts";
import { raw, type World, world } from "../world/world.ts";
import { textOfPicture } from "./pixels.ts";
import { builtApp, compiled, pagesOf } from "./weapp-build.ts";
import { type Answers, type Phone, phone } from "./weapp-runtime.ts";
import { boundTo, proven, shows, signedIn } from "./weapp-steps.ts";

const root = join(import.meta.dirname, "../..");
const weapp = join(root, frontEnds.weapp.made);
const h5 = join(root, frontEnds.h5.made);

let county: World;
beforeAll(async () => {
  for (const frontEnd of [frontEnds.weapp, frontEnds.h5]) if (!isBuilt(frontEnd)) await build(frontEnd);
  county = await world();
});

describe("size", () => {
  const filesOf = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((file) => join(folder, file))
      .filter((file) => statSync(file).isFile());
  const shown = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;

  const sizeOf = (list: readonly string[]) => list.reduce((sum, file) => sum + statSync(file).size, 0);
  const subPackages = () => builtApp().subPackages.map(({ root }) => join(weapp, root, "/"));

  test("WeChat's main package is at most 1 MB", () => {
    const apart = subPackages();
    const size = sizeOf(filesOf(weapp).filter((file) => !apart.some((folder) => file.startsWith(folder))));
    console.info(`weapp main package: ${shown(size)} of 1000 kB`);
    expect(size).toBeLessThanOrEqual(1_000_000);
  });

  test("each capability is a package of its own, of at most 200 kB", () => {
    const { pages, subPackages: packages } = builtApp();
    expect(pages).toEqual(tabs.map((tab) => `pages/${tab}/index`));
    expect(packages.map(({ root }) => root)).toEqual(Object.keys(capabilities).map((one) => `pages/${one}`));
    const sizes = subPackages().map((folder) => [relative(weapp, folder), sizeOf(filesOf(folder))] as const);
    console.info(`weapp packages: ${sizes.map(([name, size]) => `${name} ${shown(size)}`).join(", ")}; of 200 kB each`);
    for (const [name, size] of sizes) expect(size, name).toBeLessThanOrEqual(200_000);
  });

  test("the browser's first screen is at most 200 kB over the wire", () => {
    const files = firstScreen();
    const size = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(h5, file))).length, 0);
    console.info(`H5 first screen: ${shown(size)} of 200 kB, ${files.length} files`);
    expect(size).toBeLessThanOrEqual(200_000);
  });

  /** What a browser fetches for the home page: what index.html names, and the chunks that the home page asks for. */
  function firstScreen(): string[] {
    const html = readFileSync(join(h5, "index.html"), "utf8");
    const named = [...html.matchAll(/"\/m\/((?:js|css)\/[^"]+)"/g)].map((match) => match[1]!);
    const app = readFileSync(join(h5, named.find((file) => file.startsWith("js/app."))!), "utf8");
    const home = app.split('"path":"pages/home/index"')[1]!.split('"path":')[0]!;
    const asked = [...home.matchAll(/\.e\("?(\d+)"?\)/g)].map((match) => match[1]!);
    expect(asked.length).toBeGreaterThan(0);
    const chunks = filesOf(h5)
      .map((file) => relative(h5, file))
      .filter((file) => asked.some((chunk) => new RegExp(`^(js|css)/${chunk}\\.\\w+\\.(js|css)$`).test(file)));
    return ["index.html", ...named, ...chunks];
  }
});

describe("WeChat's own compiler", () => {
  test("takes every template and style sheet", () => {
    const { wxml, wxss } = compiled();
    const pages = pagesOf(builtApp());
    expect(pages).toContain("pages/filings/check/index");
    for (const page of pages) expect(wxml.includes(`${page}.wxml`), page).toBe(true);
    expect(wxss.includes("app.wxss")).toBe(true);
  });

  test("refuses a template that is not closed", () => {
    const folder = mkdtempSync(join(tmpdir(), "wxml-"));
    writeFileSync(join(folder, "broken.wxml"), "<view><text></view>");
    expect(() => compiled(folder)).toThrow();
    rmSync(folder, { recursive: true });
  });
});

describe("the WeChat build, against the real handlers", () => {
  const open: Phone[] = [];
  afterEach(() => {
    for (const one of open.splice(0)) one.stop();
  });

  const calls: string[] = [];
  const reallyAnswer: Answers = ({ method, url, token, body }) => {
    calls.push(`${method} ${url.pathname}`);
    return raw(method, `${url.pathname}${url.search}`, { token, body });
  };
  let logins = 0;
  let willPay = true;
  /** The local channel stands for the WeChat app that the payment is opened in. */
  const reallyPay = async (parameters: object) => {
    if (!willPay) return { errMsg: "requestPayment:fail cancel" };
    const reply = await fetch(new URL("client/request-payment", config.weChatPay().baseUrl), {
      method: "POST",
      body: JSON.stringify(parameters),
    });
    return (await reply.json()) as { errMsg: string };
  };
  const start = (answers: Answers = reallyAnswer, fontSizeSetting = 16): Phone => {
    const login = ++logins;
    const one = phone({ answers, loginCode: () => `demo-resident${login}`, pay: reallyPay, fontSizeSetting });
    open.push(one);
    return one;
  };
  /** Signs in and binds to somebody new, whose name is typed with another dot. */
  async function bound(one: Phone) {
    const person = await county.enlist({ name: "阿依古丽·买买提" });
    await signedIn(one);
    await boundTo(one, { ...person, name: "阿依古丽.买买提" });
    return person;
  }

  test("a resident signs in, binds, sees what is owed and why, pays, and is enrolled", async () => {
    const one = start();
    await bound(one);
    expect(one.pressable()).toContain("button 缴2026年的费 ¥400.00");

    await one.press("缴2026年的费");
    await shows(one, "您2026年应缴", "¥400.00", "2026年1月1日起能报销", "按国家最低标准，当地文件尚未收录");
    await one.press("财政另外补助，不用您付 ¥700.00，为什么");
    await shows(one, "为什么：财政补助", "直接进医保基金");
    await one.press("知道了");

    await one.press("下一步：核对");
    await shows(one, "请核对", "阿依古丽·买买提（自己）");
    willPay = false;
    await one.press("支付 ¥400.00");
    await shows(one, "还没有收到付款");
    willPay = true;
    await one.press("去支付 ¥400.00");
    await shows(one, "已参保", "2026年的居民医保办好了");
    await one.press("回首页");
    await shows(one, "2026年　已参保", "都办好了，现在不用做什么。");
  });

  test("the grandmother agrees by the code that she reads out, and two are paid for in one order", async () => {
    const one = start();
    const person = await county.enlist({ name: "孙晓燕", telephone: "13911110001" });
    const grandmother = await county.enlist({ name: "王秀英", telephone: "13911110002" });
    await signedIn(one);
    await boundTo(one, person);
    await one.press("亲情账户（我的家人）");
    await proven(one, county, person);
    await shows(one, "我的家人（0位，最多5位）");

    await one.press("添加家人");
    await shows(one, "要添加谁？");
    await one.type("姓名", grandmother.name);
    await one.type("身份证号", grandmother.identityNumber);
    await one.press("下一步");
    await shows(one, "王秀英是您的什么人？");
    await one.press("祖父母、外祖父母");
    await one.press("请王秀英同意");
    await shows(one, "请王秀英把验证码念给您");
    await one.type("同意验证码", county.codeSentTo("13911110002"));
    await one.press("提交验证码");
    await shows(one, "一直有效，双方都可以随时解除。");

    await one.press("看所有家人");
    await shows(one, "我的家人（1位，最多5位）");
    await one.press("给家人缴费");
    await shows(one, "给谁缴费？", "王秀英");
    await one.press("我自己");
    await one.press("王秀英");
    await one.press("下一步（2个人）");
    await shows(one, "每个人要缴多少", "2个人一共要付¥800.00");
    await one.press("下一步：核对");
    await shows(one, "请核对", "孙晓燕（自己）");
    await one.press("支付 ¥800.00");
    await shows(one, "都参保了", "孙晓燕（自己）　已参保", "王秀英　已参保");
  });

  test("a resident reads who paid for a stay and why, looks for a line, and says that the claim is not his", async () => {
    const one = start();
    const person = await county.enlist({ name: "王秀英", telephone: "13911110003" });
    const lines: BillLine[] = [
      ["床位费", "A", 60, 10],
      ["头孢注射液", "B", 300, 20],
    ];
    await care(person, { provider: await hospital(), lines });
    await signedIn(one);
    await boundTo(one, person);
    await one.press("办事");
    await one.press("我的费用");
    await proven(one, county, person);
    await shows(one, "您自己付", "2025年1笔，一共花了 ¥6,600.00", "福山区人民医院");
    await one.press("还差多少");
    await shows(one, "大病保险起付线", "还差");
    await one.press("每一笔");
    await one.press("福山区人民医院");
    await shows(one, "怎么算的", "您在二级医院住院");
    await one.press("为什么");
    await shows(one, "为什么：基本医保");
    await one.press("知道了");
    await one.press("看费用明细");
    await shows(one, "头孢注射液", "乙类，先自己付一部分");
    one.back();
    await shows(one, "怎么算的");
    await one.press("不是我的费用");
    await shows(one, "这笔费用不是您的？", "10天内告诉您结果");
    await one.press("提交：不是我的费用");
    await shows(one, "争议已经提交", "最晚2025年11月30日");
  });

  test("a resident opens the code and shows it on a bright screen, where its pixels say what the phone signed", async () => {
    const one = start();
    const person = await county.enlist({ name: "田桂兰", telephone: "13911110004" });
    await signedIn(one);
    await boundTo(one, person);
    await one.press("出示医保码");
    await shows(one, "一个码，看病买药都能用");
    await one.press("开通医保码");
    await proven(one, county, person);
    await shows(one, "还没有开通");
    const dim = one.brightness();
    await one.press("开通医保码");
    await shows(one, "田*兰（本人）", "秒后自动换新码", "离线可用，到");
    expect(one.text()).not.toContain("田桂兰");
    const shown = () => one.picture(/^医保码，还有\d+秒更新$/);
    const first = await eventually(() => readCode(textOfPicture(shown())));
    expect(first.counter).toBe(1);
    await eventually(() => expect(one.brightness()).toBe(1));
    await one.press("马上换一个");
    await eventually(() => expect(readCode(textOfPicture(shown())).counter).toBe(2));
    await one.press("首页");
    await shows(one, "居民医保");
    expect(one.brightness()).toBe(dim);
  });

  test("a wrong check digit is told beside the field, before anything is sent, and nothing typed is lost", async () => {
    const one = start();
    await shows(one, "登录以后可以看");
    await one.press("登录");
    await shows(one, "微信登录");
    await one.press("微信登录");
    await shows(one, "还差一步");
    await one.press("确认您是谁");
    await shows(one, "您是谁？");
    await one.type("姓名", "王秀英");
    await one.type("身份证号", "379901195303080003");
    calls.length = 0;
    await one.press("确认是我");
    await shows(one, "最后一位校验码不符");
    expect(calls).not.toContain("POST /api/me/person");
    one.back();
    await shows(one, "还差一步");
    await one.press("确认您是谁");
    await eventually(() => expect(one.typed("身份证号")).toBe("379901195303080003"));
  });

  test("an expired session is renewed once for all who ask side by side, and nobody notices", async () => {
    let newest = "";
    let stale = "none yet";
    const one = start(async (request) => {
      if (request.token === stale) return { status: 401, body: { code: "session-expired", message: "" } };
      newest = request.token || newest;
      return reallyAnswer(request);
    });
    await bound(one);
    await one.press("我的缴费单");
    await shows(one, "还没有缴费单");
    stale = newest;
    calls.length = 0;
    // The home page asks for the person and for the day at once.
    one.back();
    await eventually(() => expect(calls).toContain("GET /api/orders"));
    await shows(one, "2026年　还没参保");
    expect(calls.filter((call) => call === "POST /api/sign-in/refresh")).toHaveLength(1);
  });

  test("without an answer it says so, keeps its place, and tries again", async () => {
    let reachable = true;
    const one = start(async (request) => {
      if (!reachable) throw new Error("timeout");
      return reallyAnswer(request);
    });
    await bound(one);
    reachable = false;
    await one.press("我的缴费单");
    await shows(one, "暂时连不上，请稍后再试。");
    reachable = true;
    await one.press("再试一次");
    await shows(one, "还没有缴费单。缴费以后，每一张的结果都会在这里。");
  });

  test("the large version follows WeChat's text size, and a switch overrules it", async () => {
    const small = start();
    await shows(small, "长辈版");
    expect(small.version()).toBe("page");
    await small.press("长辈版");
    await eventually(() => expect(small.version()).toBe("page elder"));

    const large = start(reallyAnswer, 22);
    await shows(large, "标准版");
    expect(large.version()).toBe("page elder");
  });
});
