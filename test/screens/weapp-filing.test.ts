import { afterEach, beforeAll, expect, test } from "vitest";
import { build, frontEnds, isBuilt } from "../../local/build.ts";
import { type Resident, wholeYear } from "../../local/county/people.ts";
import { day } from "../../shared/day.ts";
import { phonePhoto } from "../api/attachment-steps.ts";
import { draft, look, proven as provenCall, southerner } from "../api/filing-steps.ts";
import { eventually } from "../world/patience.ts";
import { raw, type World, world } from "../world/world.ts";
import { type Answers, type Phone, phone } from "./weapp-runtime.ts";
import { boundTo, proven, shows, signedIn } from "./weapp-steps.ts";

let county: World;
let photo: Buffer;
beforeAll(async () => {
  if (!isBuilt(frontEnds.weapp)) await build(frontEnds.weapp);
  [county, photo] = await Promise.all([world(), phonePhoto()]);
});

const open: Phone[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.stop();
  county.turn("2025-11-20");
});

const calls: string[] = [];
const answers: Answers = ({ method, url, token, body }) => {
  calls.push(`${method} ${url.pathname}`);
  return raw(method, `${url.pathname}${url.search}`, { token, body });
};
let logins = 0;

/** A phone in the hand of somebody who has proven who they are, at the first page of filing. */
async function filing(person: Resident): Promise<Phone> {
  const login = `demo-filing${++logins}`;
  const one = phone({ answers, loginCode: () => login, photos: [photo] });
  open.push(one);
  await signedIn(one);
  await boundTo(one, person, "2025年　");
  await one.press("办事");
  await shows(one, "异地就医备案");
  await one.press("异地就医备案");
  await proven(one, county, person);
  await shows(one, "去外地看病，您是哪种情况？");
  return one;
}

/** From the first page to the one where everything is checked. */
async function toCheck(one: Phone, kind: string, city: string): Promise<void> {
  await shows(one, kind);
  await one.press(kind);
  await shows(one, "要准备什么");
  await one.press("下一步：去哪里");
  await shows(one, "去哪个城市看病");
  await one.type("找城市", city);
  await one.press(city);
  await one.press("下一步：核对");
  await shows(one, "请核对", "假如在那里住院花了20,000元");
}

test("a migrant worker sees what filing changes, signs, presses twice, and it is in force once", async () => {
  const person = await southerner(county, { name: "熊志明" });
  const one = await filing(person);
  await toCheck(one, "长期在外地打工、上班", "烟台");
  await shows(one, "不备案", "按长期异地备案", "一直有效，直到您结束或变更");
  const told = one.text().replaceAll("\n", "");
  // By hand: 20,000.00 in a tertiary hospital of another province, 2025: 20 % first unless filed, then 600.00, then 60 %.
  expect(told).toMatch(/不备案您自己付¥10,760\.00/);
  expect(told).toMatch(/按长期异地备案您自己付¥8,360\.00/);
  await one.press("不备案，为什么是这个数");
  await shows(one, "异地先行自付比例", "江西省南昌市医保政策汇编");
  await one.press("知道了");

  await one.press("提交备案");
  await shows(one, "请写上您自己的姓名。");
  await eventually(() => expect(one.scrolls()).toBe(1));
  await one.type("签名", "熊大");
  await one.press("提交备案");
  await shows(one, "请签上您自己的名字，和登记的姓名一致。");
  expect(one.typed("签名")).toBe("熊大");
  await one.type("签名", "熊志明");
  calls.length = 0;
  await Promise.all([one.press("提交备案"), one.press("提交备案")]);
  await shows(one, "备案办好了", "已经生效，可以去看病", "还剩180天", "2026年5月20日起可以办", "看病时带上");
  expect(calls.filter((call) => call.endsWith("/submission"))).toHaveLength(1);
  await one.press("备案回执单");
  await shows(one, "异地就医备案回执单", "已生效，待补证明");
});

test("what is wrong is said beside the question, and nothing that was answered is lost", async () => {
  const one = await filing(await southerner(county));
  await shows(one, "长期住在外地");
  await one.press("下一步：去哪里");
  await shows(one, "请先选一种情况。");
  await one.press("在外地突发急病");
  await shows(one, "不用备案，先救人");
  expect(one.pressable().join()).not.toContain("下一步");
  await one.press("临时外出看病");
  await shows(one, "不用交材料。", "提交以后马上生效。");
  await one.press("下一步：去哪里");
  await shows(one, "去哪个城市看病");
  await one.press("下一步：核对");
  await shows(one, "请先选一个城市。");
  await one.type("找城市", "九江");
  await one.press("九江市");
  await one.press("下一步：核对");
  await shows(one, "在这里看病不用备案");
  await one.press("换一个城市");
  await shows(one, "去得多的");
  await one.press("上海市");
  await one.press("已经住院了");
  await one.type("哪天入院的", "20240101");
  await one.press("下一步：核对");
  await shows(one, "开始日期不对", "可以选2025年8月22日到");
  expect(one.typed("哪天入院的")).toBe("20240101");
  await one.type("哪天入院的", "20251118");
  await one.press("下一步：核对");
  await shows(one, "请核对", "这是补办：出院结账以前生效", "不用交材料");
  one.back();
  await shows(one, "上海市", "2025年11月18日起");
  one.back();
  await shows(one, "您是哪种情况？");
  await one.press("看办过的备案");
  await shows(one, "等您办的", "去上海市", "草稿");
});

