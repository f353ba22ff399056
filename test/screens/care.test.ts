import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { faultless, opensSystem, steps, system, usable } from "./opening.ts";

opensSystem();

const hospital = { code: "H37061100001", name: "烟台市演示中心医院" };
const [telephone, name, identityNumber] = ["19900000005", "田桂兰", "37990119581011000X"] as const;
const section = (page: Page, title: string) => page.getByRole("region", { name: title, exact: true });
const card = (page: Page, title: string) =>
  page.locator(".card", { has: page.getByRole("heading", { name: title, exact: true }) });

/** Who paid, as the chart says it to whoever cannot see it. */
const payers = (page: Page) => page.getByRole("img", { name: /^基本医保/ }).getAttribute("aria-label");

/** What a page read aloud: headless Chromium has a `speechSynthesis` but no voices, so what it is given is kept. */
const spoken = (page: Page) => page.evaluate(() => (window as { spoken?: string[] }).spoken ?? []);

// By hand: a stay of 8 × 9,999 = 79,992.00 in a tertiary hospital, all in scope, and a visit of 8 × 10 = 80.00 before it.
// 基本 (79,992 − 800) × 45 %; 大病 (44,355.60 − 7,000) × 65 %; 救助 20,074.46 × 80 %; 再救助 begins at 5,000.
const stay = { basic: "35,636.40", critical: "24,281.14", aid: "16,059.57", own: "4,014.89" };
const visit = { basic: "40.00", own: "40.00" };

