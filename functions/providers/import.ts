import { endpoints } from "../../shared/api/providers.ts";
import { http } from "../http.ts";
import { takeOver } from "./take-over.ts";

/** POST /providers/import · 导入已生效的定点机构: good rows are taken, the others are told by line. */
export const handler = http(endpoints["providers.import"], ({ officer, body: { csv, reason } }) =>
  takeOver(officer, csv, reason),
);
