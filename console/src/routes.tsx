import { type ComponentType, lazy } from "react";
import type { Capability } from "./access.ts";

/** 页面 · the page of each capability, fetched when it is opened. */
export const pages: Record<Capability, { path: string; Page: ComponentType }> = {
  progress: { path: "/progress/:unit?", Page: lazy(() => import("./pages/progress.tsx")) },
  names: { path: "/names/:unit?", Page: lazy(() => import("./pages/names.tsx")) },
  refunds: { path: "/refunds", Page: lazy(() => import("./pages/refunds.tsx")) },
  counter: { path: "/counter", Page: lazy(() => import("./pages/counter.tsx")) },
  "family-reviews": { path: "/family-reviews", Page: lazy(() => import("./pages/family-reviews.tsx")) },
  claims: { path: "/claims/:personNo?/:claimNo?", Page: lazy(() => import("./pages/claims.tsx")) },
  disputes: { path: "/disputes/:disputeNo?", Page: lazy(() => import("./pages/disputes.tsx")) },
  credentials: { path: "/credentials", Page: lazy(() => import("./pages/credentials.tsx")) },
  "credential-cases": { path: "/credential-cases/:caseNo?", Page: lazy(() => import("./pages/credential-cases.tsx")) },
  "code-uses": { path: "/code-uses", Page: lazy(() => import("./pages/code-uses.tsx")) },
  filings: { path: "/filings/:personNo?/:filingNo?", Page: lazy(() => import("./pages/filings.tsx")) },
  "filing-find": { path: "/filing-find/:personNo?/:filingNo?", Page: lazy(() => import("./pages/filing-find.tsx")) },
  "filing-agent": { path: "/filing-agent", Page: lazy(() => import("./pages/filing-agent.tsx")) },
  inquiries: { path: "/inquiries/:inquiryNo?", Page: lazy(() => import("./pages/inquiries.tsx")) },
  catalogue: { path: "/catalogue", Page: lazy(() => import("./pages/catalogue.tsx")) },
  providers: { path: "/providers/:code?", Page: lazy(() => import("./pages/providers.tsx")) },
  "provider-desk": { path: "/provider-desk", Page: lazy(() => import("./pages/provider-desk.tsx")) },
  ledger: { path: "/ledger", Page: lazy(() => import("./pages/trial-balance.tsx")) },
  differences: { path: "/differences", Page: lazy(() => import("./pages/differences.tsx")) },
  "payment-switch": { path: "/payment-switch", Page: lazy(() => import("./pages/payment-switch.tsx")) },
  access: { path: "/access", Page: lazy(() => import("./pages/access.tsx")) },
};
