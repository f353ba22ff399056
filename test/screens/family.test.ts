import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { opensSystem, steps, system, usable } from "./opening.ts";

opensSystem();

const mother = ["19900000003", "孙晓燕", "379901199604270000"] as const;

describe("a mother pays for her family in one order", () => {
  let page: Page;

  test("the family is shown only after a second proof, and a wrong code is told beside the field", async () => {
    page = await steps.phone();
    await steps.signIn(page, ...mother);
    await steps.button(page, "亲情账户（我的家人）").click();
    await page.getByRole("heading", { name: "再核验一次是您本人" }).waitFor();
    await usable(page);
    await steps.button(page, "获取验证码").click();
    await page.getByText("验证码已用短信发出").waitFor();
    const code = await system.codeSentTo(mother[0]);
    const field = page.getByLabel("验证码", { exact: true });
    await field.fill(code === "000000" ? "000001" : "000000");
    await steps.button(page, "核验").click();
    await page.getByText("请填身份证号的最后6位").waitFor();
    await page.getByLabel("身份证号后六位").fill("270001");
    await steps.button(page, "核验").click();
    await page.getByText("验证码不对").waitFor();
    await field.fill(code);
    await steps.button(page, "核验").click();
    await page.getByText("和登记的身份证号后六位对不上").waitFor();
    await usable(page);
    await page.getByLabel("身份证号后六位").fill(mother[2].slice(-6));
    await steps.button(page, "核验").click();
    await page.getByRole("heading", { name: "我的家人（0位，最多5位）" }).waitFor();
    await usable(page);
  });

  test("the grandmother consents by the code that she reads out", async () => {
    await steps.add(page, "王秀英", "379901195303080002", "祖父母、外祖父母");
    await steps.button(page, "请王秀英同意").click();
    await page.getByRole("heading", { name: "请王秀英把验证码念给您" }).waitFor();
    await usable(page);
    await page.getByLabel("同意验证码").fill(await system.codeSentTo("19900000001"));
    await steps.button(page, "提交验证码").click();
    await page.getByText("一直有效，双方都可以随时解除。").waitFor();
    await steps.button(page, "给王秀英缴费").waitFor();
    await usable(page);
  });

  test("her child of the same household is held at once, on her commitment", async () => {
    await steps.add(page, "于子轩", "379901202511020015", "子女");
    await steps.button(page, "下一步").click();
    await page.getByRole("radio", { name: /^登记信息里同一户/ }).click();
    expect(await steps.button(page, "添加于子轩").isDisabled()).toBe(true);
    await page.getByRole("checkbox", { name: "我承诺" }).click();
    await usable(page);
    await steps.button(page, "添加于子轩").click();
    await steps.button(page, "给于子轩缴费").waitFor();
  });

  test("a newborn without an identity number is registered by birth certificate", async () => {
    await steps.button(page, "看所有家人").click();
    await steps.button(page, /^登记新生儿/).click();
    await page.getByLabel("孩子的姓名").fill("于子涵");
    await page.getByRole("radio", { name: "女孩" }).click();
    await page.getByLabel("出生日期").fill("20251102");
    await page.getByText("2025年11月2日出生").waitFor();
    await usable(page);
    await steps.button(page, "下一步").click();
    await page.getByLabel("出生医学证明编号").fill("X12");
    await page.getByRole("checkbox", { name: "我承诺" }).click();
    await steps.button(page, "登记于子涵").click();
    await page.getByText("编号应为1位字母加9位数字").waitFor();
    await page.getByLabel("出生医学证明编号").fill("X370000001");
    await steps.button(page, "登记于子涵").click();
    await page.getByText("等窗口核对").waitFor();
    expect(await steps.button(page, "给于子涵缴费").count()).toBe(0);
    await usable(page);

    // An officer of the town has the certificate on the desk.
    const officer = await steps.officer("东河镇 高站长");
    await officer.getByRole("link", { name: "亲情账户" }).click();
    await officer.getByText("于子涵").first().waitFor();
    await officer.keyboard.press("a");
    await officer.getByRole("dialog").getByText("孩子进入参保登记").waitFor();
    await officer.keyboard.press("1");
    await officer.keyboard.press("Enter");
    await officer.getByText(/已同意：/).waitFor();
    await page.reload();
    await steps.button(page, "补上身份证号").waitFor();
    await usable(page);
  });

  test("she sees what each owes, chooses the lapsed one's repair, and pays for all of them at once", async () => {
    await steps.home(page);
    await steps.button(page, "给自己或家人缴费").click();
    for (const name of [/^我自己/, /^王秀英/, /^于子涵/]) await page.getByRole("checkbox", { name }).click();
    await steps.other(page, "马强", "379901198001300018");
    await steps.other(page, "田桂兰", "37990119581011000X");
    await usable(page);
    await steps.button(page, "下一步（5个人）").click();
    await page.getByText("不用缴，直接参保。").waitFor();
    await page.getByText("要等4个月").first().waitFor();
    const before = await steps.sum(page);
    await page.getByRole("radio", { name: /^补缴1年，多付 ¥400.00/ }).click();
    await page.getByText("要等3个月").first().waitFor();
    expect((await steps.sum(page)) - before).toBe(400);
    await usable(page);
    await steps.button(page, "下一步：核对").click();
    await page.getByRole("heading", { name: "请核对" }).waitFor();
    await page.getByText("补缴断保的1年").waitFor();
    await usable(page);
    await steps.button(page, /^支付 ¥/).click();
    await page.locator("#pay").click();
    await page.locator("#back").click();
    await page.getByRole("heading", { name: "都参保了" }).waitFor();
    for (const name of ["孙晓燕（自己）", "王秀英", "于子涵", "马*", "田*兰"]) {
      await page.getByText(`${name}　已参保`).waitFor();
    }
    await usable(page);
  });

  test("the newborn gets the identity number at a counter, and stays covered", async () => {
    await page.goto(`${system.origin}/m/#/pages/family/members/index`);
    await steps.button(page, /^于子涵/).click();
    await steps.button(page, "补上身份证号").click();
    await page.getByLabel("姓名").last().fill("于子涵");
    await page.getByLabel("身份证号").last().fill("379901202511028008");
    await steps.button(page, "补上身份证号").last().click();
    await page.getByText("最后一位校验码不符").waitFor();
    await page.getByLabel("身份证号").last().fill("379901202511028009");
    await steps.button(page, "补上身份证号").last().click();
    await page.getByText("参保登记里还没有这个身份证号").waitFor();
    const officer = await steps.officer("东河镇 高站长");
    await officer.getByRole("link", { name: "窗口办理" }).click();
    await officer.getByLabel("姓名").fill(mother[1]);
    await officer.getByLabel("身份证号").fill(mother[2]);
    await officer.keyboard.press("Enter");
    const card = officer.getByRole("region", { name: "孩子的身份证号", exact: true });
    await card.getByLabel("身份证号").fill("379901202511028009");
    await officer.keyboard.press("Enter");
    await officer.getByText("已补上于子涵的身份证号").waitFor();
    await page.goto(`${system.origin}/m/#/pages/family/members/index`);
    await steps.button(page, /^于子涵/).click();
    await page.getByText("****************09").waitFor();
    await steps.button(page, "给于子涵缴费").click();
    await page.getByText("这个年度已经参保，不用再缴。").first().waitFor();
  });

  test("a receipt of the order is found true by anybody, and one part of it is given back by an officer", async () => {
    await page.goto(`${system.origin}/m/#/pages/receipts/mine/index`);
    await steps.button(page, /^王秀英/).click();
    await page.getByRole("heading", { name: "城乡居民医保缴费票据" }).waitFor();
    const [number = "", checkCode = ""] = await page.locator(".code").allTextContents();
    const verified = async (truth: string) => {
      const anybody = await steps.phone();
      await anybody.goto(`${system.origin}/m/#/pages/receipts/verify/index`);
      await anybody.getByLabel("票据号").fill(number);
      await anybody.getByLabel("校验码").fill(checkCode);
      await steps.button(anybody, "查验").click();
      await anybody.getByText(truth).waitFor();
      await anybody.getByText("王*英").waitFor();
    };
    await verified("票据是真的，有效");

    await page.goto(`${system.origin}/m/#/pages/contributions/orders/index`);
    await steps.button(page, /^孙晓燕/).click();
    await steps
      .button(page, /^给王秀英申请退费|^申请退费/)
      .nth(1)
      .click();
    await page.getByRole("radio", { name: "重复缴费" }).click();
    await steps.button(page, "提交退费申请").click();
    await page.getByText("申请已经提交。").waitFor();

    const officer = await steps.officer("福山区 陈主任");
    await officer.getByRole("link", { name: "退费" }).click();
    await officer.getByText("王秀英").first().waitFor();
    await officer.keyboard.press("a");
    await officer.getByRole("dialog").getByLabel(/^理由/).waitFor();
    await officer.keyboard.press("1");
    await officer.keyboard.press("Enter");
    await page.goto(`${system.origin}/m/#/pages/refunds/mine/index`);
    await expect
      .poll(
        async () => {
          await page.reload();
          await page.getByText("王秀英").first().waitFor();
          return page.getByText("已退费").count();
        },
        { interval: 3_000 },
      )
      .toBeGreaterThan(0);
    await verified("票据是真的，已退费");
  });

  test("the grandmother sees who holds her, and ends it", async () => {
    const own = await steps.phone();
    await steps.signIn(own, "19900000001", "王秀英", "379901195303080002");
    await steps.button(own, "长辈版").click();
    await steps.button(own, "亲情账户（我的家人）").click();
    await steps.prove(own, "19900000001", "379901195303080002");
    await own.getByRole("heading", { name: "谁可以替我办" }).waitFor();
    await usable(own);
    await steps.button(own, /^孙晓燕/).click();
    await steps.button(own, "解除").click();
    await own.getByRole("heading", { name: "真的要解除吗？" }).waitFor();
    await steps.button(own, "解除").click();
    await own.getByText(/2025年11月20日解除/).waitFor();
  });
});

