import { amount, code, count, day, extension, moment, must, text } from "./field.ts";

/* 共用字段 · what many nodes of the national messages share. Their source is told in `wire.ts`. */

export const personNo = must(text("人员编号", 30, "personNo"));
export const encounterNo = must(text("就诊ID", 30, "encounterNo"));
export const claimNo = must(text("结算ID", 30, "claimNo"));
export const localNo = must(text("住院/门诊号", 30, "localNo"));
export const lineNo = must(text("费用明细流水号", 30, "lineNo"));
export const schemeCode = must(code("险种类型", 6, "schemeCode"));
export const careCode = must(code("医疗类别", 6, "careCode"));
export const beganAt = must(moment("开始时间", "beganAt"));
export const endedAt = moment("结束时间", "endedAt");
export const batchNo = must(text("收费批次号", 30, "batchNo"));
export const invoiceNo = text("发票号", 20, "invoiceNo");
export const bornOn = day("出生日期", "bornOn");
export const from = day("开始日期", "from");
export const until = day("结束日期", "until");
export const filingNo = must(text("待遇申报明细流水号", 30, "filingNo"));
export const insuredAgency = text("参保机构医保区划", 6, "insuredAgency");
export const note = text("备注", 500, "note");
export const more = extension("扩展字段", 4000);

export const credential = {
  mdtrt_cert_type: must(code("就诊凭证类型", 3, "credentialKind")),
  mdtrt_cert_no: must(text("就诊凭证编号", 50, "credentialNo")),
};
export const disease = {
  dise_codg: text("病种编码", 30, "diseaseCode"),
  dise_name: text("病种名称", 500, "diseaseName"),
};
export const operation = {
  oprn_oprt_code: text("手术操作代码", 30),
  oprn_oprt_name: text("手术操作名称", 500),
};
export const maternity = {
  fpsc_no: text("计划生育服务证号", 50),
  matn_type: code("生育类别", 6),
  birctrl_type: code("计划生育手术类别", 6),
  latechb_flag: code("晚育标志", 3),
  geso_val: count("孕周数", 2),
  fetts: count("胎次", 3),
  fetus_cnt: count("胎儿数", 3),
  pret_flag: code("早产标志", 3),
  birctrl_matn_date: day("计划生育手术或生育日期"),
};
/** 医疗费总额 as the provider makes it out, beside what it was told of the lines. */
export const shares = {
  fulamt_ownpay_amt: must(amount("全自费金额", "outsideCatalogue")),
  overlmt_selfpay: must(amount("超限价金额", "overPriceCap")),
  preselfpay_amt: must(amount("先行自付金额", "upfront")),
  inscp_scp_amt: must(amount("符合政策范围金额", "inScope")),
};
