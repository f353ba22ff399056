import { endpoints } from "../../shared/api/providers.ts";
import { mustBeWithin } from "../callers/officers.ts";
import { http } from "../http.ts";
import { pageOf } from "./reply.ts";
import { readCode } from "./store.ts";

/** GET /providers/{code} · 一家定点机构: of the officer's area. */
export const handler = http(endpoints["providers.one"], async ({ officer, params: { code } }) => {
  mustBeWithin(officer, readCode(code).county);
  return pageOf(officer, code);
});
