import { Refusal } from "../refusal.ts";
import { jsonText, parseTree, read, readParts, write, writeParts } from "./codec.ts";
import {
  amount,
  code,
  count,
  day,
  extension,
  hundredths,
  many,
  may,
  moment,
  must,
  type Node,
  one,
  type Parts,
  price,
  quantity,
  type Read,
  type ReadParts,
  ratio,
  type Source,
  signed,
  some,
  type Tree,
  tenths,
  text,
  tree,
  typed,
  type Written,
  type WrittenParts,
} from "./field.ts";

/*
 * 国家医保信息平台定点医药机构接口 · the fields of national messages: the only place where their names are spelt.
 *
 * Read in an implementer's program, not in the specification: openhis 源码注释, ffa7e660. What a comment gives (name, type, length, code
 * table, required) stands here as it is given; what is only listed elsewhere, or is ours, says so where its node is used. `npm run fields`
 * writes FIELDS.md from this table. What we use has a name of ours; the rest is kept and given back.
 */

// What many nodes share.

const personNo = must(text("人员编号", 30, "personNo"));
const encounterNo = must(text("就诊ID", 30, "encounterNo"));
const claimNo = must(text("结算ID", 30, "claimNo"));
const localNo = must(text("住院/门诊号", 30, "localNo"));
const lineNo = must(text("费用明细流水号", 30, "lineNo"));
const schemeCode = must(code("险种类型", 6, "schemeCode"));
const careCode = must(code("医疗类别", 6, "careCode"));
const beganAt = must(moment("开始时间", "beganAt"));
const endedAt = moment("结束时间", "endedAt");
const batchNo = must(text("收费批次号", 30, "batchNo"));
const invoiceNo = text("发票号", 20, "invoiceNo");
const bornOn = day("出生日期", "bornOn");
const from = day("开始日期", "from");
const until = day("结束日期", "until");
const filingNo = must(text("待遇申报明细流水号", 30, "filingNo"));
const insuredAgency = text("参保机构医保区划", 6, "insuredAgency");
const note = text("备注", 500, "note");
const more = extension("扩展字段", 4000);

