import { createReadStream, existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { build, frontEnds, isBuilt } from "../../local/build.ts";
import { oldAddresses } from "../../miniapp/src/old-addresses.ts";
import { eventually } from "../world/patience.ts";
import { openBrowser } from "./harness.ts";
import { builtApp, pagesOf } from "./weapp-build.ts";
import { phone } from "./weapp-runtime.ts";

const root = join(import.meta.dirname, "../..");
const old = Object.entries(oldAddresses);
/** Every page of before is asked for one thing, with signs that a query has to spell, and in Chinese. */
const query = "tie=T%261&words=%E6%9F%A5";

beforeAll(async () => {
  for (const frontEnd of [frontEnds.weapp, frontEnds.h5]) if (!isBuilt(frontEnd)) await build(frontEnd);
});

test("none of the addresses of before is ever forgotten", () => {
  expect(old.length).toBe(44);
  expect(new Set(old.map(([, page]) => page)).size).toBe(44);
});

test("what is written into messages, on receipts and for the cashier's return are pages that stand", () => {
  const writers = [
    "functions/contributions/pay.ts",
    "functions/messages/subscribe.ts",
    "local/start.ts",
    "miniapp/src/pages/receipts/one/index.tsx",
  ];
  const standing = pagesOf(builtApp());
  for (const file of writers) {
    const written = /pages\/[a-z/-]+\/index/.exec(readFileSync(join(root, file), "utf8"))?.[0];
    expect(standing, file).toContain(written);
  }
});

describe("in WeChat", () => {
  const only = new Set(["contributions/scan", "demonstration/business-day"]);
  const opened = async (link: string) => {
    const one = phone({ answers: () => new Promise(() => {}), loginCode: () => "", link });
    await eventually(() => expect(one.opened()).not.toEqual([]));
    one.stop();
    return one.opened()[0];
  };

  test("every old address leads to its page, with all that it asked for", async () => {
    for (const [address, page] of old.filter(([, page]) => !only.has(page))) {
      expect(await opened(`${address}?${query}`)).toBe(`pages/${page}/index?${query}`);
    }
  });
  test("an address that never was leads home", async () => {
    expect(await opened("pages/nothing/index")).toBe("pages/home/index");
  });
});

describe("in a browser", () => {
  let server: Server;
  let browser: Browser;
  let origin: string;
  /** The pages as they were built; whatever they ask for is not there. */
  beforeAll(async () => {
    const types = { html: "text/html", js: "text/javascript", css: "text/css" };
    server = createServer(({ url = "" }, reply) => {
      const name = url.replace(/^\/m\/?/, "").split("?")[0] || "index.html";
      const file = join(root, frontEnds.h5.made, name);
      if (!url.startsWith("/m/") || !existsSync(file)) return void reply.writeHead(404).end("{}");
      reply.setHeader("content-type", types[name.split(".").at(-1) as keyof typeof types] ?? "");
      createReadStream(file).pipe(reply);
    }).listen(0);
    origin = `http://localhost:${(server.address() as AddressInfo).port}`;
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  /** Opens an address as a link does; gives every address that was shown since. */
  async function follow(page: Page, hash: string): Promise<string[]> {
    const shown: string[] = [];
    page.on("framenavigated", (frame) => shown.push(new URL(frame.url()).hash));
    await page.goto(`${origin}/m/#/${hash}`);
    await page.locator(".page").first().waitFor();
    return shown;
  }

  test("every old address leads to its page, with all that it asked for", async () => {
    for (const [address, page] of old) {
      const tab = await browser.newPage();
      const shown = await follow(tab, `${address}?${query}`);
      await eventually(() => expect(shown).toContain(`#/pages/${page}/index?${query}`));
      await tab.close();
    }
  });

  test("an old address opened from within leads there too, and an address that never was leads home", async () => {
    const tab = await browser.newPage();
    const shown = await follow(tab, "pages/home/index");
    await tab.evaluate(() => {
      window.location.hash = "#/pages/sources/index";
    });
    await tab.getByRole("heading", { name: "规定从哪里来" }).waitFor();
    expect(shown).toContain("#/pages/contributions/sources/index");
    await tab.evaluate(() => {
      window.location.hash = "#/pages/nothing/index";
    });
    await tab.getByRole("heading", { name: "您好" }).waitFor();
    await tab.close();
  });

  test("who signs out leaves nothing behind of what was typed, also on pages not opened since", async () => {
    const tab = await browser.newPage();
    await tab.addInitScript(() => {
      if (window.sessionStorage.getItem("begun")) return;
      window.sessionStorage.setItem("begun", "yes");
      window.localStorage.setItem("session", JSON.stringify({ data: { accessToken: "a", refreshToken: "b" } }));
      window.sessionStorage.setItem("draft:family-add", JSON.stringify({ identityNumber: "379901198001300018" }));
      window.localStorage.setItem("draft:filing-signature", JSON.stringify({ data: { name: "马强" } }));
    });
    await follow(tab, "pages/me/index");
    await tab.getByRole("button", { name: "退出登录" }).click();
    await tab.getByText("您还没有登录。").waitFor();
    const left = await tab.evaluate(() => [...Object.keys(window.sessionStorage), ...Object.keys(window.localStorage)]);
    const typed = await tab.evaluate(() =>
      [...Object.values({ ...window.sessionStorage }), ...Object.values({ ...window.localStorage })].join(),
    );
    expect(left).not.toContain("draft:family-add");
    expect(left).not.toContain("draft:filing-signature");
    expect(typed).not.toContain("379901198001300018");
    await tab.close();
  });
});
