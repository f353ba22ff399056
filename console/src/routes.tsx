import { type ComponentType, lazy } from "react";
import type { Capability } from "./access.ts";

/** 页面 · the page of each capability, fetched when it is opened. */
export const pages: Record<Capability, { path: string; Page: ComponentType }> = {
  progress: { path: "/progress/:unit?", Page: lazy(() => import("./pages/progress.tsx")) },
  names: { path: "/names/:unit?", Page: lazy(() => import("./pages/names.tsx")) },
  ledger: { path: "/ledger", Page: lazy(() => import("./pages/trial-balance.tsx")) },
};
