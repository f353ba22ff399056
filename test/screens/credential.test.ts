import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { browser, faultless, opensSystem, steps, system, usable } from "./opening.ts";

opensSystem();

const grandmother = ["19900000001", "王秀英", "379901195303080002"] as const;
const hospitalCode = "H37061100001";
const hospital = "烟台市演示中心医院";

/** A hospital's row of the first page, as somebody copies it: its name, its code with the key's number, the secret. */
async function keyRow(): Promise<string> {
  const page = await (await fetch(system.origin)).text();
  const [, key, secret] = new RegExp(`(${hospitalCode}\\.\\w+)</code>.*?<code>([0-9a-f]{64})`, "s").exec(page)!;
  return `${hospital} ${key} ${secret}`;
}

/** A resident who has just opened their code. */
async function opened(...[telephone, name, number]: readonly [string, string, string]): Promise<Page> {
  const phone = await steps.phone();
  await steps.signIn(phone, telephone, name, number);
  await steps.button(phone, "出示医保码").click();
  await steps.button(phone, "开通医保码").click();
  await steps.prove(phone, telephone, number);
  await phone.getByRole("heading", { name: "还没有开通" }).waitFor();
  await usable(phone);
  await steps.button(phone, "开通医保码").click();
  await shownCode(phone).waitFor();
  return phone;
}

const shownCode = (page: Page) => page.getByRole("img", { name: /^医保码，还有\d+秒更新$/ });

/** The picture of the code, as a camera would see it; each picture is of a code that nobody has read. */
async function pictureOf(page: Page): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const before = await shownCode(page).getAttribute("src");
  await steps.button(page, "马上换一个").click();
  await expect.poll(() => shownCode(page).getAttribute("src")).not.toBe(before);
  return { name: "code.png", mimeType: "image/png", buffer: await shownCode(page).screenshot() };
}
type Picture = Awaited<ReturnType<typeof pictureOf>>;

async function readAt(desk: Page, picture: Picture): Promise<void> {
  if (!(await desk.getByLabel("码的图片").isVisible())) await desk.getByText("图片", { exact: true }).click();
  await desk.getByLabel("码的图片").setInputFiles(picture);
}

/** The next patient shows a code, not a card. */
const showCode = (desk: Page) =>
  desk.getByRole("region", { name: "病人" }).getByText("医保码", { exact: true }).click();

/** A window of a hospital at the console, ready for the next patient's code. */
async function deskOf(): Promise<Page> {
  const desk = await steps.officer("福山区 陈主任");
  await desk.getByRole("link", { name: "机构试用台" }).click();
  await desk.getByLabel("机构编码").fill(await keyRow());
  await steps.button(desk, /签到/).click();
  await showCode(desk);
  return desk;
}

