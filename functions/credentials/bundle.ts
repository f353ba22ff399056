import { endpoints } from "../../shared/api/credentials.ts";
import { areas } from "../../shared/areas/areas.ts";
import { Refusal } from "../../shared/refusal.ts";
import { http } from "../http.ts";
import { bundleOf } from "./bundles.ts";

/** GET /credential/bundle · 离线核验名单: keys and what was revoked of an area, for a desk without a network. */
export const handler = http(endpoints["credentials.bundle"], async ({ query: { area } }) => {
  if (!areas.has(area)) throw new Refusal("unknown-area");
  const { on, bytes, root } = await bundleOf(area);
  return { area, on, bundle: Buffer.from(bytes).toString("base64"), root };
});
