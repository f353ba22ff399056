import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { openBrowser, startSystem } from "./harness.ts";
import { deskSteps, familySteps, journey } from "./steps.ts";

/** Takes the README's pictures anew from the real screens: node --import tsx test/screens/pictures.ts */
const folder = join(import.meta.dirname, "../../pictures");
mkdirSync(folder, { recursive: true });
const [system, browser] = await Promise.all([startSystem(20_000), openBrowser()]);
const common = journey(system, browser);
const { button, officer, phone, signIn } = common;
const { prove } = familySteps(system, common);
const { openDesk, receive, charge, settle } = deskSteps(common);
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

const hospital = { code: "H37061100001", name: "烟台市演示中心医院" };
const patient = { telephone: "19900000005", name: "田桂兰", identityNumber: "37990119581011000X" };
await openDesk(board, hospital.code);
await receive(board, patient.identityNumber);
await button(board, /^挂号/).click();
await charge(board, "阿莫西林胶囊", "8", "10");
await settle(board, /^结算 ¥/);
await button(board, /下一位/).click();
await receive(board, patient.identityNumber);
await board.getByLabel("门诊还是住院").getByText("住院", { exact: true }).click();
await button(board, /^入院登记/).click();
await charge(board, "阿莫西林胶囊", "8", "9999");
await settle(board, /^办出院并结算/);
await board.mouse.wheel(0, -2_000);
await picture(board, "desk");

const care = await phone();
await signIn(care, patient.telephone, patient.name, patient.identityNumber);
await care.getByRole("link", { name: "办事" }).click();
await button(care, /^我的费用/).click();
await prove(care, patient.telephone, patient.identityNumber);
await care.getByText(/^2025年2笔/).waitFor();
await picture(care, "claims");
await button(care, new RegExp(`^${hospital.name}.*住院`)).click();
await care.getByRole("heading", { name: "怎么算的" }).evaluate((heading) => {
  // Below the bar that stays on top.
  heading.style.scrollMarginTop = "72px";
  heading.scrollIntoView();
});
await picture(care, "claim");
await button(care, "返回").click();
await button(care, new RegExp(`^${hospital.name}.*普通门诊`)).click();
await button(care, "不是我的费用").click();
await care.getByLabel("想说的话").fill("那天我在家，没有看过门诊");
await button(care, "提交：不是我的费用").click();
await care.getByRole("heading", { name: "争议已经提交" }).waitFor();

await board.getByRole("link", { name: "争议" }).click();
await board.getByRole("link", { name: patient.name }).click();
await button(board, /接手/).click();
await board.getByText("已接手，由您答复").waitFor();
await board.getByText("已接手，由您答复").waitFor({ state: "hidden" });
await picture(board, "dispute");
// One whose three levels differ.
await board.goto(`${system.origin}/console/#/providers/H37061100003`);
await board.getByRole("region", { name: "三个等级" }).waitFor();
await picture(board, "provider");

// Somebody of 南昌 who works in 烟台 files for care there.
const worker = { telephone: "19900000008", name: "熊志明", identityNumber: "379901199105230012" };
const away = await phone();
await signIn(away, worker.telephone, worker.name, worker.identityNumber);
await away.getByRole("link", { name: "办事" }).click();
await button(away, /^异地就医备案/).click();
await prove(away, worker.telephone, worker.identityNumber);
await away.getByRole("radio", { name: /^长期在外地打工、上班/ }).click();
await picture(away, "filing-start");
await button(away, "下一步：去哪里").click();
await away.getByLabel("找城市").fill("烟台");
await away.getByRole("radio", { name: /^烟台市/ }).click();
await picture(away, "filing-where");
await button(away, "下一步：核对").click();
await away.getByText("不备案", { exact: true }).waitFor();
await away.getByText("不备案", { exact: true }).evaluate((title) => {
  title.style.scrollMarginTop = "72px";
  title.scrollIntoView();
});
await picture(away, "filing-check");
await away.getByLabel("签名").fill(worker.name);
await button(away, "提交备案").click();
await away.getByRole("heading", { name: "备案办好了" }).waitFor();
await picture(away, "filing");
await button(away, /联网医院/).click();
await away.getByText(hospital.name).waitFor();
await picture(away, "hospitals");
await away.goto(`${system.origin}/m/#/pages/filings/mine/index`);
await away.reload();
await away.getByText("去山东省烟台市").first().waitFor();
await picture(away, "filings");

// A referral with a paper waits for an officer.
await away.goto(`${system.origin}/m/#/pages/services/index`);
await away.reload();
await button(away, /^异地就医备案/).click();
await away.getByRole("radio", { name: /^医院开了转诊证明/ }).click();
await button(away, "下一步：去哪里").click();
await away.getByLabel("找城市").fill("北京");
await away.getByRole("radio", { name: /^北京市/ }).click();
await button(away, "下一步：核对").click();
const chosen = away.waitForEvent("filechooser");
await button(away, /^从手机里选/).click();
const sheet = await browser.newPage({ viewport: { width: 620, height: 780 } });
await sheet.setContent(`<body style="font: 20px/2 sans-serif; padding: 40px 50px; background: #fdfcf7">
  <h1 style="text-align: center; font-size: 30px">转诊转院证明（演示）</h1>
  <p>姓名：熊志明　　性别：男　　年龄：34岁</p><p>诊断：肺部结节，性质待查</p>
  <p>因本院条件所限，建议转往北京市演示医院进一步诊治。</p>
  <p style="text-align: right; margin-top: 120px">烟台市演示中心医院<br>2025年11月19日</p>
</body>`);
const buffer = await sheet.screenshot({ type: "jpeg" });
await (await chosen).setFiles({ name: "转诊单.jpg", mimeType: "image/jpeg", buffer });
await away.getByText("材料1（照片）").waitFor();
await button(away, "提交备案").click();
await away
  .getByText(/已经提交，最晚/)
  .first()
  .waitFor();
const reviewer = await officer("南昌市 涂科长", "等审核");
await reviewer.getByRole("link", { name: worker.name }).click();
await reviewer.getByRole("region", { name: "证明材料" }).getByRole("img").first().waitFor();
await picture(reviewer, "filing-case");

await browser.close();
system.stop();
process.exit(0);