describe("a code that is shown, read, and seen by its owner", () => {
  let phone: Page;
  let desk: Page;
  let used: Picture;

  /** Opens the page anew: what happened meanwhile is on it. */
  const lookAgain = async () => {
    await steps.button(phone, "返回").click();
    await steps.button(phone, /^谁用过我的码/).click();
  };

  test("a resident opens it after a second proof, one press from home, and it counts down", async () => {
    phone = await opened(...grandmother);
    await usable(phone);
    const text = await phone.locator(".main:visible").textContent();
    expect(text).toContain("王*英（本人）");
    expect(text).not.toMatch(/王秀英|379901/);
  });

  test("the desk reads the picture of the QR from its pixels, once, and the person is there", async () => {
    desk = await deskOf();
    used = await pictureOf(phone);
    await readAt(desk, used);
    const patient = desk.getByRole("region", { name: "病人" });
    await patient.getByText("王秀英").waitFor();
    await patient.getByText("可以享受").waitFor();
    await steps.button(desk, /挂号并上传诊断/).click();
    await desk.getByRole("heading", { name: "请病人再出示一次医保码，用于结算" }).waitFor();
    await readAt(desk, await pictureOf(phone));
    await desk.getByRole("heading", { name: "结算用的码已经读过" }).waitFor();
  });

  test("the same picture a second time is refused, with when and where the first was", async () => {
    await steps.button(desk, /下一位/).click();
    await showCode(desk);
    // The same question of the same provider would be answered alike: this is another one.
    const purpose = desk.getByRole("combobox", { name: /^做什么用/ });
    await purpose.press("ArrowDown");
    await desk.locator("#desk-purpose[aria-expanded=true]").waitFor();
    await purpose.press("ArrowDown");
    await purpose.press("Enter");
    await desk.getByRole("region", { name: "病人" }).getByTitle("住院建档（01102）").waitFor();
    await readAt(desk, used);
    const no = desk.getByRole("alert");
    await no.getByText("这个码已经用过一次").waitFor();
    expect(await no.textContent()).toContain(hospital);
    await no.getByText("code-used").waitFor();
  });

  test("the resident sees both uses: where, for what, when", async () => {
    await steps.button(phone, /^谁用过我的码/).click();
    await phone.getByText("挂号").waitFor();
    await phone.getByText("结算", { exact: true }).waitFor();
    expect(await phone.getByRole("heading", { name: hospital }).count()).toBe(2);
    await usable(phone);
  });

  test("a daughter opens the grandmother's code on her own phone and shows it; the grandmother sees who did, and when", async () => {
    const daughter = await steps.phone();
    await steps.signIn(daughter, "19900000003", "孙晓燕", "379901199604270000");
    await steps.button(daughter, /^亲情账户/).click();
    await steps.prove(daughter, "19900000003", "379901199604270000");
    await steps.add(daughter, grandmother[1], grandmother[2], "父母");
    await steps.button(daughter, /^请王秀英同意/).click();
    await daughter.getByRole("heading", { name: "请王秀英把验证码念给您" }).waitFor();
    await daughter.getByLabel("同意验证码").fill(await system.codeSentTo(grandmother[0]));
    await steps.button(daughter, "提交验证码").click();
    await steps.button(daughter, "替王秀英出示医保码").click();
    // She has it on her own phone already.
    await steps.button(daughter, "在这部手机上打开").click();
    const told = daughter.waitForResponse((reply) => reply.url().endsWith("/credential/showings"));
    await shownCode(daughter).waitFor();
    await told;
    await usable(daughter);
    await lookAgain();
    await phone.getByRole("heading", { name: "家人替您出示过" }).waitFor();
    await phone.getByText("孙*燕").waitFor();
    await usable(phone);
  });
});

/** A window that checks codes with the network off; its list is of the moment at which it was opened. */
async function checkerOf(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "zh-CN" });
  const checker = await context.newPage();
  checker.setDefaultTimeout(60_000);
  await checker.goto(`${system.origin}/console/offline.html`);
  await checker.getByLabel("机构编码").fill(hospitalCode);
  await steps.button(checker, "下载今天的名单").click();
  await checker.getByText("不到1小时以前").waitFor();
  await opensAgain(checker);
  return checker;
}

/** Takes the network away, once what it takes to open the page again was laid by, and opens it again. */
async function opensAgain(page: Page): Promise<void> {
  const laidBy = () => page.evaluate(async () => (await (await caches.open("shell")).keys()).length);
  await expect.poll(laidBy).toBeGreaterThan(5);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.context().setOffline(true);
  await page.reload();
}

