import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { browser, opensSystem, steps, system, usable } from "./opening.ts";
import { textOnScreen } from "./pixels.ts";

opensSystem();

const payer = ["19900000002", "赵建军", "379901198709150019"] as const;

const open = (page: Page, name: string) => page.goto(`${system.origin}/m/#/pages/${name}/index`);

describe("what comes after paying", () => {
  let page: Page;
  let number = "";
  let checkCode = "";

  test("the calendar says what a payment today would change, before anything is paid", async () => {
    page = await steps.phone();
    await steps.signIn(page, ...payer);
    await steps.button(page, /^参保日历/).click();
    await page.getByText("2026年度没有居民医保保障。").waitFor();
    await page.getByText("从2026年1月1日起有保障，到2026年12月31日。").waitFor();
    expect(await page.getByRole("listitem", { name: /月，没有居民医保保障/ }).count()).toBe(12);
    expect(await page.getByRole("listitem", { name: /月，有保障/ }).count()).toBe(12);
    await usable(page);
    await steps.button(page, "去缴费").click();
    await page.getByRole("heading", { name: "您2026年应缴" }).waitFor();
  });

  test("the payer has a receipt with a number and a check code", async () => {
    await steps.button(page, "下一步：核对").click();
    await steps.button(page, "支付 ¥400.00").click();
    await page.locator("#pay").click();
    await page.locator("#back").click();
    await page.getByRole("heading", { name: "已参保" }).waitFor();
    await usable(page);
    await steps.button(page, "看票据").click();
    await steps.prove(page, payer[0], payer[2]);
    await page.getByRole("heading", { name: "票据", exact: true }).waitFor();
    await usable(page);
    await steps.button(page, /^赵建军（自己）/).click();
    await page.getByRole("heading", { name: "城乡居民医保缴费票据" }).waitFor();
    [number, checkCode] = (await page.locator(".code").allTextContents()) as [string, string];
    expect(number).toMatch(/^2026 (\w{4} ?){3}$/);
    await usable(page);
  });

  test("on paper there is the receipt, and nothing else", async () => {
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".paper").isVisible()).toBe(true);
    expect(await page.getByRole("button").filter({ visible: true }).count()).toBe(0);
    expect(await page.getByText("别人要核实这张票据").isVisible()).toBe(false);
    await page.emulateMedia({ media: "screen" });
  });

  test("anybody verifies it without signing in, and a wrong check code is told beside the field", async () => {
    const anybody = await steps.phone();
    await anybody.goto(`${system.origin}/m/`);
    await steps.button(anybody, "查验票据真伪（不用登录）").click();
    await anybody.getByLabel("票据号").fill(number.toLowerCase());
    await anybody.getByLabel("校验码").fill(checkCode.startsWith("A") ? "BBBB BBBB" : "AAAA AAAA");
    await steps.button(anybody, "查验").click();
    await anybody.getByText("没有查到这张票据").waitFor();
    await usable(anybody);
    await anybody.getByLabel("校验码").fill(checkCode);
    await steps.button(anybody, "查验").click();
    await anybody.getByText("票据是真的，有效").waitFor();
    await anybody.getByText("赵*军").waitFor();
    await anybody.getByText("¥400.00").waitFor();
    await usable(anybody);
  });

  test("the message about it is marked unread, until it was followed", async () => {
    await steps.home(page);
    const messages = steps.button(page, /^消息/);
    await expect
      .poll(async () => {
        await page.reload();
        await messages.waitFor();
        return messages.textContent();
      })
      .toContain("条未读");
    await messages.click();
    await page.getByRole("heading", { name: "已经参保" }).waitFor();
    await usable(page);
    await steps.button(page, "已经参保：看票据").click();
    await page.getByRole("heading", { name: "票据", exact: true }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: /^消息/ }).waitFor();
  });

  test("one switch for each way of being told, and the quiet hours", async () => {
    await open(page, "messages/settings");
    await page.getByText("晚上10点到早上8点不打扰").waitFor();
    const sms = page.getByRole("switch", { name: "短信" });
    expect(await sms.getAttribute("aria-checked")).toBe("true");
    await sms.click();
    await expect.poll(() => sms.getAttribute("aria-checked")).toBe("false");
    await page.reload();
    await expect.poll(() => sms.getAttribute("aria-checked")).toBe("false");
    await usable(page);
  });

  test("a refund is asked for after a second proof, and can be taken back", async () => {
    await open(page, "contributions/orders");
    await steps.button(page, /^赵建军/).click();
    await steps.button(page, "申请退费").click();
    await page.getByRole("heading", { name: "为什么要退费？" }).waitFor();
    await steps.button(page, "提交退费申请").click();
    await page.getByText("请先选一个原因。").waitFor();
    await page.getByRole("radio", { name: "转入职工医保" }).click();
    await page.getByLabel("补充说明").fill("下个月起单位给参保");
    await usable(page);
    await steps.button(page, "提交退费申请").click();
    await page.getByText("申请已经提交。").waitFor();
    await page.getByText("待审核").waitFor();
    await usable(page);
    await steps.button(page, "撤回申请").click();
    await page.getByText("您撤回了申请，参保仍然有效。").waitFor();
  });
});

describe("on a computer", () => {
  test("the payer scans a code, and the page goes on by itself when the money has come", async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "zh-CN" });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await steps.signIn(page, "19900000001", "王秀英", "379901195303080002");
    await steps.button(page, "缴2026年的费 ¥400.00").click();
    await steps.button(page, "下一步：核对").click();
    await steps.button(page, "支付 ¥400.00").click();
    const code = page.getByRole("img", { name: "付款码" });
    await code.waitFor();
    await usable(page);
    const scanned = await textOnScreen(await code.screenshot());
    const [cashier] = await Promise.all([
      context.waitForEvent("page"),
      page.getByRole("link", { name: "演示：在本机打开收银台" }).click(),
    ]);
    await cashier.locator("#pay").waitFor();
    expect(scanned).toBe(cashier.url());
    await cashier.locator("#pay").click();
    await page.getByRole("heading", { name: "已参保" }).waitFor();
  });
});

describe("while payments are stopped", () => {
  test("home and the last page before paying say why, and the button that pays is off", async () => {
    const page = await steps.phone();
    await steps.signIn(page, "19900000006", "阿依古丽·买买提", "379901199205050000");
    await steps.button(page, "缴2026年的费 ¥400.00").waitFor();
    const sentence = "支付渠道正在检修，今晚8点恢复。";
    await page.route("**/api/today", async (route) => {
      const reply = await route.fetch();
      const told = (await reply.json()) as { areas: object[] };
      const payments = { open: false, sentence };
      await route.fulfill({ json: { ...told, areas: told.areas.map((area) => ({ ...area, payments })) } });
    });
    await page.reload();
    await page.getByText(sentence).waitFor();
    await usable(page);
    await steps.button(page, "缴2026年的费 ¥400.00").click();
    await steps.button(page, "下一步：核对").click();
    await page.getByText(sentence).last().waitFor();
    await expect.poll(() => steps.button(page, "支付 ¥400.00").isDisabled()).toBe(true);
    await usable(page);
  });
});
