import { endpoints } from "../../shared/api/catalogue.ts";
import { http } from "../http.ts";
import { importsOf } from "./imported.ts";
import { countsOf } from "./names.ts";
import { catalogueAreaOf } from "./store.ts";

/** GET /catalogue/imports · 目录概况与导入记录: how much there is, and who brought in what. */
export const handler = http(endpoints["catalogue.imports"], async ({ officer }) => {
  const area = catalogueAreaOf(officer.unit);
  const [counts, imports] = await Promise.all([countsOf(area), importsOf(area)]);
  return {
    counts,
    imports: imports.map(({ sk, officerNo: _, ...told }) => ({ importNo: sk, ...told })),
  };
});