describe("a use that was not the owner's", () => {
  let phone: Page;

  test("“不是我” suspends at once and opens a case with a number and a last day; desk and checker refuse the code", async () => {
    phone = await opened("19900000005", "田桂兰", "37990119581011000X");
    const desk = await deskOf();
    await readAt(desk, await pictureOf(phone));
    await desk.getByRole("region", { name: "病人" }).getByText("田桂兰").waitFor();
    const before = await pictureOf(phone);
    await steps.button(phone, /^谁用过我的码/).click();
    await steps.button(phone, /不是我用的$/).click();
    await steps.button(phone, "挂失并请人核查").waitFor();
    await usable(phone);
    await steps.button(phone, "挂失并请人核查").click();
    await phone.getByRole("heading", { name: "已经挂失，开始核查" }).waitFor();
    await phone.getByText("最晚哪天有结果").waitFor();

    await steps.button(desk, /下一位/).click();
    await showCode(desk);
    await readAt(desk, before);
    await desk.getByRole("alert").getByText("code-revoked").waitFor();
    const checker = await checkerOf();
    await readAt(checker, before);
    await checker.getByRole("heading", { name: /不能用/ }).waitFor();
    await checker.getByText("code-revoked").waitFor();
    await usable(phone);
  });

  test("a suspended code is not shown, also without a network; its owner gives it back", async () => {
    await steps.button(phone, "回医保码").click();
    await phone.getByRole("heading", { name: "已经挂失，不能用" }).waitFor();
    await usable(phone);
    await opensAgain(phone);
    await phone.getByRole("heading", { name: "已经挂失，不能用" }).waitFor();
    expect(await shownCode(phone).count()).toBe(0);
    await phone.context().setOffline(false);
    await steps.button(phone, "恢复使用").click();
    await shownCode(phone).waitFor();
  });

  test("an officer sees the case and decides it, with a reason that the resident reads", async () => {
    const officer = await steps.officer("福山区 陈主任");
    await officer.getByRole("link", { name: "用码疑点" }).click();
    await officer.getByRole("link", { name: "田桂兰" }).click();
    await officer.getByRole("region", { name: "用码记录" }).getByText(hospital).waitFor();
    await steps.button(officer, /^check 属实/).click();
    await officer.getByLabel(/理由/).fill("已和医院核实，不是本人使用");
    await officer.getByRole("dialog").getByRole("button", { name: "属实", exact: true }).click();
    await officer.getByText("没有等核查的疑点").waitFor();
    await steps.button(phone, /^谁用过我的码/).click();
    await phone.getByText("已和医院核实，不是本人使用").waitFor();
    await usable(phone);
  });
});

describe("without a network", () => {
  let phone: Page;
  let checker: Page;

  test("the phone shows its code after it was opened again with the network off, and says until when it can", async () => {
    phone = await opened("19900000002", "赵建军", "379901198709150019");
    await opensAgain(phone);
    await shownCode(phone).waitFor();
    await phone.getByText(/离线可用，到\d+年\d+月\d+日为止/).waitFor();
    await usable(phone);
  });

  test("the checker takes the code once, and says how old its list is", async () => {
    checker = await checkerOf();
    await checker.getByText("不到1小时以前").waitFor();
    const picture = await pictureOf(phone);
    await readAt(checker, picture);
    await checker.getByRole("heading", { name: /码是真的，现在有效/ }).waitFor();
    await faultless(checker);
    await readAt(checker, picture);
    await checker.getByRole("heading", { name: /不能用/ }).waitFor();
    await checker.getByText("code-used").waitFor();
    await checker.getByText("1 次", { exact: true }).waitFor();
    await faultless(checker);
  });

  test("with the network back the use is handed in, and the resident sees that it was read offline", async () => {
    await checker.context().setOffline(false);
    await steps.button(checker, /补报/).first().click();
    await checker.getByLabel("机构编码").fill(await keyRow());
    await checker.getByRole("form", { name: "用机构密钥补报" }).getByRole("button", { name: /补报/ }).click();
    await checker.getByText("补报了1次").waitFor();
    await checker.getByText("0 次", { exact: true }).waitFor();
    await phone.context().setOffline(false);
    await steps.button(phone, /^谁用过我的码/).click();
    await phone.getByText("当时窗口没有网络，后来补报的。").waitFor();
    await phone.getByRole("heading", { name: hospital }).waitFor();
  });
});
