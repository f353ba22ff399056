import { endpoints } from "../../shared/api/about.ts";
import { http } from "../http.ts";

/** GET /openapi.json · 接口文档, read from the endpoint list. */
export const handler = http(endpoints["about.openapi"], async () => {
  // It speaks of every endpoint: loaded by whoever asks for it, not where a function starts.
  const { openApi } = await import("../../shared/api/openapi.ts");
  return openApi;
});
