import { amount, code, day, may, moment, must, type Node, ratio, signed, text, typed } from "./field.ts";
import {
  batchNo,
  careCode,
  claimNo,
  credential,
  encounterNo,
  invoiceNo,
  more,
  personNo,
  schemeCode,
  shares,
} from "./wire-common.ts";
import { person } from "./wire-person.ts";

/* 结算 · the fields of previews, settlements and what takes them back: 2206 to 2208, 2303 to 2305 and 2601. */

export const outpatientPreview = {
  psn_no: personNo,
  ...credential,
  med_type: careCode,
  medfee_sumamt: must(amount("医疗费总额", "total")),
  psn_setlway: must(code("个人结算方式", 6, "settlementWay")),
  mdtrt_id: encounterNo,
  chrg_bchno: batchNo,
  acct_used_flag: must(code("个人账户使用标志", 1, "accountFlag")),
  insutype: schemeCode,
} satisfies Node;
export const outpatientSettlement = { ...outpatientPreview, invono: invoiceNo, ...shares } satisfies Node;
const stay = {
  psn_no: personNo,
  ...credential,
  medfee_sumamt: outpatientPreview.medfee_sumamt,
  psn_setlway: outpatientPreview.psn_setlway,
  mdtrt_id: encounterNo,
  acct_used_flag: outpatientPreview.acct_used_flag,
  insutype: schemeCode,
  invono: invoiceNo,
  mid_setl_flag: must(code("中途结算标志", 3, "interimFlag")),
  ...shares,
  dscgTime: day("出院时间", "dischargedOn"),
};
export const stayPreview = { ...stay, acct_used_flag: may(stay.acct_used_flag) } satisfies Node;
export const staySettlement = {
  ...stay,
  fulamt_ownpay_amt: may(shares.fulamt_ownpay_amt),
  overlmt_selfpay: may(shares.overlmt_selfpay),
  preselfpay_amt: may(shares.preselfpay_amt),
  inscp_scp_amt: may(shares.inscp_scp_amt),
  dscgTime: typed("", stay.dscgTime),
  exp_content: more,
} satisfies Node;

const settledAt = must(moment("结算时间", "settledAt"));
const sums = {
  medfee_sumamt: must(amount("医疗费总额", "total")),
  ...shares,
  overlmt_selfpay: must(amount("超限价自费费用", "overPriceCap")),
  act_pay_dedc: amount("实际支付起付线", "deductiblePaid"),
  hifp_pay: must(amount("基本医疗保险统筹基金支出", "pooled")),
  // A share that the fund pays, despite its name.
  pool_prop_selfpay: must(ratio("基本医疗保险统筹基金支付比例", "pooledShare")),
  cvlserv_pay: must(amount("公务员医疗补助资金支出", "civilServant")),
  hifes_pay: must(amount("企业补充医疗保险基金支出", "employer")),
  hifmi_pay: must(amount("居民大病保险资金支出", "criticalIllness")),
  hifob_pay: must(amount("职工大额医疗费用补助基金支出", "largeExpense")),
  maf_pay: must(amount("医疗救助基金支出", "medicalAid")),
  oth_pay: must(amount("其他支出", "otherPaid")),
  fund_pay_sumamt: must(amount("基金支付总额", "fundsTotal")),
  psn_part_amt: must(amount("个人负担总金额", "patientTotal")),
  acct_pay: must(amount("个人账户支出", "account")),
  psn_cash_pay: must(amount("个人现金支出", "cash")),
  hosp_part_amt: must(amount("医院负担金额", "providerPaid")),
  balc: must(amount("余额", "balance")),
  acct_mulaid_pay: must(amount("个人账户共济支付金额", "familyAccount")),
  medins_setl_id: must(text("医药机构结算ID", 30, "messageNo")),
};
const clearing = {
  clr_optins: text("清算经办机构", 6, "clearingAgency"),
  clr_way: code("清算方式", 6, "clearingWay"),
  clr_type: must(code("清算类别", 6, "clearingType")),
};
export const previewed = {
  mdtrt_id: encounterNo,
  ...person,
  insutype: may(schemeCode),
  psn_type: must(code("人员类别", 6, "personType")),
  cvlserv_flag: must(code("公务员标志", 3, "civilServantFlag")),
  setl_time: settledAt,
  mdtrt_cert_type: may(credential.mdtrt_cert_type),
  med_type: careCode,
  ...sums,
  ...clearing,
} satisfies Node;
export const settled = { setl_id: claimNo, ...previewed } satisfies Node;
/** Of a stay, three fields are not marked as required. */
const stayMay = {
  setl_time: may(settledAt),
  psn_part_amt: may(sums.psn_part_amt),
  hosp_part_amt: may(sums.hosp_part_amt),
};
export const stayPreviewed = { ...previewed, ...stayMay } satisfies Node;
export const staySettled = { ...settled, ...stayMay } satisfies Node;
export const reversed = signed({
  mdtrt_id: encounterNo,
  setl_id: claimNo,
  clr_optins: clearing.clr_optins,
  setl_time: settledAt,
  ...sums,
}) satisfies Node;
export const stayReversed = signed({
  ...reversed,
  psn_part_amt: stayMay.psn_part_amt,
  hosp_part_amt: stayMay.hosp_part_amt,
  hifdm_pay: typed("字符型", amount("伤残人员医疗保障基金支出", "disabled")),
}) satisfies Node;
export const payment = {
  fund_pay_type: must(code("基金支付类型", 6, "fundCode")),
  inscp_scp_amt: shares.inscp_scp_amt,
  crt_payb_lmt_amt: must(amount("本次可支付限额金额", "payableLimit")),
  fund_payamt: must(amount("基金支付金额", "paid")),
  fund_pay_type_name: text("基金支付类型名称", 200, "fundName"),
  setl_proc_info: text("结算过程信息", 4000, "process"),
} satisfies Node;
export const paymentBack = signed(payment) satisfies Node;
export const reversal = { setl_id: claimNo, mdtrt_id: encounterNo, psn_no: personNo } satisfies Node;
export const stayReversal = { ...reversal, exp_content: more } satisfies Node;
export const messageReversal = {
  psn_no: personNo,
  omsgid: must(text("原发送方报文ID", 30, "originalMessageNo")),
  oinfno: must(text("原交易编号", 4, "originalTransaction")),
} satisfies Node;