test("a photo is sent with its progress, and an officer returns it: one list, ticked off, mended and sent again", async () => {
  const person = await southerner(county);
  const one = await filing(person);
  await toCheck(one, "医院开了转诊证明", "北京");
  await one.press("提交备案");
  await shows(one, "请先拍照上传一份材料。");
  await one.press("拍照");
  await shows(one, "材料1（照片）", "还可以加5份");
  await one.press("提交备案");
  await shows(one, "审核中", "最晚2025年11月25日有结果", "撤回备案");

  const { call } = await county.signIn(person);
  await county.prove(call, person);
  const { filings } = await call("filings.mine", { query: {} });
  const { filingNo, version } = filings[0]!;
  const officer = await county.officer(`filings-${logins}`, "360100", ["filings"]);
  const mend = ["证明上没有医院的公章", "最后一页没有拍到日期"];
  await officer("filings-agency.decide", {
    params: { personNo: person.personNo, filingNo },
    body: { what: "return", version, mend },
  });
  await one.press("看所有备案");
  await shows(one, "等您办的", "退回补正");
  await one.press("去北京市");
  await shows(one, "一共2处要补正", ...mend);
  await one.press(mend[0]!);
  await eventually(() => expect(one.pressable().join()).toContain(mend[0]!));
  await one.press("去补正");
  await shows(one, "改好以后再提交", "材料1（上次交的）");
  await one.press("去掉材料1");
  await one.press("拍照");
  await shows(one, "材料1（照片）");
  await one.press("提交备案");
  await shows(one, "审核中");
  expect((await look(call, filings[0]!)).history.map(({ event }) => event)).toEqual(["submit", "return", "submit"]);
});

test("a long-term filing is changed after the lock: what will happen is said first, and the old one gives way", async () => {
  const coverBefore = [2024, 2025, 2026].map(wholeYear);
  const person = await southerner(county, { name: "熊志明", coverBefore });
  const one = await filing(person);
  await toCheck(one, "长期在外地打工、上班", "烟台");
  await one.type("签名", "熊志明");
  await one.press("提交备案");
  await shows(one, "备案办好了");
  expect(one.pressable().join()).not.toContain("变更");
  await one.press("拍照上传证明");
  await one.press("从相册里选");
  await shows(one, "材料1（照片）");
  await one.press("交上证明");
  await shows(one, "补交的证明正在看");

  county.turn("2026-05-20");
  await one.press("看所有备案");
  await shows(one, "正在用的");
  await one.press("去山东省烟台市");
  await shows(one, "变更（换地方或换情况）");
  await one.press("变更");
  await shows(one, "变更这个备案？", "新的生效以前，原来的一直有效。", "先不办");
  await one.press("去变更");
  await shows(one, "变更备案，现在是哪种情况？", "长期住在外地");
  expect(one.pressable().join()).not.toContain("临时外出");
  await one.press("长期住在外地");
  await one.press("下一步：换到哪里");
  await shows(one, "变更从今天（2026年5月20日）起生效", "以前填过的烟台市");
  await one.press("上海市");
  await one.press("下一步：核对");
  await shows(one, "请核对", "原来的备案就结束，换成这一个");
  await one.type("签名", "熊志明");
  await one.press("提交备案");
  await shows(one, "备案办好了", "去上海市");
  await one.press("看换掉的那个备案");
  await shows(one, "已变更", "看现在的备案");
});

test("a draft made on another phone is taken up here, changed, submitted, and ended", async () => {
  const person = await southerner(county);
  await draft(await provenCall(county, person), { kind: "temporary", destination: "310000", from: day("2025-11-20") });
  const one = await filing(person);
  await shows(one, "上次的还没办完：去上海市");
  await one.press("接着办");
  await shows(one, "请核对", "不用交材料");
  await one.press("改：去哪里");
  await shows(one, "去哪个城市看病", "上海市");
  await one.press("换一个城市");
  await shows(one, "去得多的");
  await one.press("杭州市");
  await one.press("下一步：核对");
  await shows(one, "请核对", "去哪里浙江省杭州市");
  await one.press("提交备案");
  await shows(one, "备案办好了", "去浙江省杭州市", "看病时带上");
  await one.press("结束备案");
  await shows(one, "结束这个备案？", "再去浙江省杭州市看病，就按没有备案报销");
  await one.press("先不办");
  await one.press("结束备案");
  await one.press("确认结束");
  await shows(one, "已结束", "再备案一次");
});

test("hospitals of a place are looked for without signing in to anything more, and none says so", async () => {
  const one = await filing(await southerner(county));
  await one.press("看办过的备案");
  await shows(one, "还没有备案");
  await one.press("外地联网医院");
  await shows(one, "哪个城市");
  await one.press("北京市");
  await shows(one, "还没有查到北京市的联网医院");
});
