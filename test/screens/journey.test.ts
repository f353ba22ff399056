import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { faults } from "./harness.ts";
import { opensSystem, steps, system } from "./opening.ts";

opensSystem();

const enrolledOn = (page: Page) =>
  page
    .getByRole("region", { name: "已参保" })
    .locator("[data-figure=enrolled]")
    .textContent()
    .then((text) => Number(text?.replace(/\D/g, "")));

describe("a resident pays next year's contribution, and the township's figure moves", () => {
  test("from sign-in to the board, in a real browser", async () => {
    const board = await steps.officer("东河镇 高站长");
    const before = await enrolledOn(board);
    expect(before).toBeGreaterThan(0);

    const page = await steps.phone();
    await steps.signIn(page, "19900000001", "王秀英", "379901195303080002");
    await page.getByText("参保中").waitFor();
    await steps.button(page, "缴2026年的费 ¥400.00").click();
    await page.getByRole("heading", { name: "您2026年应缴" }).waitFor();
    await steps.button(page, "下一步：核对").click();
    await page.getByRole("heading", { name: "请核对" }).waitFor();
    await steps.button(page, "支付 ¥400.00").click();
    await page.locator("#pay").click();
    const paidAt = Date.now();
    await expect.poll(() => enrolledOn(board), { interval: 50 }).toBe(before + 1);
    const seconds = (Date.now() - paidAt) / 1000;
    console.log(`the board showed the payment after ${seconds.toFixed(1)} s`);
    await page.locator("#back").click();
    await page.getByRole("heading", { name: "已参保" }).waitFor();
    await steps.button(page, "回首页").click();
    await page.getByText("2026年1月1日起能报销").first().waitFor();
  });

  test("a lapsed payer is told the wait before paying, and what repair would change", async () => {
    const page = await steps.phone();
    await steps.signIn(page, "19900000004", "马强", "379901198001300018");
    await steps.button(page, /^缴2026年的费/).click();
    await page.getByText("2026年5月1日").first().waitFor();
    await page.getByRole("radio", { name: /^补缴1年/ }).click();
    await page.getByText("2026年4月1日").first().waitFor();
    await steps.button(page, "下一步：核对").click();
    await steps.button(page, "支付 ¥800.00").waitFor();
  });

  test("somebody fully subsidised is enrolled without paying", async () => {
    const page = await steps.phone();
    await steps.signIn(page, "19900000005", "田桂兰", "37990119581011000X");
    await steps.button(page, /^参保2026年/).click();
    await steps.button(page, "下一步：核对").click();
    await steps.button(page, "确认参保（不用付钱）").click();
    await page.getByRole("heading", { name: "已参保" }).waitFor();
  });

  test("a name that does not match is told beside what was typed, which stays", async () => {
    const page = await steps.phone();
    await page.goto(`${system.origin}/m/`);
    await steps.button(page, "登录").click();
    await page.getByLabel("手机号").fill("19900000006");
    await steps.button(page, "获取验证码").click();
    await page.getByText("验证码已用短信发出").waitFor();
    await page.getByLabel("验证码", { exact: true }).fill(await system.codeSentTo("19900000006"));
    await steps.button(page, "登录").click();
    await steps.button(page, "确认您是谁").click();
    await page.getByLabel("姓名").fill("阿依古丽");
    await page.getByLabel("身份证号").fill("379901199205050000");
    await steps.button(page, "确认是我").click();
    await page.getByText("我们没有找到姓名和身份证号一致的人").first().waitFor();
    expect(await page.getByLabel("姓名").inputValue()).toBe("阿依古丽");
    await page.getByLabel("姓名").fill("阿依古丽.买买提");
    await steps.button(page, "确认是我").click();
    await page.getByText("阿******提").first().waitFor();
  });

  test("turning the business day past the window changes what can be paid", async () => {
    const page = await steps.phone();
    await steps.signIn(page, "19900000002", "赵建军", "379901198709150019");
    await steps.button(page, "缴2026年的费 ¥400.00").waitFor();
    const turn = (day: string) =>
      fetch(`${system.origin}/demonstration/business-day`, { method: "POST", body: JSON.stringify({ day }) });
    await turn("2026-02-10");
    await page.reload();
    await steps.button(page, /^缴2026年的费/).click();
    await page.getByText("2026年5月11日").first().waitFor();
    await turn("2025-11-20");
  });
});

describe("the console", () => {
  test("behind a village's figure are the names; an officer outside the area is told so", async () => {
    const page = await steps.officer("村医保员 宋大姐");
    await page.getByRole("link", { name: /名单/ }).first().click();
    await page.getByText("赵守义").or(page.getByText("李德福")).first().waitFor();
    expect(await page.locator("[data-row]").count()).toBeGreaterThan(5);
    const elsewhere = await steps.officer("莱阳市 何主任");
    await elsewhere.goto(`${system.origin}/console/#/progress/370611`);
    await elsewhere.reload();
    await elsewhere.getByText("这不在您的辖区内").first().waitFor();
  });

  test("the trial balance comes from nothing but the entries, and agrees with what was folded", async () => {
    const page = await steps.officer("烟台市 刘处长");
    await page
      .getByRole("link", { name: /基金账|试算平衡/ })
      .first()
      .click();
    await page.getByRole("heading", { name: "借贷平衡" }).waitFor();
    await page.getByRole("heading", { name: "汇总与分录一致" }).waitFor();
  });
});

describe("everybody can use it", () => {
  test("no page of the journey has a fault that axe finds, in the standard and in the large version", async () => {
    const page = await steps.phone();
    await steps.signIn(page, "19900000007", "周宏伟", "379901198407190015");
    await page.getByText("参加职工医保").first().waitFor();
    for (const version of ["standard", "large"]) {
      if (version === "large") await steps.button(page, "长辈版").click();
      expect(await faults(page), version).toEqual([]);
    }
  });
});

test("npm start prints its own lines and nobody's warnings", () => {
  expect(system.printedBesides()).toEqual([]);
});
