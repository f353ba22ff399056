import { amount, code, day, extension, may, moment, must, type Node, tenths, text, typed } from "./field.ts";
import {
  beganAt,
  bornOn,
  careCode,
  credential,
  disease,
  endedAt,
  from,
  maternity,
  note,
  operation,
  personNo,
  schemeCode,
  until,
} from "./wire-common.ts";

/* 签到签退、人员、待遇 · the fields of 9001, 9002, 1101 and 2001. */

export const signIn = {
  opter_no: must(text("操作员编号", 20, "clerk")),
  mac: text("签到MAC地址", 20),
  ip: must(text("签到IP地址", 20, "ip")),
} satisfies Node;
export const signedIn = {
  sign_time: must(typed("日期型", moment("签到时间", "at"))),
  sign_no: must(text("签到编号", 30, "signInNo")),
} satisfies Node;
export const signOut = {
  sign_no: text("签到编号", 30, "signInNo"),
  opter_no: text("操作员编号", 20, "clerk"),
} satisfies Node;
export const signedOut = { sign_time: typed("日期型", moment("签退时间", "at")) } satisfies Node;

export const personAsked = {
  ...credential,
  card_sn: typed("", text("卡识别码", 0, "cardSerial")),
  begntime: may(beganAt),
  psn_cert_type: code("人员证件类型", 6, "certificateKind"),
  certno: text("证件号码", 50, "certificateNo"),
  psn_name: text("人员姓名", 50, "personName"),
} satisfies Node;
export const person = {
  psn_no: personNo,
  psn_cert_type: must(code("人员证件类型", 6, "certificateKind")),
  certno: must(text("证件号码", 50, "certificateNo")),
  psn_name: must(text("人员姓名", 50, "personName")),
  gend: code("性别", 6, "sex"),
  naty: code("民族", 3),
  brdy: bornOn,
  age: tenths("年龄", "ageTenths"),
};
export const personFound = {
  ...person,
  gend: must(person.gend),
  age: must(person.age),
  expContent: typed("", extension("字段扩展", 0)),
} satisfies Node;
export const cover = {
  balc: must(amount("余额", "balance")),
  insutype: schemeCode,
  psn_type: must(code("人员类别", 6, "personType")),
  psn_insu_stas: must(text("人员参保状态", 6, "coverState")),
  psn_insu_date: day("个人参保日期", "coveredFrom"),
  paus_insu_date: day("暂停参保日期", "pausedFrom"),
  cvlserv_flag: must(code("公务员标志", 3, "civilServantFlag")),
  insuplc_admdvs: must(text("参保地医保区划", 6, "insuredArea")),
  emp_name: text("单位名称", 200, "employerName"),
} satisfies Node;
export const identity = {
  psn_idet_type: must(code("人员身份类别", 3, "identityCode")),
  psn_type_lv: must(text("人员类别等级", 3, "identityLevel")),
  memo: note,
  begntime: may(beganAt),
  endtime: endedAt,
} satisfies Node;

export const benefitAsked = {
  psn_no: personNo,
  insutype: schemeCode,
  fixmedins_code: must(text("定点医药机构编号", 12, "providerCode")),
  med_type: careCode,
  begntime: beganAt,
  endtime: endedAt,
  dise_codg: text("病种编码", 0, "diseaseCode"),
  dise_name: disease.dise_name,
  oprn_oprt_code: typed("", text("手术操作代码", 0)),
  oprn_oprt_name: operation.oprn_oprt_name,
  matn_type: maternity.matn_type,
  birctrl_type: maternity.birctrl_type,
  exp_content: typed("", extension("扩展字段", 0)),
} satisfies Node;
export const benefit = {
  psn_no: personNo,
  trt_chk_type: must(code("待遇检查类型", 3, "checkKind")),
  fund_pay_type: code("基金支付类型", 6, "fundCode"),
  trt_enjymnt_flag: must(code("基金款项待遇享受标志", 3, "entitledFlag")),
  begndate: from,
  enddate: until,
  trt_chk_rslt: text("待遇检查结果", 0, "reason"),
} satisfies Node;
