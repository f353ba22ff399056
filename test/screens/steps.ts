import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import type { System } from "./harness.ts";

/** 常用步骤 · what journeys do again and again, in a system and a browser; a page that throws ends in `onThrow`. */
export function journey(system: System, browser: Browser, onThrow: (error: Error) => void = () => {}) {
  /** A phone of its own; a page that throws fails the test. */
  async function phone(): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 360, height: 740 },
      locale: "zh-CN",
      isMobile: true,
      hasTouch: true,
    });
    return watched(context);
  }

  async function watched(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    page.setDefaultTimeout(180_000);
    page.on("pageerror", (error) => onThrow(error));
    // What a page may not do a browser only says in its console.
    page.on("console", (said) => {
      if (/Content Security Policy/.test(said.text())) onThrow(new Error(said.text()));
    });
    return page;
  }

  const button = (page: Page, name: string | RegExp) =>
    page.getByRole("button", { name, exact: typeof name === "string" });

  /** Signs a resident in by SMS code and binds them by name and identity number. */
  async function signIn(page: Page, telephone: string, name: string, identityNumber: string): Promise<void> {
    await page.goto(`${system.origin}/m/`);
    await button(page, "登录").click();
    await page.getByLabel("手机号").fill(telephone);
    await button(page, "获取验证码").click();
    await page.getByText("验证码已用短信发出").waitFor();
    await page.getByLabel("验证码", { exact: true }).fill(await system.codeSentTo(telephone));
    await button(page, "登录").click();
    await button(page, "确认您是谁").click();
    await page.getByLabel("姓名").fill(name);
    await page.getByLabel("身份证号").fill(identityNumber);
    await button(page, "确认是我").click();
  }

  /** An officer at the console, who lands on a page with a region of this name. */
  async function officer(name: string, lands = "已参保"): Promise<Page> {
    const page = await watched(await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "zh-CN" }));
    await page.goto(`${system.origin}/console/`);
    await button(page, "登录").click();
    await button(page, name).click();
    await page.getByRole("region", { name: lands, exact: true }).waitFor();
    return page;
  }

  return { phone, button, signIn, officer };
}

/** 亲情账户和一起缴费的步骤 · what journeys of a family do again and again. */
export function familySteps(system: System, { button }: ReturnType<typeof journey>) {
  /** Proves on the page that asks for it, by the code sent to the telephone on record and the end of the identity number. */
  async function prove(page: Page, telephone: string, identityNumber: string): Promise<void> {
    await page.getByRole("heading", { name: "再核验一次是您本人" }).waitFor();
    await button(page, "获取验证码").click();
    await page.getByText("验证码已用短信发出").waitFor();
    await page.getByLabel("验证码", { exact: true }).fill(await system.codeSentTo(telephone));
    await page.getByLabel("身份证号后六位").fill(identityNumber.slice(-6));
    await button(page, "核验").click();
  }

  async function home(page: Page): Promise<void> {
    await page.goto(`${system.origin}/m/#/pages/home/index`);
  }

  /** From a page of the family to the last question about somebody new. */
  async function add(page: Page, name: string, identityNumber: string, relationship: string): Promise<void> {
    const family = button(page, "看所有家人");
    if (await family.isVisible()) await family.click();
    await button(page, "添加家人").click();
    await page.getByRole("heading", { name: "要添加谁？" }).waitFor();
    await page.getByLabel("姓名").fill(name);
    await page.getByLabel("身份证号").fill(identityNumber);
    await button(page, "下一步").click();
    await page.getByRole("radio", { name: relationship, exact: true }).click();
  }

  /** Adds somebody by name and number to those who are paid for. */
  async function other(page: Page, name: string, identityNumber: string): Promise<void> {
    await button(page, /^加别人/).click();
    await page.getByLabel("姓名").fill(name);
    await page.getByLabel("身份证号").fill(identityNumber);
    await button(page, "加上这个人").click();
    await page.getByRole("checkbox", { name: new RegExp(`^${name}`) }).waitFor();
  }

  /** The sum of an order for several, in yuan. */
  const sum = async (page: Page): Promise<number> =>
    Number((await page.locator(".sum .amount").textContent())?.replace(/[¥,]/g, ""));

  return { prove, home, add, other, sum };
}

/** 机构窗口的步骤 · what a hospital does at the console's desk, message by message, and an officer who stands there. */
export function deskSteps({ button }: ReturnType<typeof journey>) {
  /** The window of one of the demonstration's hospitals, signed in with its own key. */
  async function openDesk(page: Page, providerCode: string): Promise<void> {
    await page.getByRole("link", { name: "机构试用台" }).click();
    await page.getByLabel("演示机构").click();
    await page.getByTitle(new RegExp(`${providerCode}$`)).click();
    await button(page, /签到/).click();
  }

  /** The next patient shows an identity card, and is covered today. */
  async function receive(page: Page, identityNumber: string): Promise<void> {
    await page.getByLabel("身份证号").fill(identityNumber);
    await button(page, /^读取/).click();
    await page.getByRole("region", { name: "病人" }).getByText("可以享受").waitFor();
  }

  async function charge(page: Page, item: string, price: string, quantity: string): Promise<void> {
    await page.getByLabel("项目").fill(item);
    await page.locator(".desk-option").filter({ hasText: item }).first().click();
    await page.getByLabel("单价").fill(price);
    await page.getByLabel("数量").fill(quantity);
    await button(page, /加入$/).click();
    await page.getByRole("region", { name: "预结算：谁付多少" }).waitFor();
  }

  /** Settles by the button that names it; gives the bill. */
  async function settle(page: Page, name: RegExp): Promise<Locator> {
    await button(page, name).click();
    const bill = page.getByRole("article", { name: "结算单" });
    await bill.waitFor();
    return bill;
  }

  return { openDesk, receive, charge, settle };
}