describe("the telephone on record", () => {
  test("a proof by a code to it says that it still is the person's; another waits after a code to it, and is stopped", async () => {
    const page = await steps.phone();
    await steps.signIn(page, "19900000002", "赵建军", "379901198709150019");
    await page.getByRole("heading", { name: "赵*军" }).waitFor();
    await page.goto(`${system.origin}/m/#/pages/account/telephone/index`);
    await steps.prove(page, "19900000002", "379901198709150019");
    // The proof by a code to it said that it still is the person's.
    await page.getByText("已经确认是您在用的手机号。").waitFor();
    await steps.button(page, "换手机号").click();
    await page.getByLabel("新手机号").fill("19900000099");
    await steps.button(page, "获取验证码").click();
    await page.getByText("验证码已发到新手机号").waitFor();
    await usable(page);
    await page.getByLabel("验证码", { exact: true }).fill(await system.codeSentTo("19900000099"));
    await steps.button(page, "换成这个手机号").click();
    await page.getByText(/收到了。.*换成 \*{9}99。/).waitFor();
    await usable(page);
    await steps.button(page, "好").click();
    await page.getByText(/要到.*换成 \*{9}99。/).waitFor();
    await steps.button(page, "停止换号").click();
    await page.getByRole("heading", { name: "有一个换手机号在等着生效" }).waitFor({ state: "detached" });
  });

  test("退出所有设备 ends the other phone too", async () => {
    const [page, other] = [await steps.phone(), await steps.phone()];
    // Bound to nobody yet: both phones are signed in to one account.
    for (const one of [page, other]) {
      await one.goto(`${system.origin}/m/`);
      await steps.button(one, "登录").click();
      await one.getByLabel("手机号").fill("19900000098");
      await steps.button(one, "获取验证码").click();
      await one.getByText("验证码已用短信发出").waitFor();
      await one.getByLabel("验证码", { exact: true }).fill(await system.codeSentTo("19900000098"));
      await steps.button(one, "登录").click();
      await steps.button(one, "确认您是谁").waitFor();
    }
    await page.goto(`${system.origin}/m/#/pages/me/index`);
    await steps.button(page, "退出所有设备").click();
    await page.getByRole("heading", { name: "退出所有设备？" }).waitFor();
    await usable(page);
    await steps.button(page, "退出这个账号").click();
    await steps.button(page, "登录").first().waitFor();
    await other.goto(`${system.origin}/m/#/pages/me/index`);
    await steps.button(other, "登录").first().waitFor();
  });
});
