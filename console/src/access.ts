import type { Role } from "../../shared/api/endpoint.ts";
import type { EndpointName } from "../../shared/api/endpoints.ts";
import { within } from "../../shared/org.ts";

/** Whom access is decided for: the roles, and the unit that all they do lies in. */
export interface Post {
  readonly unit: { readonly code: string };
  readonly roles: readonly Role[];
}

interface Offer {
  readonly group: string;
  readonly title: string;
  readonly role: Role;
  /** Other roles that may look. */
  readonly also?: readonly Role[];
  readonly call: EndpointName;
}

/** 功能 · what the console offers, by page: where it stands in the navigation, the role it takes, and the call it makes first. */
export const capabilities = {
  progress: { group: "参保缴费", title: "参保进度", role: "progress", call: "progress.board" },
  names: { group: "参保缴费", title: "名单走访", role: "visits", call: "progress.names" },
  refunds: { group: "参保缴费", title: "退费", role: "refunds", call: "refunds-agency.worklist" },
  counter: { group: "服务窗口", title: "窗口办理", role: "counter", call: "counter.find" },
  "family-reviews": { group: "服务窗口", title: "亲情账户", role: "counter", call: "family-agency.reviews" },
  claims: { group: "费用与争议", title: "费用查询", role: "claims", call: "claims-agency.claims" },
  disputes: { group: "费用与争议", title: "争议", role: "claims", call: "claims-agency.disputes" },
  credentials: { group: "医保码", title: "医保码查询", role: "credentials", call: "credentials-agency.find" },
  "credential-cases": { group: "医保码", title: "用码疑点", role: "credentials", call: "credentials-agency.cases" },
  "code-uses": { group: "医保码", title: "机构用码", role: "credentials", call: "credentials-agency.usage" },
  filings: { group: "异地就医", title: "备案待办", role: "filings", call: "filings-agency.list" },
  "filing-find": {
    group: "异地就医",
    title: "备案查询",
    role: "filings",
    also: ["visits", "counter"],
    call: "filings-agency.find",
  },
  "filing-agent": {
    group: "异地就医",
    title: "代办备案",
    role: "counter",
    also: ["visits"],
    call: "filings-agency.consent",
  },
  inquiries: { group: "异地就医", title: "协查", role: "filings", call: "inquiries.list" },
  catalogue: {
    group: "定点与目录",
    title: "医保目录",
    role: "catalogue",
    also: ["claims", "providers"],
    call: "catalogue.search",
  },
  providers: { group: "定点与目录", title: "定点机构", role: "providers", call: "providers.list" },
  "provider-desk": { group: "定点与目录", title: "机构试用台", role: "providers", call: "catalogue.search" },
  ledger: { group: "基金账", title: "试算平衡", role: "finance", call: "ledger.trial-balance" },
  differences: { group: "基金账", title: "对账与暂收", role: "finance", call: "payments.differences" },
  "payment-switch": { group: "基金账", title: "缴费开关", role: "finance", call: "payments.switches" },
  proposals: { group: "复核", title: "待复核", role: "providers", also: ["claims", "finance"], call: "proposals.list" },
  access: { group: "审计", title: "查阅记录", role: "audit", call: "claims-agency.access" },
} as const satisfies Record<string, Offer>;
export type Capability = keyof typeof capabilities;

/** May this officer open a page? Hidden is not refused: the API decides again. */
export function mayOpen(post: Post, page: Capability): boolean {
  const { role, also = [] }: Offer = capabilities[page];
  return [role, ...also].some((one) => post.roles.includes(one));
}

/** The pages of an officer, in the order of the navigation. */
export const pagesOf = (post: Post): Capability[] =>
  (Object.keys(capabilities) as Capability[]).filter((page) => mayOpen(post, page));

/** 辖区 · is a unit the officer's own, or below it? */
export const inArea = (post: Post, unit: string): boolean => within(unit, post.unit.code);

/** 下达目标 · for units below one's own, never for one's own. */
export const maySetTarget = (post: Post, unit: string): boolean =>
  post.roles.includes("targets") && unit !== post.unit.code && inArea(post, unit);

/** 导入目录 · for whoever keeps the catalogue, not for those who look things up in it. */
export const mayKeepCatalogue = (post: Post): boolean => post.roles.includes("catalogue");

/** 审核异地备案 · for whoever reviews, not for those who file for others. */
export const mayReviewFilings = (post: Post): boolean => post.roles.includes("filings");

/** 下级单位 · the board alone tells the names of the units below, so only who may see it chooses among them. */
export const maySeeUnits = (post: Post): boolean => post.roles.includes("progress");

/** 付出退费现金 · is a matter of the counter, also from the page of refunds. */
export const mayPayOut = (post: Post): boolean => post.roles.includes("counter");
