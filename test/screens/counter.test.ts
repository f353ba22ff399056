import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { identityNumberOf } from "../../local/county/people.ts";
import { day } from "../../shared/day.ts";
import { faultless, opensSystem, steps, system } from "./opening.ts";
import { residentCall } from "./resident-call.ts";

opensSystem();

const counterOfficer = "东河镇 高站长";
const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const dialog = (page: Page) => page.getByRole("dialog");

/** An officer who stands at the counter, with somebody before them who showed an identity card. */
async function atCounter(page: Page, name: string, identityNumber: string): Promise<void> {
  await page.getByRole("link", { name: "窗口办理" }).click();
  await page.getByLabel("姓名").fill(name);
  await page.getByLabel("身份证号").fill(identityNumber);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name, level: 1 }).waitFor();
}

/** A resident who gave a second proof by SMS. */
async function proven(telephone: string, name: string, identityNumber: string) {
  const call = await residentCall(system, telephone, name, identityNumber);
  await call("proof.send-code");
  const lastSix = identityNumber.slice(-6);
  await call("proof.prove", { body: { way: "telephone", code: await system.codeSentTo(telephone), lastSix } });
  return call;
}

describe("the counter", () => {
  test("a code that an officer hands out proves the resident, once; a lost phone is unbound and its session over", async () => {
    const [telephone, name, identityNumber] = ["19900000004", "马强", "379901198001300018"] as const;
    const resident = await residentCall(system, telephone, name, identityNumber);
    expect((await resident("proof.ways")).proof).toBeNull();

    const page = await steps.officer(counterOfficer);
    await atCounter(page, name, identityNumber);
    await section(page, "登记信息").getByText("还没有第二次核验").waitFor();
    await faultless(page);
    expect(page.url()).not.toMatch(/37990|马强|%E9%A9%AC/);

    await page.keyboard.press("c");
    const shown = await section(page, "核验码").getByRole("status").textContent();
    const code = shown?.replace(/\s/g, "") ?? "";
    expect(code).toMatch(/^\d{8}$/);
    await resident("proof.prove", { body: { way: "counter", code } });
    expect((await resident("proof.ways")).proof?.by).toBe("counter");
    const again = await residentCall(system, telephone, name, identityNumber);
    await expect(again("proof.prove", { body: { way: "counter", code } })).rejects.toMatchObject({ status: 422 });
    await section(page, "核验码").getByRole("button", { name: "已交给本人" }).click();
    expect(await page.getByText(shown ?? "-").count()).toBe(0);

    await page.keyboard.press("l");
    await dialog(page).getByText("1 个账号立刻退出登录").waitFor();
    await dialog(page).getByRole("button", { name: "解除绑定" }).click();
    await section(page, "手机丢了").getByText("已解除 1 个账号的绑定").waitFor();
    await section(page, "登记信息").getByText("还没有手机绑定此人").waitFor();
    await expect(resident("proof.ways")).rejects.toMatchObject({ status: 401 });

    await dialog(page).waitFor({ state: "hidden" });
    await page.keyboard.press("n");
    await page.getByRole("heading", { name: "窗口办理" }).waitFor();
    expect(await page.getByLabel("身份证号").inputValue()).toBe("");
  });

  test("what is owed is shown, and just that is taken in cash, by keys alone", async () => {
    const page = await steps.officer(counterOfficer);
    await atCounter(page, "赵守义", "379901195902030015");
    const cash = section(page, "代收现金缴费");
    await cash.getByRole("button", { name: "收现金 ¥400.00" }).waitFor();
    await faultless(page);
    await page.keyboard.press("m");
    await dialog(page).getByRole("button", { name: "收下 ¥400.00" }).waitFor();
    await page.keyboard.press("Enter");
    await cash.getByText("已参保 2026 年度，2026年1月1日起能报销，收 ¥400.00").waitFor();
    await section(page, "缴费记录").getByText("2026年度，¥400.00").waitFor();
    await faultless(page);
    await page.evaluate(() => Object.assign(window, { print: () => {} }));
    await cash.getByRole("button", { name: /打印票据/ }).click();
    await page.emulateMedia({ media: "print" });
    const paper = page.getByRole("article").filter({ hasText: "城乡居民医保缴费票据" });
    await paper.waitFor();
    const [number, checkCode] = await Promise.all(
      ["票据号", "校验码"].map((name) => paper.getByRole("row", { name }).getByRole("cell").textContent()),
    );
    const verify = await fetch(`${system.origin}/api/receipts/verify`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ number, checkCode }),
    });
    expect(await verify.json()).toMatchObject({ state: "valid", benefitYear: 2026, amount: "400.00", carrier: "cash" });
  });

  test("whoever lapsed chooses how many years to repair; each choice says its sum and its wait, and that sum is taken", async () => {
    const page = await steps.officer(counterOfficer);
    await atCounter(page, "马强", "379901198001300018");
    const cash = section(page, "代收现金缴费");
    const repaired = cash.getByRole("radio", { name: /^补缴1年/ });
    await cash.getByRole("radio", { name: /^不补缴，¥400.00/ }).waitFor();
    await repaired.check();
    const said = await cash
      .locator("label")
      .filter({ hasText: /^补缴1年/ })
      .textContent();
    const sum = /¥[\d,]+\.\d\d/.exec(said ?? "")?.[0] ?? "";
    expect(sum).not.toBe("¥400.00");
    await cash.getByRole("button", { name: `收现金 ${sum}` }).click();
    await dialog(page).getByText("补缴1年").waitFor();
    await dialog(page)
      .getByRole("button", { name: `收下 ${sum}` })
      .click();
    await cash.getByText(`收 ${sum}`).waitFor();
    await section(page, "缴费记录").getByText(`2026年度，${sum}`).waitFor();
  });

  test("whoever is not of the officer's unit, or not so called, is not found, and what was typed stays", async () => {
    const page = await steps.officer(counterOfficer);
    await page.getByRole("link", { name: "窗口办理" }).click();
    await page.getByLabel("姓名").fill("马刚");
    await page.getByLabel("身份证号").fill("379901198001300019");
    await page.getByText("最后一位校验码不符").waitFor();
    expect(await page.getByRole("button", { name: "找到这个人" }).isDisabled()).toBe(true);
    await page.getByLabel("身份证号").fill("379901198001300018");
    await page.keyboard.press("Enter");
    await page.getByText("我们没有找到姓名和身份证号一致的人").waitFor();
    expect(await page.getByLabel("姓名").inputValue()).toBe("马刚");
    await faultless(page);
  });
});

