import type { ProviderKind, Service } from "../provider/provider.ts";
import { type BusinessType, businessTypes } from "./credential.ts";

interface Purpose {
  /** Who may decode for it, and which of these services it must have opened. */
  readonly kinds: readonly ProviderKind[];
  readonly service: Service | null;
  /** The transactions of the gateway in which its token is taken; who somebody is may be asked with any. */
  readonly transactions: readonly string[];
}

const atHospital: Purpose = { kinds: ["hospital"], service: null, transactions: [] };
const outpatient = ["2201"];
const inpatient = ["2401"];
const settling = ["2206", "2207"];

/**
 * 用途 · what a code that was decoded for a business type is good for. Which types a provider decodes is in implementers' code; which
 * transactions each opens is ours: the narrowest that lets the work be done.
 */
const purposes: Readonly<Record<BusinessType, Purpose>> = {
  "01101": { ...atHospital, transactions: outpatient },
  "01102": { ...atHospital, service: "inpatient", transactions: inpatient },
  "01103": { ...atHospital, service: "inpatient", transactions: inpatient },
  "01104": { ...atHospital, service: "inpatient" },
  "01201": atHospital,
  "01202": atHospital,
  "01203": atHospital,
  "01204": atHospital,
  "01301": { ...atHospital, transactions: [...settling, "2303", "2304"] },
  "01302": atHospital,
  "01303": atHospital,
  "01304": atHospital,
  "01305": atHospital,
  "02121": { kinds: ["pharmacy"], service: "pharmacy", transactions: [...outpatient, ...settling] },
  "02122": { kinds: ["pharmacy"], service: null, transactions: [...outpatient, ...settling] },
  "03131": atHospital,
};

/** The numbers of all business types. */
export const businessTypeNames = Object.keys(businessTypes) as [BusinessType, ...BusinessType[]];
/** Is this a business type? */
export const isBusinessType = (written: string): written is BusinessType => Object.hasOwn(businessTypes, written);
/** What a business type is good for, and at whose desk. */
export const purposeOf = (type: BusinessType): Purpose => purposes[type];

/** 1101 人员信息获取: who somebody is. */
const identifying = "1101";

/** Is a token for a business type taken in a transaction? */
export const fits = (type: BusinessType, transaction: string): boolean =>
  transaction === identifying || purposes[type].transactions.includes(transaction);
