import { code, hundredths, may, must, type Node, signed, text } from "./field.ts";
import {
  beganAt,
  careCode,
  claimNo,
  disease,
  encounterNo,
  endedAt,
  from,
  insuredAgency,
  localNo,
  personNo,
  schemeCode,
  until,
} from "./wire-common.ts";
import { request } from "./wire-envelope.ts";
import { cover } from "./wire-person.ts";
import { staySettled } from "./wire-settlement.ts";

/* 查询 · the fields of 5201 to 5206. */

export const encountersAsked = {
  psn_no: personNo,
  begntime: may(beganAt),
  endtime: endedAt,
  med_type: may(careCode),
  mdtrt_id: may(encounterNo),
} satisfies Node;
export const encounterFound = {
  mdtrt_id: encounterNo,
  psn_no: personNo,
  insutype: schemeCode,
  med_type: careCode,
  begntime: beganAt,
  endtime: endedAt,
  fixmedins_code: request.fixmedins_code,
  fixmedins_name: request.fixmedins_name,
  ipt_otp_no: may(localNo),
  ...disease,
  maf_psn_flag: code("医疗救助对象标志", 3, "medicalAidFlag"),
  nwb_flag: code("新生儿标志", 3, "newbornFlag"),
  ars_year_ipt_flag: code("跨年度住院标志", 3, "acrossYearsFlag"),
  pre_pay_flag: code("先行支付标志", 3, "treatFirstFlag"),
  inhosp_stas: code("在院状态", 3, "stayState"),
} satisfies Node;
export const diagnosesAsked = { mdtrt_id: encounterNo, psn_no: may(personNo) } satisfies Node;
export const claimAsked = { psn_no: personNo, setl_id: claimNo, mdtrt_id: may(encounterNo) } satisfies Node;
export const claimFound = signed({
  ...staySettled,
  flxempe_flag: code("灵活就业标志", 3),
  nwb_flag: encounterFound.nwb_flag,
  insu_optins: insuredAgency,
  emp_name: cover.emp_name,
  pay_loc: code("支付地点类别", 3, "payPlace"),
  fixmedins_code: may(request.fixmedins_code),
  fixmedins_name: may(request.fixmedins_name),
  hosp_lv: code("医院等级", 6, "levelCode"),
  fixmedins_poolarea: text("定点归属医保区划", 6, "providerArea"),
  lmtpric_hosp_lv: code("限价医院等级", 6, "priceLevelCode"),
  dedc_hosp_lv: code("起付线医院等级", 6, "deductibleLevelCode"),
  begndate: from,
  enddate: until,
}) satisfies Node;
export const linesAsked = { psn_no: personNo, setl_id: may(claimNo), mdtrt_id: encounterNo } satisfies Node;
export const accumulationAsked = { psn_no: personNo, cum_ym: text("累计年月", 6, "month") } satisfies Node;
export const accumulation = {
  insutype: schemeCode,
  year: must(text("年度", 4, "year")),
  cum_ym: accumulationAsked.cum_ym,
  cum_type_code: must(code("累计类别代码", 30, "accumulationCode")),
  cum: must(hundredths("累计值", "16,2", "accumulated")),
} satisfies Node;