describe("family requests that wait for an officer", () => {
  const child = { name: "于子轩", identityNumber: "379901202511020015" };
  const byHouseholdBook = { proof: { kind: "household-book" }, commitment: true } as const;

  test("a household book is looked at: one request agreed to, another refused with its reason, by keys alone", async () => {
    const mother = await proven("19900000003", "孙晓燕", "379901199604270000");
    const stranger = await proven("19900000002", "赵建军", "379901198709150019");
    const ask = { ...child, ...byHouseholdBook };
    await mother("family.ask", { body: { requestNo: "of-the-mother", relationship: "child", ...ask } });
    await stranger("family.ask", { body: { requestNo: "of-a-stranger", relationship: "other", ...ask } });

    const page = await steps.officer(counterOfficer);
    await page.getByRole("link", { name: "亲情账户" }).click();
    const list = section(page, "等窗口核对");
    await list.getByRole("button").nth(1).waitFor();
    await faultless(page);
    const chosen = page.getByRole("heading", { level: 2, name: /要把于子轩加为亲情账户成员/ });
    await page.keyboard.press("j");
    if ((await chosen.textContent())?.startsWith("赵建军")) await page.keyboard.press("j");
    await page.getByRole("heading", { name: /^孙晓燕要把/ }).waitFor();
    await page.keyboard.press("a");
    await dialog(page).getByLabel(/^理由/).waitFor();
    await page.keyboard.press("1");
    await page.keyboard.press("Enter");
    await page.getByText("已同意：孙晓燕要把于子轩").waitFor();

    await page.getByRole("heading", { name: /^赵建军要把/ }).waitFor();
    await page.keyboard.press("r");
    await dialog(page).getByLabel(/^理由/).fill("户口簿上没有这个孩子");
    await faultless(page);
    await page.keyboard.press("Enter");
    await page.getByText("没有等核对的").waitFor();

    const [held, refused] = await Promise.all([mother("family.members"), stranger("family.members")]);
    expect(held.dependants[0]).toMatchObject({ name: "于子轩", state: "agreed", decidedBy: "counter" });
    expect(refused.dependants[0]).toMatchObject({ state: "refused", reason: "户口簿上没有这个孩子" });
  });

  test("an adult agrees at the counter, standing there himself", async () => {
    const wife = await proven("19900000001", "王秀英", "379901195303080002");
    const husband = { name: "李德福", identityNumber: "379901195006210018" };
    await wife("family.ask", { body: { requestNo: "of-the-wife", ...husband, relationship: "spouse" } });

    const page = await steps.officer(counterOfficer);
    await atCounter(page, "王秀英", "379901195303080002");
    await section(page, "亲情账户").getByText("要李德福本人同意").waitFor();
    await page.keyboard.press("n");
    await atCounter(page, husband.name, husband.identityNumber);
    await section(page, "亲情账户").getByRole("button", { name: "本人当面同意" }).click();
    await dialog(page).getByRole("button", { name: "本人当面同意" }).click();
    await section(page, "亲情账户").getByText("李德福（配偶）在王秀英的亲情账户里").waitFor();
    expect((await wife("family.members")).dependants[0]).toMatchObject({ name: "李德福", state: "agreed" });
  });
});

