import { endpoints } from "../../shared/api/providers.ts";
import { http } from "../http.ts";
import { openKey } from "./keys.ts";
import { recordMove } from "./moves.ts";
import { pageOf } from "./reply.ts";

/** POST /providers/{code}/keys · 发放密钥: good at once; the older ones end after the overlap. */
export const handler = http(endpoints["providers.key"], async ({ officer, params: { code }, body }) => {
  await recordMove(officer, code, "providers.key", body.reason);
  const { keyNo, secret } = await openKey(officer, code, body);
  return { ...(await pageOf(officer, code)), keyNo, secret };
});
