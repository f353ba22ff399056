import { keyCited } from "../policy/series.ts";

/** 文件登记 · one document that a rule cites, and how well we know its text. */
export interface Document {
  readonly title: string;
  /** 成文或公布日; null where our copy does not give it. */
  readonly dated: string | null;
  /** Where the text was read. `whole`: we read it all. `quoted`: a third party quotes the clause. `reported`: only its content is told. */
  readonly read: "whole" | "quoted" | "reported";
  readonly where: string;
  /** The day on which somebody last compared our figures with that text. */
  readonly checked: string;
}

const checked = "2026-11-21";

/**
 * Every document that a citation may name, under its number, or under its title where it has none that we know.
 * A number that we have not seen printed is never made up.
 */
export const documents = {
  "国办发〔2024〕38号": {
    title: "国务院办公厅关于健全基本医疗保险参保长效机制的指导意见",
    dated: "2024-07-26",
    read: "quoted",
    where: "中国政府网 content_6965741，条文经第三方核对摘录",
    checked,
  },
  "国办发〔2021〕42号": {
    title: "国务院办公厅关于健全重特大疾病医疗保险和救助制度的意见",
    dated: null,
    read: "quoted",
    where: "中国政府网 content_5659514，条文经第三方核对摘录",
    checked,
  },
  "医保发〔2024〕19号": {
    title: "关于做好2024年城乡居民基本医疗保障有关工作的通知",
    dated: "2024-08-26",
    read: "quoted",
    where: "国家医保局网站，条文经第三方核对摘录（2024-08-26 为网站公布日）",
    checked,
  },
  "冀医保发〔2025〕6号": {
    title: "（题名未见）载明2025年国家居民医保筹资标准；国家2025年通知原文未读到",
    dated: null,
    read: "quoted",
    where: "第三方核对摘录",
    checked,
  },
  "医保发〔2022〕22号": {
    title: "国家医保局、财政部关于跨省异地就医直接结算工作的通知（题名按内容）",
    dated: null,
    read: "reported",
    where: "公开代码仓库按条款整理，原文未读到",
    checked: "2026-11-22",
  },
  "黑政发〔2016〕36号": {
    title: "黑龙江省整合城乡居民基本医疗保险制度的文件（题名按内容）",
    dated: null,
    read: "whole",
    where: "思而思学网转载；所署日期（2017年11月23日）与文号年份不符，故不记日期",
    checked,
  },
  齐齐哈尔市城乡居民医保访谈: {
    title: "齐齐哈尔市整合城乡居民医保访谈（一制三档、首次参保随时缴费）",
    dated: null,
    read: "whole",
    where: "思而思学网转载，与黑政发〔2016〕36号同页",
    checked: "2026-11-22",
  },
  宁夏医疗保险座谈会发言: {
    title: "宁夏各市县医疗保险工作座谈会发言（银川、石嘴山、吴忠、泾源、海原）",
    dated: "2010-07-11",
    read: "whole",
    where: "网页转载",
    checked: "2026-11-22",
  },
  南充市医保工作报道: {
    title: "南充市城乡居民医保与医保扶贫工作报道（2017年9至10月）",
    dated: null,
    read: "whole",
    where: "网页转载",
    checked,
  },
  台州市基本医疗保险办法: {
    title: "台州市基本医疗保险办法（2019年1月1日起施行）解读",
    dated: null,
    read: "whole",
    where: "网页转载；文号未见",
    checked: "2026-11-22",
  },
  "烟政办发〔2022〕25号": {
    title: "烟台市健全重特大疾病医疗保险和救助制度实施方案",
    dated: "2022-10-26",
    read: "whole",
    where: "官方全文，自2023年1月1日起施行",
    checked,
  },
  黔西南州医疗经办管理服务体系文本: {
    title: "医疗经办管理服务体系可行性分析（含黔西南州“十四五”医疗保障规划的文字）",
    dated: null,
    read: "whole",
    where: "人人文库转载；只取其中写明是全州的部分",
    checked: "2026-11-22",
  },
  渭南市异地就医支付比例的规定: {
    title: "渭南市异地就医支付比例的规定（题名按内容；文号未见）",
    dated: null,
    read: "reported",
    where: "网页转述，原文未读到",
    checked: "2026-11-22",
  },
  江西省南昌市医保政策汇编: {
    title: "江西省、南昌市居民医保政策数据（第三方整理，附文号）",
    dated: null,
    read: "reported",
    where: "公开代码仓库",
    checked: "2026-11-22",
  },
} as const satisfies Record<string, Document>;

type DocumentKey = keyof typeof documents;

/** The registered document that a citation names, or undefined. */
export const documentOf = (cite: string): DocumentKey | undefined => keyCited(documents, cite);
