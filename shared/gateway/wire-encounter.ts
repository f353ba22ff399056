import { code, count, day, may, moment, must, type Node, text } from "./field.ts";
import {
  beganAt,
  careCode,
  credential,
  disease,
  encounterNo,
  endedAt,
  localNo,
  maternity,
  more,
  operation,
  personNo,
  schemeCode,
} from "./wire-common.ts";

/* 就诊 · the fields of registrations, diagnoses and stays: 2201 to 2203 and 2401 to 2405. */

export const registration = {
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
export const registered = { mdtrt_id: encounterNo, psn_no: personNo, ipt_otp_no: localNo } satisfies Node;
export const registrationEnded = { psn_no: personNo, mdtrt_id: encounterNo, ipt_otp_no: localNo } satisfies Node;

export const outpatientCare = {
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
export const diagnosis = {
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
export const outpatientDiagnosis = { ...diagnosis, vali_flag: must(diagnosis.vali_flag) } satisfies Node;
export const stayDiagnosis = {
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
export const admission = {
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
export const admitted = { mdtrt_id: encounterNo } satisfies Node;
export const admissionChanged = {
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
export const discharge = {
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
export const encounterNamed = { mdtrt_id: encounterNo, psn_no: personNo, exp_content: more } satisfies Node;
