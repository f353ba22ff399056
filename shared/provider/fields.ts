import * as z from "zod";
import { levels } from "../policy/table.ts";
import { hospitalLevelNames, serviceNames } from "./provider.ts";

/** 三个等级 as they are typed, at the API and in a row of a file. */
export const Levels = z.strictObject({
  real: z.enum(hospitalLevelNames),
  price: z.enum(levels),
  deductible: z.enum(levels),
});
/** 开通的服务 as they are ticked. */
export const Services = z.array(z.enum(serviceNames)).max(serviceNames.length);
export const ProviderName = z.string().trim().min(2).max(100);
export const Address = z.string().trim().min(2).max(200);
/** Any office telephone, with its area code. */
export const OfficeTelephone = z.string().regex(/^[0-9+() -]{5,20}$/, { error: "telephone" });
