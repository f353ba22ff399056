import { lazy, Suspense } from "react";

const Chart = lazy(() => import("./echart.tsx"));

/** A chart, fetched when the first one is drawn. */
export const LazyChart = (props: Parameters<typeof Chart>[0]) => (
  <Suspense fallback={<div style={{ height: props.height }} aria-busy="true" />}>
    <Chart {...props} />
  </Suspense>
);
