import { type ComponentType, lazy } from "react";
import type { Capability } from "./access.ts";

/** 页面 · the page of each capability, fetched when it is opened. */
export const pages: Record<Capability, { path: string; Page: ComponentType }> = {
  progress: { path: "/progress/:unit?", Page: lazy(() => import("./pages/progress/progress.tsx")) },
  names: { path: "/names/:unit?", Page: lazy(() => import("./pages/progress/names.tsx")) },
  refunds: { path: "/refunds", Page: lazy(() => import("./pages/refunds/refunds.tsx")) },
  counter: { path: "/counter", Page: lazy(() => import("./pages/counter/counter.tsx")) },
  "family-reviews": { path: "/family-reviews", Page: lazy(() => import("./pages/family/reviews.tsx")) },
  claims: { path: "/claims/:personNo?/:claimNo?", Page: lazy(() => import("./pages/claims/claims.tsx")) },
  disputes: { path: "/disputes/:disputeNo?", Page: lazy(() => import("./pages/claims/disputes.tsx")) },
  credentials: { path: "/credentials", Page: lazy(() => import("./pages/credentials/credentials.tsx")) },
  "credential-cases": { path: "/credential-cases/:caseNo?", Page: lazy(() => import("./pages/credentials/cases.tsx")) },
  "code-uses": { path: "/code-uses", Page: lazy(() => import("./pages/credentials/uses.tsx")) },
  filings: { path: "/filings/:personNo?/:filingNo?", Page: lazy(() => import("./pages/filings/filings.tsx")) },
  "filing-find": { path: "/filing-find/:personNo?/:filingNo?", Page: lazy(() => import("./pages/filings/find.tsx")) },
  "filing-agent": { path: "/filing-agent", Page: lazy(() => import("./pages/filings/agent.tsx")) },
  inquiries: { path: "/inquiries/:inquiryNo?", Page: lazy(() => import("./pages/inquiries/inquiries.tsx")) },
  catalogue: { path: "/catalogue", Page: lazy(() => import("./pages/catalogue/catalogue.tsx")) },
  providers: { path: "/providers/:code?", Page: lazy(() => import("./pages/providers/providers.tsx")) },
  "provider-desk": { path: "/provider-desk", Page: lazy(() => import("./pages/desk/desk.tsx")) },
  ledger: { path: "/ledger", Page: lazy(() => import("./pages/ledger/trial-balance.tsx")) },
  differences: { path: "/differences", Page: lazy(() => import("./pages/ledger/differences.tsx")) },
  "payment-switch": { path: "/payment-switch", Page: lazy(() => import("./pages/ledger/payment-switch.tsx")) },
  proposals: { path: "/proposals", Page: lazy(() => import("./pages/proposals/proposals.tsx")) },
  access: { path: "/access", Page: lazy(() => import("./pages/access/access.tsx")) },
};
