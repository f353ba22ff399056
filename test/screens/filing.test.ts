import { createHmac, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import * as ask from "../../hospital/asks.ts";
import { overHttp, type Sender, send } from "../../hospital/client.ts";
import type { Moment } from "../../shared/gateway/field.ts";
import { faultless, opensSystem, steps, system, usable } from "./opening.ts";

opensSystem();

const hospital = { code: "H37061100001", name: "烟台市演示中心医院" };
/** Of 南昌, working in 烟台; and of 烟台. */
const worker = { telephone: "19900000008", name: "熊志明", identityNumber: "" };
const farmer = { telephone: "19900000002", name: "赵建军", identityNumber: "379901198709150019" };
const section = (page: Page, title: string) => page.getByRole("region", { name: title, exact: true });
/** Who paid, as the chart says it to whoever cannot see it. */
const payers = (page: Page) => page.getByRole("img", { name: /^基本医保/ }).getAttribute("aria-label");
const photo = () =>
  sharp({ create: { width: 600, height: 800, channels: 3, background: "#fafafa" } })
    .jpeg()
    .toBuffer();

async function city(page: Page, words: string, name: string): Promise<void> {
  await page.getByLabel("找城市").fill(words);
  await page.getByRole("radio", { name: new RegExp(`^${name}`) }).click();
}

/** Chooses a photo as a phone's album would give it. */
async function attach(page: Page): Promise<void> {
  const chosen = page.waitForEvent("filechooser");
  await steps.button(page, /^从手机里选/).click();
  await (await chosen).setFiles({ name: "转诊单.jpg", mimeType: "image/jpeg", buffer: await photo() });
  await page.getByText("材料1（照片）").waitFor();
}

// By hand, 南昌 at a tertiary hospital: 600.00 deductible, 60 %. A stay of 8 × 1,000 = 8,000.00, all in scope: not filed, 20 %
// of it up front: (6,400 − 600) × 60 % = 3,480.00, own 4,520.00; filed for long: (8,000 − 600) × 60 % = 4,440.00, own 3,560.00.
// The example of 20,000.00: (16,000 − 600) × 60 % = 9,240.00, own 10,760.00; (20,000 − 600) × 60 % = 11,640.00, own 8,360.00.
describe("a migrant worker files by commitment in three screens while he lies in hospital; what the hospital previews changes", () => {
  let desk: Page;
  let phone: Page;
  let personNo: string;

  test("the hospital sees that nothing is filed, and what that comes to", async () => {
    worker.identityNumber = await identityNumberOf(worker.name);
    desk = await steps.officer("福山区 陈主任");
    await steps.openDesk(desk, hospital.code);
    await steps.receive(desk, worker.identityNumber);
    await section(desk, "病人").getByText("没有备案，出院结算前可以补办").waitFor();
    personNo = (await desk.locator(".desk-facts .number").first().textContent()) ?? "";
    await desk.getByLabel("门诊还是住院").getByText("住院", { exact: true }).click();
    await steps.button(desk, /^入院登记/).click();
    await steps.charge(desk, "阿莫西林胶囊", "8", "1000");
    expect(await payers(desk)).toContain("基本医保3480.00元");
    expect(await payers(desk)).toContain("病人自己4520.00元");
    await faultless(desk);
  });

  test("screen one: who he is, and what that asks for", async () => {
    phone = await steps.phone();
    await steps.signIn(phone, worker.telephone, worker.name, worker.identityNumber);
    await phone.getByRole("link", { name: "办事" }).click();
    await steps.button(phone, /^异地就医备案/).click();
    await steps.prove(phone, worker.telephone, worker.identityNumber);
    await phone.getByRole("heading", { name: "去外地看病，您是哪种情况？" }).waitFor();
    await usable(phone);
    await phone.getByRole("radio", { name: /^长期在外地打工、上班/ }).click();
    await phone.getByText("签一份承诺书就能办，提交以后马上生效。6个月里再补交下面任意一样材料。").waitFor();
    await usable(phone);
    await steps.button(phone, "下一步：去哪里").click();
  });

  test("screen two: where, and since when; a place at home is refused beside the field", async () => {
    await phone.getByRole("heading", { name: "去哪里，从哪天起？" }).waitFor();
    await city(phone, "赣州", "赣州市");
    await steps.button(phone, "下一步：核对").click();
    await phone.getByText(/在这里看病不用备案，待遇和平时一样/).waitFor();
    await steps.button(phone, /^换一个城市/).click();
    await city(phone, "烟台", "烟台市");
    await phone.getByRole("radio", { name: /^已经住院了，从入院那天起/ }).click();
    await phone.getByLabel("哪天入院的").fill("20251115");
    await usable(phone);
    await steps.button(phone, "下一步：核对").click();
  });

  test("screen three: what it changes, by the same law as the bill; his name under the commitment; in force", async () => {
    await phone.getByRole("heading", { name: "请核对" }).waitFor();
    await phone.getByText("不备案", { exact: true }).waitFor();
    const own = await phone.locator(".case .amount.large").allTextContents();
    expect(own).toEqual(["¥10,760.00", "¥8,360.00"]);
    await usable(phone);
    const asked = steps.button(phone, "不备案，为什么是这个数");
    await asked.click();
    const why = phone.getByRole("dialog", { name: "不备案：为什么" });
    await why
      .getByText(/江西省南昌市医保政策汇编/)
      .first()
      .waitFor();
    await usable(phone);
    const focused = (one: Locator) => one.evaluate((element) => element.contains(document.activeElement));
    for (const key of ["Tab", "Tab", "Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab"]) {
      expect(await focused(why)).toBe(true);
      await phone.keyboard.press(key);
    }
    await phone.keyboard.press("Escape");
    await why.waitFor({ state: "detached" });
    expect(await focused(asked)).toBe(true);
    await asked.click();
    // Beside the sheet.
    await phone.mouse.click(180, 20);
    await why.waitFor({ state: "detached" });
    await asked.click();
    await steps.button(phone, "知道了").click();
    await phone.getByLabel("签名").fill("张三");
    await steps.button(phone, "提交备案").click();
    await phone.getByText(/请签上您自己的名字/).waitFor();
    await phone.getByLabel("签名").fill(worker.name);
    await steps.button(phone, "提交备案").click();
    await phone.getByRole("heading", { name: "备案办好了" }).waitFor();
    await phone
      .getByText(/请在2026年5月19日以前补交证明材料/)
      .first()
      .waitFor();
    await usable(phone);
  });

  test("the desk asks again: filed, and the preview is the bill of somebody who filed before", async () => {
    await steps.button(desk, "再查一次").click();
    await section(desk, "病人")
      .getByText(/已备案：常驻异地工作/)
      .waitFor();
    await expect.poll(() => payers(desk)).toContain("病人自己3560.00元");
    expect(await payers(desk)).toContain("基本医保4440.00元");
    await faultless(desk);
    await steps.settle(desk, /^办出院并结算.*¥8,000\.00/);
    expect(await payers(desk)).toContain("病人自己3560.00元");
  });

  test("a referral that a hospital sends (2501) is a filing of his, in force", async () => {
    const to = { code: "H11010500001", name: "北京市演示医院", area: "110105" };
    const disease = { code: "J18", name: "肺炎" };
    const said = await send(sender(), "2501", ask.refer(personNo, to, "2025-11-20", disease), {
      insuredArea: "360100",
    });
    expect(said).toMatchObject({ kind: "done" });
    await phone.goto(`${system.origin}/m/#/pages/filings/mine/index`);
    await phone.reload();
    await phone.getByText("去北京市").first().waitFor();
    await phone
      .getByText(/异地转诊/)
      .first()
      .waitFor();
    await usable(phone);
  });
});

describe("an officer returns a filing, and the resident mends it", () => {
  let console_: Page;
  let phone: Page;

  test("a referral with a photo of the paper goes to an officer", async () => {
    phone = await steps.phone();
    await steps.signIn(phone, farmer.telephone, farmer.name, farmer.identityNumber);
    await phone.getByRole("link", { name: "办事" }).click();
    await steps.button(phone, /^异地就医备案/).click();
    await steps.prove(phone, farmer.telephone, farmer.identityNumber);
    await phone.getByRole("radio", { name: /^医院开了转诊证明/ }).click();
    await steps.button(phone, "下一步：去哪里").click();
    await city(phone, "北京", "北京市");
    await steps.button(phone, "下一步：核对").click();
    await phone.getByRole("heading", { name: "请核对" }).waitFor();
    await attach(phone);
    await usable(phone);
    await steps.button(phone, "提交备案").click();
    await phone
      .getByText(/已经提交，最晚2025年11月25日有结果/)
      .first()
      .waitFor();
    await usable(phone);
  });

  test("the officer looks at the paper and returns it with one list", async () => {
    console_ = await steps.officer("福山区 陈主任");
    await console_.getByRole("link", { name: "备案待办" }).click();
    await console_.getByRole("link", { name: farmer.name }).click();
    await faultless(console_);
    await section(console_, "证明材料").getByRole("img").first().waitFor();
    await console_.keyboard.press("r");
    const dialog = console_.getByRole("dialog");
    await dialog.getByRole("checkbox", { name: /^材料拍得不清楚/ }).check();
    await dialog.getByRole("button", { name: "退回补正" }).click();
    await console_.getByText(/备案：退回补正/).waitFor();
  });

  test("the resident reads what to mend, sends a better photo, and it is agreed", async () => {
    await phone.reload();
    await phone.getByText("一共1处要补正").first().waitFor();
    await phone
      .getByText(/材料拍得不清楚/)
      .first()
      .waitFor();
    await usable(phone);
    await steps.button(phone, "去补正").click();
    await phone.getByRole("heading", { name: "改好以后再提交" }).waitFor();
    await steps.button(phone, /^去掉材料1/).click();
    await attach(phone);
    await steps.button(phone, "提交备案").click();
    await phone
      .getByText(/已经提交/)
      .first()
      .waitFor();
    await console_.getByRole("link", { name: "备案待办" }).first().click();
    await console_.getByRole("link", { name: farmer.name }).click();
    await section(console_, "证明材料").getByRole("img").first().waitFor();
    await console_.keyboard.press("a");
    await console_
      .getByRole("dialog")
      .getByRole("button", { name: /^同\s?意$/ })
      .click();
    await console_.getByText(/备案：已生效/).waitFor();
    await phone.reload();
    await phone.getByRole("heading", { name: /^(备案办好了|已生效)$/ }).waitFor();
    await usable(phone);
  });
});

/** A demonstration person's identity number, as the page of whom to sign in as tells it. */
async function identityNumberOf(name: string): Promise<string> {
  const text = await (await fetch(system.origin)).text();
  return new RegExp(`${name}[\\s\\S]*?(3799\\d{13}[\\dX])`).exec(text)?.[1] ?? "";
}

/** The hospital's own system, speaking over HTTP with its key. */
function sender(): Sender {
  const secret = readFileSync(join(system.folder, "providers.key"), "utf8").trim();
  return {
    providerCode: hospital.code,
    providerName: hospital.name,
    careArea: "370611",
    keyNo: "DEMO00000001",
    algorithm: "HMAC-SM3",
    secret: createHmac("sha256", secret).update(hospital.code).digest("hex"),
    now: Date.now,
    business: () => "2025-11-20 12:00:00" as Moment,
    random: () => randomBytes(12).toString("hex"),
    post: overHttp(system.origin),
  };
}