describe("a newborn", () => {
  test("gets his identity number at the counter, where a parent stands", async () => {
    const mother = await proven("19900000003", "孙晓燕", "379901199604270000");
    const bornOn = day("2025-11-10");
    const born = { name: "孙小宝", sex: "male", bornOn, birthCertificate: "Y379000001", commitment: true } as const;
    await mother("family.newborn", { body: { requestNo: "newborn-at-counter", ...born } });

    const page = await steps.officer(counterOfficer);
    await atCounter(page, "孙晓燕", "379901199604270000");
    await section(page, "亲情账户").getByRole("button", { name: "证明相符，同意" }).click();
    await dialog(page).getByText("孩子进入参保登记").waitFor();
    await dialog(page).getByLabel(/^理由/).waitFor();
    await page.keyboard.press("1");
    await page.keyboard.press("Enter");
    const card = section(page, "孩子的身份证号");
    await card.getByLabel("身份证号").fill(identityNumberOf(bornOn, "male", 991));
    await faultless(page);
    await page.keyboard.press("Enter");
    await page.getByText("已补上孙小宝的身份证号").waitFor();
    await card.waitFor({ state: "detached" });
    await section(page, "亲情账户").getByText("孙小宝（子女）在孙晓燕的亲情账户里").waitFor();
    const { dependants } = await mother("family.members");
    expect(dependants.find(({ name }) => name === "孙小宝")).toMatchObject({ temporary: false, state: "agreed" });
  });
});

describe("a refund that an officer proposes", () => {
  test("he cannot decide on it himself; a second officer agrees, and the counter pays the cash out", async () => {
    const atDesk = await steps.officer(counterOfficer);
    await atCounter(atDesk, "于子轩", "379901202511020015");
    const cash = section(atDesk, "代收现金缴费");
    await cash.getByRole("button", { name: "收现金 ¥400.00" }).click();
    await dialog(atDesk).getByRole("button", { name: "收下 ¥400.00" }).click();
    await section(atDesk, "缴费记录").getByRole("button", { name: "提出退费" }).waitFor();

    await atDesk.getByRole("link", { name: "退费" }).click();
    await atDesk.getByText("没有等审核的申请").waitFor();
    await atDesk.keyboard.press("p");
    await dialog(atDesk).getByLabel("姓名").fill("于子轩");
    await dialog(atDesk).getByLabel("身份证号").fill("379901202511020015");
    await atDesk.keyboard.press("Enter");
    await dialog(atDesk).getByRole("radio", { name: "2026年度，¥400.00" }).check();
    await faultless(atDesk);
    await dialog(atDesk).getByLabel("情形").click();
    await atDesk.getByTitle("缴错了").click();
    await dialog(atDesk).getByRole("button", { name: "提出退费" }).click();
    await section(atDesk, "退费申请").getByText("东河镇 高站长提出").waitFor();
    await dialog(atDesk).waitFor({ state: "hidden" });
    await faultless(atDesk);
    await agree(atDesk);
    await dialog(atDesk).getByText("退费是您提出的，要由另一位经办人员审核").waitFor();

    const second = await steps.officer("福山区 陈主任");
    await second.getByRole("link", { name: "退费" }).click();
    await second.getByText("经办提出 1").click();
    await section(second, "退费申请").getByText("东河镇 高站长提出").waitFor();
    await agree(second);
    await second.getByText("退款中 1").click();
    await section(second, "退费申请").getByText("要在窗口付出现金").waitFor();
    expect(await second.getByRole("button", { name: "付出现金" }).count()).toBe(0);

    await atDesk.keyboard.press("Escape");
    await dialog(atDesk).waitFor({ state: "hidden" });
    await atDesk.getByRole("button", { name: /重新读取/ }).click();
    await atDesk.getByText("退款中 1").click();
    await atDesk.getByRole("button", { name: "付出现金" }).click();
    await dialog(atDesk).getByRole("button", { name: "现金已付出" }).click();
    await atDesk.getByText("没有正在退的钱").waitFor();
  });

  async function agree(page: Page): Promise<void> {
    await page.keyboard.press("a");
    await dialog(page).getByLabel(/^理由/).waitFor();
    await page.keyboard.press("1");
    await page.keyboard.press("Enter");
  }
});
