import { endpoints } from "../../shared/api/catalogue.ts";
import { readImport } from "../../shared/catalogue/import.ts";
import { largestPart } from "../../shared/catalogue/parts.ts";
import { Refusal } from "../../shared/refusal.ts";
import { recordAccess } from "../audit.ts";
import { today } from "../clock.ts";
import { http } from "../http.ts";
import { bringIn, recordPart, summed } from "./imported.ts";
import { catalogueAreaOf } from "./store.ts";

/** POST /catalogue/imports · 导入目录: one part of a file; sent again it changes nothing. By officers of the pooling area itself. */
export const handler = http(endpoints["catalogue.import"], async ({ officer, body }) => {
  const area = catalogueAreaOf(officer.unit);
  if (officer.unit !== area) throw new Refusal("outside-area", { detail: "目录由统筹区统一维护" });
  const { csv, ...part } = body;
  const { rows, faults } = readImport(csv, part.firstRow);
  if (rows.length + faults.length > largestPart.rows) throw new Refusal("too-large");
  const reason = `${part.fileName}，第${part.firstRow}行起`;
  await recordAccess(officer, { village: area }, { call: "catalogue.import", reason });
  const sum = summed(await bringIn(area, rows), faults);
  await recordPart(area, officer, { ...part, on: today() }, sum);
  return sum;
});
