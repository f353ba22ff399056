import { Refusal } from "../refusal.ts";
import type { Parts, Tree } from "./field.ts";
import { type TransactionNo, transactions } from "./wire.ts";

/**
 * 字段怎么用 · what becomes of a field that a provider sends. `obeyed`: what is done, or whether it is done, follows it, or it must
 * agree. `kept`: it is carried along and no amount depends on it. `refused`: only the values that are served are taken, and they
 * change nothing. Whatever is not in `served`, where that is given, is refused by the field's name.
 */
interface Standing {
  readonly standing: "obeyed" | "kept" | "refused";
  readonly served?: readonly string[];
  readonly why?: string;
}

const all = (standing: Standing["standing"], fields: string): [string, Standing][] =>
  fields
    .trim()
    .split(/\s+/)
    .map((field) => [field, { standing }]);
const yesNo = ["0", "1"];

/** 字段表 · every field of every transaction's input; with a transaction's number, what it is there. No document gives their codes: they were read in several clients. */
export const standings: Readonly<Record<string, Standing>> = Object.fromEntries([
  // Who, where, when, which.
  ...all(
    "obeyed",
    "psn_no mdtrt_cert_type mdtrt_cert_no insutype mdtrt_id setl_id feedetl_sn init_feedetl_sn chrg_bchno ipt_otp_no ipt_no",
  ),
  ...all("obeyed", "med_type begntime endtime fee_ocur_time dscgTime die_date omsgid oinfno trt_dcla_detl_sn cum_ym"),
  ...all("obeyed", "fixmedins_code reflin_medins_no mdtrtarea_admdvs refl_date begndate enddate psn_name sign_no"),
  // What was charged, and what it adds up to.
  ...all("obeyed", "med_list_codg det_item_fee_sumamt cnt pric medfee_sumamt"),
  ...all("obeyed", "fulamt_ownpay_amt overlmt_selfpay preselfpay_amt inscp_scp_amt"),
  // What it was for.
  ...all("obeyed", "diag_code dscg_maindiag_code"),
  ["2203 dise_codg", { standing: "obeyed", why: "没有诊断时是病种" }],
  // Of an admission the main diagnosis counts, which has fields of its own.
  ...all("kept", "dise_codg dise_name diag_name dscg_maindiag_name"),
  ...["diag_code", "vali_flag", "mdtrt_id"].map((field): [string, Standing] => [`2401 ${field}`, { standing: "kept" }]),
  ...["diag_code", "vali_flag", "mdtrt_id"].map((field): [string, Standing] => [`2403 ${field}`, { standing: "kept" }]),
  ["2203 begntime", { standing: "kept", why: "哪天就诊以挂号为准" }],
  ["maindiag_flag", { standing: "obeyed", served: yesNo }],
  ["vali_flag", { standing: "obeyed", served: yesNo, why: "0: 这条诊断无效，不算" }],
  // How it is to be paid.
  ["hosp_appr_flag", { standing: "obeyed", served: ["0", "1", "2"], why: "2: 医院审批不通过，转自费" }],
  ["tcmdrug_used_way", { standing: "obeyed", served: ["1", "2"], why: "1复方，2单方：单方只收自费的" }],
  ["mid_setl_flag", { standing: "obeyed", served: yesNo }],
  ["psn_setlway", { standing: "refused", served: ["01"], why: "只办按项目结算；没有单病种、定额、日间的规定" }],
  ["hosp_agre_refl_flag", { standing: "refused", served: ["1"], why: "医院不同意的转院不办" }],
  ["acct_used_flag", { standing: "kept", served: yesNo, why: "居民医保没有个人账户" }],
  ["matn_fee_flag", { standing: "kept", served: yesNo, why: "居民的生育医疗费按普通门诊、住院报" }],
  ["rx_circ_flag", { standing: "kept", served: yesNo, why: "外购处方的药由卖药的一方报" }],
  // Said of the care, shown and given back.
  ...all(
    "kept",
    "medins_list_codg bilg_dept_codg bilg_dept_name bilg_dr_codg bilg_dr_name acord_dept_codg acord_dept_name",
  ),
  ...all(
    "kept",
    "orders_dr_code orders_dr_name etip_flag etip_hosp_code dscg_tkdrug_flag rxno drord_no memo exp_content",
  ),
  ...all("kept", "sin_dos_dscr used_frqu_dscr prd_days medc_way_dscr invono dise_type_code cop_flag dscg_way"),
  ...all(
    "kept",
    "atddr_no dr_name dept_code dept_name caty chfpdr_name medrcdno main_cond_dscr adm_diag_dscr adm_dept_codg",
  ),
  ...all(
    "kept",
    "adm_dept_name adm_bed dscg_dept_codg dscg_dept_name dscg_bed coner_name tel addr insu_optins dise_cond_dscr",
  ),
  ...all(
    "kept",
    "diag_type diag_srt_no adm_cond diag_dept dise_dor_no dise_dor_name diag_time oprn_oprt_code oprn_oprt_name",
  ),
  ...all("kept", "fpsc_no matn_type birctrl_type birctrl_matn_date latechb_flag geso_val fetts fetus_cnt pret_flag"),
  ...all("kept", "reflin_medins_name refl_type refl_rea refl_opnn refl_used_flag"),
  ...all("kept", "card_sn psn_cert_type certno opter_no mac ip"),
]);

/** What becomes of a field in a transaction. */
export const standingIn = (no: string, field: string): Standing | undefined =>
  standings[`${no} ${field}`] ?? standings[field];

/** 单方 · a herb that is prescribed alone: which of them are paid no catalogue in hand says, so it is taken as own pay only. */
export const singleHerb = {
  code: "2",
  refused: "中药使用方式 tcmdrug_used_way：单方饮片能不能报没有依据，自费的请填医院审批标志2",
} as const;

/** Throws where a message says something that is not served, by the field's name: silence would settle it as something else. */
export function mustBeServed(no: TransactionNo, input: Tree): void {
  for (const [national, { node }] of Object.entries(transactions[no].input as Parts)) {
    for (const one of [input[national] ?? []].flat() as Tree[]) {
      for (const [field, { label }] of Object.entries(node)) {
        const { served, why } = standingIn(no, field) ?? {};
        const said = String(one[field] ?? "").trim();
        if (!served || said === "" || served.includes(said)) continue;
        throw new Refusal("value-not-served", { detail: `${label} ${field}：${said}${why ? `，${why}` : ""}` });
      }
    }
  }
}
