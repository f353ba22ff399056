import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { pageHeaders } from "../../shared/page-headers.ts";
import { browser, faultless, opensSystem, steps, system } from "./opening.ts";

opensSystem();

test.each(["/", "/m/", "/console/", "/console/api.html", "/console/offline.html", "/stand-ins/sms/"])(
  "%s is sent with what it may do, and who may frame it",
  async (path) => {
    const { headers } = await fetch(system.origin + path);
    for (const [name, value] of Object.entries(pageHeaders)) expect(headers.get(name), name).toBe(value);
  },
);

describe("inside somebody else's page", () => {
  /** A page of another origin that frames one of ours; `loses` is what an edge that cannot send it loses. */
  async function framing(address: string, loses: readonly string[]): Promise<{ page: Page; stop: () => void }> {
    const server = createServer((_, reply) => {
      reply.setHeader("content-type", "text/html").end(`<iframe width="400" height="800" src="${address}"></iframe>`);
    }).listen(0);
    const page = await browser.newPage();
    await page.route(`${system.origin}/**`, async (route) => {
      const reply = await route.fetch();
      const headers = Object.entries(reply.headers()).filter(([name]) => !loses.includes(name));
      await route.fulfill({ response: reply, headers: Object.fromEntries(headers) });
    });
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForLoadState("networkidle");
    return { page, stop: () => server.close() };
  }

  test.each(["/m/", "/console/", "/console/offline.html", "/console/api.html"])("%s is not shown", async (path) => {
    const { page, stop } = await framing(system.origin + path, []);
    expect(page.frames()[1]?.url()).not.toBe(system.origin + path);
    await page.close();
    stop();
  });

  test.each(["/m/", "/console/", "/console/offline.html", "/console/api.html"])(
    "%s has nothing to press, where the edge can send nothing with it",
    async (path) => {
      const { page, stop } = await framing(system.origin + path, Object.keys(pageHeaders));
      const [, frame] = page.frames();
      expect(frame!.url()).toContain(path);
      expect(await frame!.locator("button, [role=button], input").count()).toBe(0);
      // On its own the same page has.
      const alone = await browser.newPage();
      await alone.goto(system.origin + path);
      await alone.locator("button, [role=button], input").first().waitFor();
      await Promise.all([alone.close(), page.close()]);
      stop();
    },
  );
});

describe("the long token of a browser", () => {
  const telephone = "13800000006";

  async function signedIn(): Promise<Page> {
    const page = await steps.phone();
    await page.goto(`${system.origin}/m/`);
    await steps.button(page, "登录").click();
    await page.getByLabel("手机号").fill(telephone);
    await steps.button(page, "获取验证码").click();
    await page.getByText("验证码已用短信发出").waitFor();
    await page.getByLabel("验证码", { exact: true }).fill(await system.codeSentTo(telephone));
    await steps.button(page, "登录").click();
    await steps.button(page, "确认您是谁").waitFor();
    return page;
  }
  const cookies = async (page: Page) => (await page.context().cookies()).filter(({ name }) => name === "refresh");
  const storage = (page: Page) =>
    page.evaluate(() => JSON.stringify([{ ...window.localStorage }, { ...window.sessionStorage }, document.cookie]));

  test("lies where no script reaches, renews the session from there, and goes with it", async () => {
    const page = await signedIn();
    const [cookie] = await cookies(page);
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: "Strict", path: "/api/sign-in" });
    expect(await storage(page)).not.toContain(cookie!.value);
    // The access token ends, as it does after a quarter of an hour: the page goes on.
    let ended = false;
    await page.route("**/api/me", async (route) => {
      if (ended) return route.continue();
      ended = true;
      return route.fulfill({ status: 401, json: { code: "session-expired", message: "" } });
    });
    const renewed = page.waitForResponse(/sign-in\/refresh/);
    await page.reload();
    expect((await renewed).status()).toBe(200);
    await steps.button(page, "确认您是谁").waitFor();
    const [next] = await cookies(page);
    expect(next!.value).not.toBe(cookie!.value);
    await page.goto(`${system.origin}/m/#/pages/me/index`);
    const out = page.waitForResponse(/sign-in\/out/);
    await steps.button(page, "退出登录").click();
    expect((await out).status()).toBe(200);
    expect(await cookies(page)).toEqual([]);
    await page.context().close();
  });

  test("ends as soon as there is a network, where somebody left without one", async () => {
    const page = await signedIn();
    await page.goto(`${system.origin}/m/#/pages/me/index`);
    await steps.button(page, "退出登录").waitFor();
    await page.context().setOffline(true);
    await steps.button(page, "退出登录").click();
    await page.getByText("您还没有登录。").waitFor();
    expect(await cookies(page)).toHaveLength(1);
    const out = page.waitForResponse(/sign-in\/out/);
    await page.context().setOffline(false);
    expect((await out).status()).toBe(200);
    expect(await cookies(page)).toEqual([]);
    await page.context().close();
  });
});

test("an auditor finds a day's looks, what is odd first, and takes them along", async () => {
  const page = await steps.officer("烟台市 于审计员", "查询条件");
  await page.goto(`${system.origin}/console/#/access?by=day`);
  await page.getByLabel("为什么要查").fill("季度抽查查阅");
  await steps.button(page, /查看$/).click();
  await page.getByRole("region", { name: "先看这些" }).getByText("没有看出异常。").waitFor();
  const rows = page.getByRole("region", { name: "记录" });
  await rows.getByText("于审计员").first().waitFor();
  await faultless(page);
  const saved = page.waitForEvent("download");
  await rows.getByRole("button", { name: "导出" }).click();
  const text = readFileSync((await (await saved).path())!, "utf8");
  expect(text).toContain("于审计员");
  expect(text).toContain("我的岗位与辖区");
  await page.context().close();
});