const credential = {
  mdtrt_cert_type: must(code("就诊凭证类型", 3, "credentialKind")),
  mdtrt_cert_no: must(text("就诊凭证编号", 50, "credentialNo")),
};
const disease = {
  dise_codg: text("病种编码", 30, "diseaseCode"),
  dise_name: text("病种名称", 500, "diseaseName"),
};
const operation = {
  oprn_oprt_code: text("手术操作代码", 30),
  oprn_oprt_name: text("手术操作名称", 500),
};
const maternity = {
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
const shares = {
  fulamt_ownpay_amt: must(amount("全自费金额", "outsideCatalogue")),
  overlmt_selfpay: must(amount("超限价金额", "overPriceCap")),
  preselfpay_amt: must(amount("先行自付金额", "upfront")),
  inscp_scp_amt: must(amount("符合政策范围金额", "inScope")),
};

// 报文.

/** 请求报文. `insuredArea` has to be there wherever the input names a person. */
const request = {
  infno: must(text("交易编号", 6, "transaction")),
  msgid: must(text("发送方报文ID", 30, "messageNo")),
  mdtrtarea_admvs: must(text("就医地医保区划", 6, "careArea")),
  insuplc_admdvs: text("参保地医保区划", 6, "insuredArea"),
  recer_sys_code: must(text("接收方系统代码", 10, "receiver")),
  dev_no: text("设备编号", 100, "deviceNo"),
  dev_safe_info: text("设备安全信息", 2000),
  cainfo: text("数字签名信息", 1024, "signature"),
  signtype: text("签名类型", 10, "signatureKind"),
  infver: must(text("接口版本号", 6, "version")),
  opter_type: must(code("经办人类别", 3, "clerkKind")),
  opter: must(text("经办人", 30, "clerk")),
  opter_name: must(text("经办人姓名", 50, "clerkName")),
  inf_time: { ...must(moment("交易时间", "sentAt")), length: "19" },
  fixmedins_code: must(text("定点医药机构编号", 30, "providerCode")),
  fixmedins_name: must(text("定点医药机构名称", 200, "providerName")),
  sign_no: text("交易签到流水号", 30, "signInNo"),
  input: must(tree("交易输入", 40000, "input")),
} satisfies Node;

const answered = {
  infcode: { ...must(count("交易状态码", 4, "code")), signed: true },
  inf_refmsgid: must(text("接收方报文ID", 30, "referenceNo")),
  refmsg_time: text("接收报文时间", 17, "receivedAt"),
  respond_time: text("响应报文时间", 17, "answeredAt"),
  err_msg: text("错误信息", 200, "message"),
  output: tree("交易输出", 40000, "output"),
} satisfies Node;
const answerListed = {
  warn_msg: text("警告信息", 200, "warning"),
  cainfo: text("数字签名信息", 1024, "signature"),
  signtype: text("签名类型", 10, "signatureKind"),
} satisfies Node;
/** 应答报文. */
const answer = { ...answered, ...answerListed } satisfies Node;

// 签到签退, 人员, 待遇.

const signIn = {
  opter_no: must(text("操作员编号", 20, "clerk")),
  mac: text("签到MAC地址", 20),
  ip: must(text("签到IP地址", 20, "ip")),
} satisfies Node;
const signedIn = {
  sign_time: must(typed("日期型", moment("签到时间", "at"))),
  sign_no: must(text("签到编号", 30, "signInNo")),
} satisfies Node;
const signOut = { sign_no: text("签到编号", 30, "signInNo"), opter_no: text("操作员编号", 20, "clerk") } satisfies Node;
const signedOut = { sign_time: typed("日期型", moment("签退时间", "at")) } satisfies Node;

const personAsked = {
  ...credential,
  card_sn: typed("", text("卡识别码", 0, "cardSerial")),
  begntime: may(beganAt),
  psn_cert_type: code("人员证件类型", 6, "certificateKind"),
  certno: text("证件号码", 50, "certificateNo"),
  psn_name: text("人员姓名", 50, "personName"),
} satisfies Node;
const person = {
  psn_no: personNo,
  psn_cert_type: must(code("人员证件类型", 6, "certificateKind")),
  certno: must(text("证件号码", 50, "certificateNo")),
  psn_name: must(text("人员姓名", 50, "personName")),
  gend: code("性别", 6, "sex"),
  naty: code("民族", 3),
  brdy: bornOn,
  age: tenths("年龄", "ageTenths"),
};
const personFound = {
  ...person,
  gend: must(person.gend),
  age: must(person.age),
  expContent: typed("", extension("字段扩展", 0)),
} satisfies Node;
const cover = {
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
const identity = {
  psn_idet_type: must(code("人员身份类别", 3, "identityCode")),
  psn_type_lv: must(text("人员类别等级", 3, "identityLevel")),
  memo: note,
  begntime: may(beganAt),
  endtime: endedAt,
} satisfies Node;

const benefitAsked = {
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
const benefit = {
  psn_no: personNo,
  trt_chk_type: must(code("待遇检查类型", 3, "checkKind")),
  fund_pay_type: code("基金支付类型", 6, "fundCode"),
  trt_enjymnt_flag: must(code("基金款项待遇享受标志", 3, "entitledFlag")),
  begndate: from,
  enddate: until,
  trt_chk_rslt: text("待遇检查结果", 0, "reason"),
} satisfies Node;

// 就诊.

const registration = {
  psn_no: personNo,
  insutype: schemeCode,
  begntime: beganAt,
  ...credential,
  ipt_otp_no: localNo,
  atddr_no: must(text("医师编码", 30, "doctorCode")),
  dr_name: must(text("医师姓名", 50, "doctorName")),
  dept_code: must(text("科室编码", 30, "departmentCode")),
  dept_name: must(text("科室名称", 100, "departmentName")),
  caty: must(code("科别", 6, "specialty")),
} satisfies Node;
const registered = { mdtrt_id: encounterNo, psn_no: personNo, ipt_otp_no: localNo } satisfies Node;
const registrationEnded = { psn_no: personNo, mdtrt_id: encounterNo, ipt_otp_no: localNo } satisfies Node;

const outpatientCare = {
  mdtrt_id: encounterNo,
  psn_no: personNo,
  med_type: careCode,
  begntime: beganAt,
  main_cond_dscr: text("主要病情描述", 1000),
  ...disease,
  birctrl_type: maternity.birctrl_type,
  birctrl_matn_date: maternity.birctrl_matn_date,
  matn_type: text("生育类别", 6),
  geso_val: maternity.geso_val,
} satisfies Node;

/** Out-patients' diagnoses name no person and no main one, in-patients' no 有效标志: each transaction's own comment decides. */
const diagnosis = {
  psn_no: may(personNo),
  diag_type: must(code("诊断类别", 3, "diagnosisKind")),
  maindiag_flag: code("主诊断标志", 3, "mainFlag"),
  diag_srt_no: must(count("诊断排序号", 2, "rank")),
  diag_code: must(text("诊断代码", 20, "diagnosisCode")),
  diag_name: must(text("诊断名称", 100, "diagnosisName")),
  adm_cond: text("入院病情", 500),
  diag_dept: must(text("诊断科室", 50, "departmentName")),
  dise_dor_no: must(text("诊断医生编码", 30, "doctorCode")),
  dise_dor_name: must(text("诊断医生姓名", 50, "doctorName")),
  diag_time: must(moment("诊断时间", "diagnosedAt")),
  mdtrt_id: text("就诊ID", 0, "encounterNo"),
  vali_flag: code("有效标志", 3, "validFlag"),
} satisfies Node;
const outpatientDiagnosis = { ...diagnosis, vali_flag: must(diagnosis.vali_flag) } satisfies Node;
const stayDiagnosis = {
  ...diagnosis,
  psn_no: personNo,
  maindiag_flag: must(diagnosis.maindiag_flag),
} satisfies Node;

const ward = {
  medrcdno: text("病历号", 30),
  atddr_no: must(text("主治医生编码", 30, "doctorCode")),
  chfpdr_name: must(text("主诊医师姓名", 50, "doctorName")),
  adm_diag_dscr: must(text("入院诊断描述", 200, "diagnosisText")),
  adm_dept_codg: must(text("入院科室编码", 30, "departmentCode")),
  adm_dept_name: must(text("入院科室名称", 100, "departmentName")),
  adm_bed: must(text("入院床位", 30, "bed")),
  dscg_maindiag_code: must(text("住院主诊断代码", 20, "mainDiagnosisCode")),
  dscg_maindiag_name: must(text("住院主诊断名称", 300, "mainDiagnosisName")),
  main_cond_dscr: text("主要病情描述", 1000),
  ...disease,
  ...operation,
  ...maternity,
};
const contact = { coner_name: text("联系人姓名", 50), tel: text("联系电话", 50) };
const admission = {
  psn_no: personNo,
  insutype: schemeCode,
  ...contact,
  begntime: beganAt,
  ...credential,
  med_type: careCode,
  ipt_no: must(text("住院号", 30, "localNo")),
  ...ward,
  dise_type_code: text("病种类型", 6),
  exp_content: more,
} satisfies Node;
const admitted = { mdtrt_id: encounterNo } satisfies Node;
const admissionChanged = {
  mdtrt_id: encounterNo,
  psn_no: personNo,
  ...contact,
  begntime: beganAt,
  endtime: endedAt,
  mdtrt_cert_type: credential.mdtrt_cert_type,
  med_type: careCode,
  ipt_otp_no: localNo,
  ...ward,
  dise_type_code: text("病种编号", 6),
  exp_content: more,
} satisfies Node;
const discharge = {
  mdtrt_id: encounterNo,
  psn_no: personNo,
  insutype: schemeCode,
  endtime: must(endedAt),
  ...disease,
  ...operation,
  ...maternity,
  cop_flag: code("伴有并发症标志", 3),
  dscg_dept_codg: must(text("出院科室编码", 30, "departmentCode")),
  dscg_dept_name: must(text("出院科室名称", 100, "departmentName")),
  dscg_bed: text("出院床位", 30),
  dscg_way: must(code("离院方式", 3, "dischargeWay")),
  die_date: day("死亡日期", "diedOn"),
} satisfies Node;
const encounterNamed = { mdtrt_id: encounterNo, psn_no: personNo, exp_content: more } satisfies Node;

// 费用明细.

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
  tcmdrug_used_way: code("中药使用方式", 6),
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
const outpatientLine = {
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
const stayLine = signed({
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
const split = {
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
const staySplit = signed({ ...split, feedetl_sn: may(lineNo) }) satisfies Node;
const batchWithdrawn = { mdtrt_id: encounterNo, chrg_bchno: batchNo, psn_no: personNo } satisfies Node;
const lineWithdrawn = { feedetl_sn: lineNo, mdtrt_id: encounterNo, psn_no: personNo, exp_content: more } satisfies Node;

/**
 * 应答里的扩展字段 · what our answers say beyond the tables, under names that the interface knows from elsewhere: whether a deposit
 * may be asked for (2401), and whether a settlement was taken back (5203).
 */
export const extensions = { deposit: "exp_content", reversed: "refd_setl_flag" } as const;

/** 2205 and 2302: instead of a batch or a line, all that are not settled. */
export const everyLine = "0000";

// 结算.

const outpatientPreview = {
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
const outpatientSettlement = { ...outpatientPreview, invono: invoiceNo, ...shares } satisfies Node;
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
const stayPreview = { ...stay, acct_used_flag: may(stay.acct_used_flag) } satisfies Node;
const staySettlement = {
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
const previewed = {
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
const settled = { setl_id: claimNo, ...previewed } satisfies Node;
/** Of a stay, three fields are not marked as required. */
const stayMay = {
  setl_time: may(settledAt),
  psn_part_amt: may(sums.psn_part_amt),
  hosp_part_amt: may(sums.hosp_part_amt),
};
const stayPreviewed = { ...previewed, ...stayMay } satisfies Node;
const staySettled = { ...settled, ...stayMay } satisfies Node;
const reversed = signed({
  mdtrt_id: encounterNo,
  setl_id: claimNo,
  clr_optins: clearing.clr_optins,
  setl_time: settledAt,
  ...sums,
}) satisfies Node;
const stayReversed = signed({
  ...reversed,
  psn_part_amt: stayMay.psn_part_amt,
  hosp_part_amt: stayMay.hosp_part_amt,
  hifdm_pay: typed("字符型", amount("伤残人员医疗保障基金支出", "disabled")),
}) satisfies Node;
const payment = {
  fund_pay_type: must(code("基金支付类型", 6, "fundCode")),
  inscp_scp_amt: shares.inscp_scp_amt,
  crt_payb_lmt_amt: must(amount("本次可支付限额金额", "payableLimit")),
  fund_payamt: must(amount("基金支付金额", "paid")),
  fund_pay_type_name: text("基金支付类型名称", 200, "fundName"),
  setl_proc_info: text("结算过程信息", 4000, "process"),
} satisfies Node;
const paymentBack = signed(payment) satisfies Node;
const reversal = { setl_id: claimNo, mdtrt_id: encounterNo, psn_no: personNo } satisfies Node;
const stayReversal = { ...reversal, exp_content: more } satisfies Node;
const messageReversal = {
  psn_no: personNo,
  omsgid: must(text("原发送方报文ID", 30, "originalMessageNo")),
  oinfno: must(text("原交易编号", 4, "originalTransaction")),
} satisfies Node;

// 转院.

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
const referral = {
  ...referred,
  tel: text("联系电话", 50),
  addr: text("联系地址", 200),
  insu_optins: insuredAgency,
  dise_cond_dscr: text("疾病病情描述", 2000),
  hosp_agre_refl_flag: code("医院同意转院标志", 3, "agreedFlag"),
  refl_opnn: must(text("转院意见", 200, "opinion")),
  refl_used_flag: text("转诊使用标志", 3),
} satisfies Node;
const filed = { trt_dcla_detl_sn: filingNo } satisfies Node;
const referralWithdrawn = { trt_dcla_detl_sn: filingNo, psn_no: personNo, memo: note } satisfies Node;
const referralFound = { trt_dcla_detl_sn: filingNo, ...referred } satisfies Node;

// 查询.

const encountersAsked = {
  psn_no: personNo,
  begntime: may(beganAt),
  endtime: endedAt,
  med_type: may(careCode),
  mdtrt_id: may(encounterNo),
} satisfies Node;
const encounterFound = {
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
const diagnosesAsked = { mdtrt_id: encounterNo, psn_no: may(personNo) } satisfies Node;
const claimAsked = { psn_no: personNo, setl_id: claimNo, mdtrt_id: may(encounterNo) } satisfies Node;
const claimFound = signed({
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
const linesAsked = { psn_no: personNo, setl_id: may(claimNo), mdtrt_id: encounterNo } satisfies Node;
const accumulationAsked = { psn_no: personNo, cum_ym: text("累计年月", 6, "month") } satisfies Node;
const accumulation = {
  insutype: schemeCode,
  year: must(text("年度", 4, "year")),
  cum_ym: accumulationAsked.cum_ym,
  cum_type_code: must(code("累计类别代码", 30, "accumulationCode")),
  cum: must(hundredths("累计值", "16,2", "accumulated")),
} satisfies Node;
const referralsAsked = { psn_no: may(personNo), begntime: may(beganAt), endtime: endedAt } satisfies Node;

// 医保码.

const codeAsked = {
  orgId: must(text("机构编号", 12, "providerCode")),
  businessType: must(code("用码业务类型", 5, "businessType")),
  operatorId: must(text("收款员编号", 30, "clerk")),
  operatorName: must(text("收款员姓名", 50, "clerkName")),
  officeId: text("医保科室编号", 30, "departmentCode"),
  officeName: text("科室名称", 100, "departmentName"),
  ecQrCode: must(text("二维码内容", 400, "text")),
  idNo: text("证件号码", 50, "identityNumber"),
} satisfies Node;
const codeFound = {
  userName: must(text("姓名", 50, "personName")),
  idNo: must(text("证件号码", 50, "certificateNo")),
  idType: must(code("证件类型", 3, "certificateKind")),
  insuOrg: must(text("参保地区划", 6, "insuredArea")),
  ecIndexNo: text("电子凭证索引号", 50),
  ecToken: must(text("电子凭证授权令牌", 50, "ecToken")),
  gender: code("性别", 6, "sex"),
  birthday: day("出生日期", "bornOn"),
  nationality: code("民族", 3),
  email: text("电子邮箱", 50),
  chnlId: text("渠道编号", 50),
  ecQrCode: text("二维码内容", 400, "text"),
  authNo: text("授权编号", 50, "useNo"),
} satisfies Node;

// 交易.

/** A transaction: its name, the nodes below `input` and below `output`, and what a reader of the coverage table should know. */
interface Transaction {
  readonly name: string;
  readonly input: Parts;
  readonly output: Parts;
  readonly note?: string;
}

const diagnoses = many("diagnoses", stayDiagnosis);
const asked = <N extends Node>(node: N, source?: Source) => ({ data: one("request", node, source) });
const previewAnswer = { setlinfo: one("settlement", previewed), setldetail: many("payments", payment) };
const settleAnswer = { setlinfo: one("settlement", settled), setldetail: many("payments", payment) };
const outpatientUpload = {
  name: "门诊就诊信息上传",
  input: { mdtrtinfo: one("encounter", outpatientCare), diseinfo: many("diagnoses", outpatientDiagnosis) },
  output: {},
  note: "Known as 2203 and as 2203A; both are served and are the same.",
};

/** 交易表 · every transaction that is served, by its number. */
export const transactions = {
  "9001": {
    name: "签到",
    input: { signIn: one("signIn", signIn) },
    output: { signinoutb: one("signIn", signedIn) },
  },
  "9002": {
    name: "签退",
    input: { signOut: one("signOut", signOut) },
    output: { signoutoutb: one("signOut", signedOut) },
    note: "The comments name the fields and no node: the nodes signOut and signoutoutb are ours.",
  },
  "1101": {
    name: "人员信息获取",
    input: asked(personAsked),
    output: {
      baseinfo: one("person", personFound),
      insuinfo: many("covers", cover),
      idetinfo: many("identities", identity),
    },
  },
  "2001": {
    name: "人员待遇享受检查",
    input: asked(benefitAsked),
    output: { trtinfo: many("benefits", benefit, "listed") },
    note: "The answer's names are listed without types: lengths and marks are ours.",
  },
  "2201": { name: "门诊挂号", input: asked(registration), output: { data: one("encounter", registered) } },
  "2202": { name: "门诊挂号撤销", input: asked(registrationEnded), output: {} },
  "2203": outpatientUpload,
  "2203A": outpatientUpload,
  "2204": {
    name: "门诊费用明细信息上传",
    input: { feedetail: some("lines", outpatientLine) },
    output: { result: many("lines", split) },
    note: "The extension is marked as required, and the same program leaves it out: it is not demanded.",
  },
  "2205": { name: "门诊费用明细信息撤销", input: asked(batchWithdrawn), output: {} },
  "2206": { name: "门诊预结算", input: asked(outpatientPreview), output: previewAnswer },
  "2207": { name: "门诊结算", input: asked(outpatientSettlement), output: settleAnswer },
  "2208": {
    name: "门诊结算撤销",
    input: asked(reversal),
    output: { setlinfo: one("settlement", reversed), setldetail: many("payments", paymentBack) },
    note: "The comment spells 个人现金支出 “pdn_cash_pay” here alone; written as everywhere else.",
  },
  "2301": {
    name: "住院费用明细上传",
    input: { feedetail: some("lines", stayLine) },
    output: { result: many("lines", staySplit) },
  },
  "2302": {
    name: "住院费用明细撤销",
    input: { data: some("requests", lineWithdrawn) },
    output: {},
    note: "The program sends a list.",
  },
  "2303": {
    name: "住院预结算",
    input: asked(stayPreview),
    output: { setlinfo: one("settlement", stayPreviewed), setldetail: many("payments", payment) },
  },
  "2304": {
    name: "住院结算",
    input: asked(staySettlement),
    output: { setlinfo: one("settlement", staySettled), setldetail: many("payments", payment) },
  },
  "2305": {
    name: "住院结算撤销",
    input: asked(stayReversal),
    output: { setlinfo: one("settlement", stayReversed), setldetail: many("payments", paymentBack) },
  },
  "2401": {
    name: "入院办理",
    input: { mdtrtinfo: one("admission", admission), diseinfo: diagnoses },
    output: { result: one("encounter", admitted) },
  },
  "2402": { name: "出院办理", input: { dscginfo: one("discharge", discharge), diseinfo: diagnoses }, output: {} },
  "2403": {
    name: "住院信息变更",
    input: { adminfo: one("admission", admissionChanged), diseinfo: diagnoses },
    output: {},
  },
  "2404": { name: "入院撤销", input: asked(encounterNamed), output: {} },
  "2405": { name: "出院撤销", input: asked(encounterNamed), output: {} },
  "2501": {
    name: "转院备案",
    input: { refmedin: one("referral", referral) },
    output: { result: one("filing", filed) },
  },
  "2502": { name: "转院备案撤销", input: asked(referralWithdrawn), output: {} },
  "2601": { name: "冲正交易", input: asked(messageReversal), output: {} },
  "5201": {
    name: "就诊信息查询",
    input: asked(encountersAsked, "listed"),
    output: { mdtrtinfo: many("encounters", encounterFound, "ours") },
    note: "Of the answer only the five flags at its end are listed anywhere; the rest, and the node, are ours.",
  },
  "5202": {
    name: "诊断信息查询",
    input: asked(diagnosesAsked),
    output: { diseinfo: many("diagnoses", diagnosis, "ours") },
    note: "No comment describes the answer: the fields that were uploaded, in the node they were uploaded in.",
  },
  "5203": {
    name: "结算信息查询",
    input: asked(claimAsked),
    output: { setlinfo: one("settlement", claimFound, "listed"), setldetail: many("payments", paymentBack) },
    note: "The answer's names are listed without types, its amounts as those of 2304.",
  },
  "5204": {
    name: "费用明细查询",
    input: asked(linesAsked, "ours"),
    output: { result: many("lines", staySplit, "ours") },
    note: "No comment describes it: the question is ours, the answer is that of 2301.",
  },
  "5206": {
    name: "人员累计信息查询",
    input: asked(accumulationAsked),
    output: { cuminfo: many("accumulations", accumulation, "listed") },
    note: "The answer's names are listed without types; its node is ours. 累计值 counts stays too, so it is in hundredths, not money.",
  },
  "5304": {
    name: "转院信息查询",
    input: asked(referralsAsked),
    output: { refmedin: many("referrals", referralFound, "ours") },
    note: "No comment describes the answer: the fields that were filed by 2501, and their number.",
  },
} as const satisfies Record<string, Transaction>;

/** 医保码解码 · no transaction of the envelope: a call of its own, whose body holds `data` and whose answer a code, a message and `data`. */
export const codeQuery = {
  name: "医保码解码",
  input: asked(codeAsked, "listed"),
  output: { data: one("person", codeFound, "listed") },
  note: "The names are listed without types: lengths and marks are ours, and so is that the QR's text and, for a printed code, the number of the identity card are sent along. It is answered by POST /api/gateway/codes, outside the envelope.",
} as const satisfies Transaction;
/** What 解码 is called where transactions have a number. */
export const codeQueryNo = "ec.query";

export type TransactionNo = keyof typeof transactions;
type Inputs = { [T in TransactionNo]: (typeof transactions)[T]["input"] };
type Outputs = { [T in TransactionNo]: (typeof transactions)[T]["output"] };

/** What a transaction asks and answers, in our words. */
export type Input<T extends TransactionNo> = ReadParts<Inputs[T]>;
export type Output<T extends TransactionNo> = ReadParts<Outputs[T]>;

/** Is this a transaction that is served? */
export const isTransaction = (no: string): no is TransactionNo => Object.hasOwn(transactions, no);

/** 交易名称 · the Chinese name of every transaction that is served. */
export const transactionNames = Object.fromEntries(
  Object.entries(transactions).map(([no, { name }]) => [no, name]),
) as Readonly<Record<TransactionNo, string>>;

export type Request = Read<typeof request>;
export type Answer = Read<typeof answer>;

/** 请求报文 · reads a message: its envelope in our words, and under `input` the tree that `readInput` reads. */
export function parseMessage(written: string): Request {
  const message = read(request, parseTree(written));
  if (message.insuredArea === null && namesPerson(message.input)) {
    throw new Refusal("malformed", { detail: "参保地医保区划 insuplc_admdvs：交易输入中含有人员编号时必填" });
  }
  return message;
}

/** Does a node of the input hold a person's number? */
const namesPerson = (input: Tree): boolean =>
  Object.values(input)
    .flat()
    .some((node) => typeof node === "object" && node !== null && "psn_no" in node);

/** Writes a message whose `input` is what `writeInput` made. */
export const writeMessage = (message: Written<typeof request>): string => jsonText(write(request, message));

/** 应答报文 · reads an answer; `output` is the tree that `readOutput` reads. */
export const readAnswer = (written: string): Answer => read(answer, parseTree(written));

/** Writes an answer; of a refusal's sentence as much as the field holds. */
export function writeAnswer(given: Written<typeof answer>): string {
  const longest = Number(answer.err_msg.length);
  const message = given.message && [...given.message].slice(0, longest).join("");
  return jsonText(write(answer, { ...given, message }));
}

/** What a message asks, in our words, or `malformed` with the fields that are wrong. */
export const readInput = <T extends TransactionNo>(no: T, input: Tree): Input<T> =>
  readParts(transactions[no].input as Parts, input) as unknown as Input<T>;

/** The input of a message; what `readInput` would refuse is a RangeError. */
export const writeInput = <T extends TransactionNo>(no: T, input: WrittenParts<Inputs[T]>): Tree =>
  writeParts(transactions[no].input as Parts, input as WrittenParts<Parts>);

/** What an answer says, in our words, or `malformed`; an answer without output is an empty one. */
export const readOutput = <T extends TransactionNo>(no: T, output: Tree | null): Output<T> =>
  readParts(transactions[no].output as Parts, output ?? {}) as unknown as Output<T>;

/** The output of an answer; what `readOutput` would refuse is a RangeError. */
export const writeOutput = <T extends TransactionNo>(no: T, output: WrittenParts<Outputs[T]>): Tree =>
  writeParts(transactions[no].output as Parts, output as WrittenParts<Parts>);

type CodeAsked = ReadParts<typeof codeQuery.input>["request"];
type CodeFound = ReadParts<typeof codeQuery.output>["person"];

/** What a provider asks of a code, in our words, or `malformed`. */
export const readCodeQuery = (written: string): CodeAsked =>
  (readParts(codeQuery.input as Parts, parseTree(written)) as unknown as ReadParts<typeof codeQuery.input>).request;
export const writeCodeQuery = (request: WrittenParts<typeof codeQuery.input>["request"]): string =>
  jsonText(writeParts(codeQuery.input as Parts, { request } as unknown as WrittenParts<Parts>));

const done = "成功";
/** What it is answered: whom the code is of, or why it is not read. */
export const writeCodeAnswer = (
  said: { readonly person: WrittenParts<typeof codeQuery.output>["person"] } | { readonly refused: string },
): string =>
  "refused" in said
    ? jsonText({ code: -1, message: said.refused })
    : jsonText({
        code: 0,
        message: done,
        ...writeParts(codeQuery.output as Parts, said as unknown as WrittenParts<Parts>),
      });
export function readCodeAnswer(written: string): { readonly person: CodeFound } | { readonly refused: string } {
  const answered = parseTree(written);
  if (String(answered.code) !== "0") return { refused: String(answered.message) };
  const { person } = readParts(codeQuery.output as Parts, answered) as unknown as ReadParts<typeof codeQuery.output>;
  return { person };
}

/** 字段说明 · one field of one node of one transaction; the envelopes have no transaction and no node. */
export interface FieldLine {
  readonly transaction: string;
  readonly direction: "in" | "out";
  readonly node: string;
  readonly list: boolean;
  readonly field: string;
  readonly label: string;
  readonly type: string;
  readonly length: string;
  readonly coded: boolean;
  readonly required: boolean;
  readonly source: Source;
  /** Ours, or "" where the field is kept. */
  readonly name: string;
}

/** Every field that is read and written, in the order of the table. */
export function describeFields(): FieldLine[] {
  const envelopes = [
    ...linesOf("", "in", "", false, "documented", request),
    ...linesOf("", "out", "", false, "documented", answered),
    ...linesOf("", "out", "", false, "listed", answerListed),
  ];
  const nodes = Object.entries({ ...transactions, [codeQueryNo]: codeQuery }).flatMap(([no, { input, output }]) => [
    ...partLines(no, "in", input),
    ...partLines(no, "out", output),
  ]);
  return [...envelopes, ...nodes];
}

const partLines = (no: string, direction: "in" | "out", parts: Parts): FieldLine[] =>
  Object.entries(parts).flatMap(([national, { node, shape, source }]) =>
    linesOf(no, direction, national, shape !== "one", source, node),
  );

const linesOf = (
  transaction: string,
  direction: "in" | "out",
  national: string,
  list: boolean,
  source: Source,
  node: Node,
): FieldLine[] =>
  Object.entries(node).map(([field, { label, type, length, coded, required, name }]) => ({
    transaction,
    direction,
    node: national,
    list,
    field,
    label,
    type,
    length,
    coded,
    required,
    source,
    name,
  }));
