import {
  amount,
  code,
  extension,
  hundredths,
  may,
  moment,
  must,
  type Node,
  price,
  quantity,
  ratio,
  signed,
  text,
} from "./field.ts";
import { batchNo, careCode, disease, encounterNo, lineNo, more, note, personNo } from "./wire-common.ts";

/* 费用明细 · the fields of lines: 2204, 2205, 2301 and 2302. */

const ordering = {
  bilg_dept_codg: must(text("开单科室编码", 30, "departmentCode")),
  bilg_dept_name: must(text("开单科室名称", 100, "departmentName")),
  bilg_dr_codg: must(text("开单医生编码", 30, "doctorCode")),
  bilg_dr_name: must(text("开单医师姓名", 50, "doctorName")),
  acord_dept_codg: text("受单科室编码", 30),
  acord_dept_name: text("受单科室名称", 100),
  orders_dr_code: text("受单医生编码", 30),
  orders_dr_name: text("受单医生姓名", 50),
  hosp_appr_flag: code("医院审批标志", 3, "approvedFlag"),
  tcmdrug_used_way: code("中药使用方式", 6, "herbUse"),
  etip_flag: code("外检标志", 3),
  etip_hosp_code: text("外检医院编码", 30),
  dscg_tkdrug_flag: code("出院带药标志", 3),
  matn_fee_flag: code("生育费用标志", 6),
};
const charge = {
  fee_ocur_time: must(moment("费用发生时间", "chargedAt")),
  med_list_codg: must(text("医疗目录编码", 50, "itemCode")),
  medins_list_codg: must(text("医药机构目录编码", 150, "localItemCode")),
  det_item_fee_sumamt: must(amount("明细项目费用总额", "total")),
  cnt: must(quantity("数量", "quantity")),
  pric: must(price("单价", "price")),
};
export const outpatientLine = {
  feedetl_sn: lineNo,
  mdtrt_id: encounterNo,
  psn_no: personNo,
  chrg_bchno: batchNo,
  dise_codg: disease.dise_codg,
  rxno: text("处方号", 30, "prescriptionNo"),
  rx_circ_flag: must(code("外购处方标志", 3, "outsidePrescriptionFlag")),
  ...charge,
  sin_dos_dscr: text("单次剂量描述", 200),
  used_frqu_dscr: text("使用频次描述", 200),
  prd_days: hundredths("周期天数", "4,2"),
  medc_way_dscr: text("用药途径描述", 200),
  ...ordering,
  hosp_appr_flag: must(ordering.hosp_appr_flag),
  exp_content: must(extension("输入-扩展参数", 4000)),
} satisfies Node;
/** A return is a line with a negative quantity that names the line it returns. */
export const stayLine = signed({
  feedetl_sn: lineNo,
  init_feedetl_sn: text("原费用流水号", 30, "originalLineNo"),
  mdtrt_id: encounterNo,
  drord_no: text("医嘱号", 30),
  psn_no: personNo,
  med_type: careCode,
  ...charge,
  ...ordering,
  memo: text("备注", 500),
}) satisfies Node;
export const split = {
  feedetl_sn: lineNo,
  det_item_fee_sumamt: charge.det_item_fee_sumamt,
  cnt: charge.cnt,
  pric: charge.pric,
  pric_uplmt_amt: must(price("定价上限金额", "priceCap")),
  selfpay_prop: ratio("自付比例", "upfrontShare"),
  fulamt_ownpay_amt: amount("全自费金额", "outsideCatalogue"),
  overlmt_amt: amount("超限价金额", "overPriceCap"),
  preselfpay_amt: amount("先行自付金额", "upfront"),
  inscp_scp_amt: amount("符合政策范围金额", "inScope"),
  chrgitm_lv: must(code("收费项目等级", 3, "classCode")),
  med_chrgitm_type: must(code("医疗收费项目类别", 6, "chargeType")),
  bas_medn_flag: code("基本药物标志", 3, "essentialFlag"),
  hi_nego_drug_flag: code("医保谈判药品标志", 3, "negotiatedFlag"),
  chld_medc_flag: code("儿童用药标志", 3, "childFlag"),
  list_sp_item_flag: code("目录特项标志", 3, "specialFlag"),
  lmt_used_flag: must(code("限制使用标志", 3, "limitedFlag")),
  drt_reim_flag: code("直报标志", 3),
  memo: note,
} satisfies Node;
export const staySplit = signed({ ...split, feedetl_sn: may(lineNo) }) satisfies Node;
export const batchWithdrawn = { mdtrt_id: encounterNo, chrg_bchno: batchNo, psn_no: personNo } satisfies Node;
export const lineWithdrawn = {
  feedetl_sn: lineNo,
  mdtrt_id: encounterNo,
  psn_no: personNo,
  exp_content: more,
} satisfies Node;
