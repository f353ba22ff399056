import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { openBrowser, startSystem } from "./harness.ts";
import { journey } from "./steps.ts";

/** Takes the README's pictures anew from the real screens: node --import tsx test/browser/pictures.ts */
const folder = join(import.meta.dirname, "../../pictures");
mkdirSync(folder, { recursive: true });
const [system, browser] = await Promise.all([startSystem(20_000), openBrowser()]);
const { button, officer, phone, signIn } = journey(system, browser);
const picture = async (page: Page, name: string) => {
  await page.waitForTimeout(1_200);
  await page.screenshot({ path: join(folder, `${name}.png`) });
};

const page = await phone();
await signIn(page, "19900000004", "马强", "379901198001300018");
await picture(page, "home");
await button(page, /^缴2026年的费/).click();
await page.getByText("2026年5月1日").first().waitFor();
await picture(page, "owed");
await button(page, "为什么").first().click();
await picture(page, "why");
await button(page, "知道了").click();
await page.getByRole("radio", { name: /^补缴1年/ }).click();
await button(page, "下一步：核对").click();
await picture(page, "check");
await button(page, /^支付/).click();
await page.locator("#pay").click();
await page.locator("#back").click();
await page.getByRole("heading", { name: "已参保" }).waitFor();
await picture(page, "result");
await button(page, "回首页").click();
await button(page, "长辈版").click();
await picture(page, "large");

const board = await officer("福山区 陈主任");
await picture(board, "board");
const names = await officer("村医保员 宋大姐");
await names.getByRole("link", { name: /名单/ }).first().click();
await picture(names, "names");

await browser.close();
system.stop();
process.exit(0);