describe("the desk settles a 低保 patient's stay on one bill; the resident reads why, disputes another; an officer resolves it", () => {
  let desk: Page;
  let phone: Page;

  test("a visit of one line is settled at the desk", async () => {
    desk = await steps.officer("福山区 陈主任");
    await steps.openDesk(desk, hospital.code);
    await steps.receive(desk, identityNumber);
    await section(desk, "病人").getByText("低保对象").waitFor();
    await faultless(desk);
    await steps.button(desk, /^挂号/).click();
    await steps.charge(desk, "阿莫西林胶囊", "8", "10");
    const small = await steps.settle(desk, /^结算 ¥80\.00/);
    await small.getByRole("row", { name: `城乡居民基本医疗保险基金 ¥${visit.basic}` }).waitFor();
  });

  test("then a stay of hers is settled, by three funds on one bill", async () => {
    await steps.button(desk, /下一位/).click();
    await steps.receive(desk, identityNumber);
    await desk.getByLabel("门诊还是住院").getByText("住院", { exact: true }).click();
    await faultless(desk);
    await steps.button(desk, /^入院登记/).click();
    await steps.charge(desk, "阿莫西林胶囊", "8", "9999");
    const expected = `基本医保${stay.basic}元，大病保险${stay.critical}元，医疗救助${stay.aid}元，其他0.00元，病人自己${stay.own}元`;
    expect(await payers(desk)).toBe(expected.replaceAll(/(?<=\d),(?=\d)/g, ""));
    await faultless(desk);

    const bill = await steps.settle(desk, /^办出院并结算.*¥79,992\.00/);
    expect(await payers(desk)).toBe(expected.replaceAll(/(?<=\d),(?=\d)/g, ""));
    const funds = await bill.getByRole("table").first().getByRole("row").all();
    const paid = await Promise.all(funds.slice(1).map((row) => row.getByRole("cell").allTextContents()));
    expect(paid.map(([fund, amount]) => [fund, amount])).toEqual([
      ["城乡居民基本医疗保险基金", `¥${stay.basic}`],
      ["城乡居民大病医疗保险基金", `¥${stay.critical}`],
      ["医疗救助基金", `¥${stay.aid}`],
    ]);
    expect(paid[1]?.[2]).toContain("(44355.60 − 7000.00) × 65% = 24281.14（烟政办发〔2022〕25号 三(四)1）");
    const sums = await bill.locator(".desk-big dd").allTextContents();
    expect(sums).toEqual(["¥79,992.00", "¥75,977.11", `¥${stay.own}`]);
    await faultless(desk);
  });

  test("the resident sees the year: who paid, both ratios, and how far each threshold is", async () => {
    phone = await steps.phone();
    await phone.addInitScript(() => {
      const kept: string[] = [];
      Object.assign(window, { spoken: kept });
      window.speechSynthesis.speak = ({ text }) => kept.push(text);
    });
    await steps.signIn(phone, telephone, name, identityNumber);
    await phone.getByRole("link", { name: "办事" }).click();
    await steps.button(phone, /^我的费用/).click();
    await steps.prove(phone, telephone, identityNumber);
    await phone.getByText("2025年2笔，一共花了 ¥80,072.00。医保和救助一共付了 ¥76,017.11。").waitFor();
    expect(await payers(phone)).toBe("基本医保¥35,676.40，大病保险¥24,281.14，医疗救助¥16,059.57，您自己¥4,054.89");
    await phone.getByText(/实际报销比例94\.94%.*政策范围内报销比例94\.94%/).waitFor();
    await usable(phone);

    await steps.button(phone, "还差多少").click();
    await phone.getByText("今年已经报了40元，还能报360元。").waitFor();
    await phone.getByText("今年由您负担、能算进来的已有4,014.89元，还差985.11元到起付线").waitFor();
    const gone = await phone.getByRole("progressbar", { name: "大病保险起付线" }).getAttribute("aria-valuenow");
    expect(gone).toBe("100");
    await usable(phone);
    await steps.button(phone, "每一笔").click();
  });

  test("she reads why the stay cost what it cost, hears it, and finds the clauses one press deeper", async () => {
    await steps.button(phone, new RegExp(`^${hospital.name}.*住院`)).click();
    await phone.getByText("一共花了 ¥79,992.00。医保和救助一共付了 ¥75,977.11。").waitFor();
    await phone.getByRole("heading", { name: "您自己付" }).waitFor();
    expect(await phone.locator(".amount.large:visible").textContent()).toBe(`¥${stay.own}`);
    const sentences = [
      "按出院那天有效的登记，您是低保对象。",
      "起付线（先由您自己付的部分）是800元，剩下的79,192元按45%报，报35,636.40元。",
      "还有44,355.60元由您负担，超过起付线7,000元的部分，按65%报，报24,281.14元。",
      "还有20,074.46元由您负担，按80%付，付16,059.57元。",
      "最后，您自己付4,014.89元。",
    ];
    for (const sentence of sentences) await phone.getByText(sentence).waitFor();
    await phone.getByText(/实际报销比例94\.98%.*政策范围内报销比例94\.98%/).waitFor();
    await usable(phone);

    const why = card(phone, "怎么算的");
    await steps.button(phone, "读给我听").first().click();
    await steps.button(phone, "停下").waitFor();
    const heard = await spoken(phone);
    expect(heard).toHaveLength(1);
    for (const sentence of sentences) expect(heard[0]).toContain(sentence);
    expect(await why.textContent()).toContain(heard[0]);
    await steps.button(phone, "停下").click();

    await steps.button(phone, `大病保险付¥${stay.critical}，为什么`).click();
    const clauses = phone.getByRole("dialog", { name: "为什么：大病保险" });
    await clauses.getByText(`(44355.60 − 7000.00) × 65% → ¥${stay.critical}`).waitFor();
    await clauses.getByText("烟政办发〔2022〕25号 三(四)1").first().waitFor();
    await usable(phone);
    await steps.button(phone, "知道了").click();
    await clauses.waitFor({ state: "hidden" });

    await steps.button(phone, /^看费用明细/).click();
    await phone.getByText("阿莫西林胶囊").waitFor();
    await usable(phone);
    await steps.button(phone, "返回").click();
    await steps.button(phone, "返回").click();
  });

  test("she says that the visit is not hers, and is told a number and by when", async () => {
    await steps.button(phone, new RegExp(`^${hospital.name}.*普通门诊`)).click();
    await phone.getByText("一共花了 ¥80.00。医保一共付了 ¥40.00。").waitFor();
    await usable(phone);
    await steps.button(phone, "不是我的费用").click();
    await phone.getByLabel("想说的话").fill("那天我在家，没有看过门诊");
    await usable(phone);
    await steps.button(phone, "提交：不是我的费用").click();
    await phone.getByRole("heading", { name: "争议已经提交" }).waitFor();
    await phone.getByText("等经办人员受理，最晚2025年11月30日告诉您结果（10天内）。").waitFor();
    expect(await phone.locator(".code:visible").textContent()).toMatch(/^\w{10,}$/);
    await usable(phone);
  });

  test("the officer takes it, looks at the evidence, and decides for her; a second one agrees: the settlement is taken back", async () => {
    await desk.getByRole("link", { name: "争议" }).click();
    const row = desk.getByRole("link", { name });
    await row.waitFor();
    await faultless(desk);
    await row.click();
    await section(desk, "居民怎么说").getByText("那天我在家，没有看过门诊").waitFor();
    await section(desk, "就诊和结算").getByText(hospital.name).waitFor();
    await desk.getByText("阿莫西林胶囊").first().waitFor();
    expect(await payers(desk)).toContain("病人自己40.00元");
    await faultless(desk);
    await steps.button(desk, /接手/).click();
    await steps.button(desk, / 成立 a$/).click();
    const decision = desk.getByRole("dialog");
    await decision
      .getByText("另一位经办人员在“待复核”里同意以后，这笔结算撤销：基金支付的 ¥40.00 冲回，年度累计退回到结算以前。")
      .waitFor();
    await faultless(desk);
    await decision.getByLabel(/^理由/).fill("已和医院核实，不是本人就诊");
    await decision.getByRole("button", { name: "提出撤销结算" }).click();
    await decision.waitFor({ state: "hidden" });
    const second = await steps.officer("福山区 孙科员", "查询条件");
    await second.getByRole("link", { name: "待复核" }).click();
    await section(second, "提议").getByText("已和医院核实，不是本人就诊").waitFor();
    await faultless(second);
    await steps.button(second, / 同意 a$/).click();
    await second.getByText("没有等您复核的。").first().waitFor();
    await second.context().close();
    await desk.reload();
    await section(desk, "居民怎么说").getByText("现在：成立").waitFor();
    await section(desk, "结果").getByText("这笔结算已经撤销，不算在年度累计里。").waitFor();
    await faultless(desk);
  });

  test("she is told the result; the claim no longer counts, and the year is what the stay alone makes it", async () => {
    await phone.goto(`${system.origin}/m/#/pages/messages/inbox/index`);
    await steps.button(phone, "争议有结果了：看结果").click();
    await phone.getByText("已和医院核实，不是本人就诊　这笔结算已经撤销。").waitFor();
    await usable(phone);
    await steps.button(phone, "看这笔费用").click();
    await phone.getByText(/^这笔结算2025年11月20日已经撤销，不算数了。/).waitFor();
    await usable(phone);

    await phone.goto(`${system.origin}/m/#/pages/claims/mine/index`);
    await phone.getByText("2025年1笔，一共花了 ¥79,992.00。医保和救助一共付了 ¥75,977.11。").waitFor();
    expect(await payers(phone)).toBe(
      `基本医保¥${stay.basic}，大病保险¥${stay.critical}，医疗救助¥${stay.aid}，您自己¥${stay.own}`,
    );
    await phone.getByText("已撤销，不算数").waitFor();
    await usable(phone);
    await steps.button(phone, "还差多少").click();
    await phone.getByText("今年已经付了16,059.57元，还能付13,940.43元。").waitFor();
    expect(await phone.getByText("今年已经报了40元").count()).toBe(0);
  });
});
