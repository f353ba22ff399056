import { code, day, may, must, type Node, text } from "./field.ts";
import { beganAt, endedAt, filingNo, from, insuredAgency, note, personNo, schemeCode, until } from "./wire-common.ts";
import { diagnosis } from "./wire-encounter.ts";

/* 转院 · the fields of 2501, 2502 and 5304. */

const referred = {
  psn_no: personNo,
  insutype: may(schemeCode),
  diag_code: diagnosis.diag_code,
  diag_name: diagnosis.diag_name,
  reflin_medins_no: must(text("转往定点医药机构编号", 12, "toProviderCode")),
  reflin_medins_name: must(text("转往医院名称", 200, "toProviderName")),
  mdtrtarea_admdvs: must(text("就医地行政区划", 6, "careArea")),
  refl_type: must(code("转院类型", 30, "referralKind")),
  refl_date: must(day("转院日期", "referredOn")),
  refl_rea: must(text("转院原因", 100, "reason")),
  begndate: from,
  enddate: until,
};
export const referral = {
  ...referred,
  tel: text("联系电话", 50),
  addr: text("联系地址", 200),
  insu_optins: insuredAgency,
  dise_cond_dscr: text("疾病病情描述", 2000),
  hosp_agre_refl_flag: code("医院同意转院标志", 3, "agreedFlag"),
  refl_opnn: must(text("转院意见", 200, "opinion")),
  refl_used_flag: text("转诊使用标志", 3),
} satisfies Node;
export const filed = { trt_dcla_detl_sn: filingNo } satisfies Node;
export const referralWithdrawn = { trt_dcla_detl_sn: filingNo, psn_no: personNo, memo: note } satisfies Node;
export const referralFound = { trt_dcla_detl_sn: filingNo, ...referred } satisfies Node;
export const referralsAsked = { psn_no: may(personNo), begntime: may(beganAt), endtime: endedAt } satisfies Node;
