import { endpoints } from "../../shared/api/endpoints.ts";
import { openApi } from "../../shared/api/openapi.ts";
import { http } from "../http.ts";

/** GET /openapi.json · 接口文档, read from the endpoint list. */
export const handler = http(endpoints["about.openapi"], async () => openApi());
