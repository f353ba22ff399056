import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import * as z from "zod";
import { isDay } from "../shared/day.ts";
import type { Moment } from "../shared/gateway/field.ts";
import { type Algorithm, algorithms } from "../shared/gateway/signing.ts";
import { readProviderCode, type Service, serviceNames } from "../shared/provider/provider.ts";
import { overHttp } from "./client.ts";
import type { Hospital, Patient, Sold } from "./visit.ts";

/** 密钥文件 · { "H37061100001": { "keyNo": "…", "algorithm": "HMAC-SM3", "secret": "hex" }, … }; name and services may be left out. */
const Keys = z.record(
  z.string().regex(/^[HP]\d{11}$/),
  z.strictObject({
    keyNo: z.string(),
    algorithm: z.enum(algorithms),
    secret: z.string().regex(/^[0-9a-fA-F]{64}$/),
    name: z.string().optional(),
    services: z.array(z.enum(serviceNames)).optional(),
  }),
);

/** A provider with its key: the HMAC secret, or the SM2 private key, in hex. */
export interface ProviderEntry {
  readonly code: string;
  readonly name: string;
  readonly services: readonly Service[];
  readonly keyNo: string;
  readonly algorithm: Algorithm;
  readonly secret: string;
}

/** Reads a file of keys. A hospital that does not say what it offers is taken to offer out-patient and in-patient care. */
export function readKeys(path: string): ProviderEntry[] {
  const keys = Keys.parse(JSON.parse(readFileSync(path, "utf8")));
  return Object.entries(keys).map(([code, { name = code, services, ...key }]) => ({
    ...key,
    code,
    name,
    services: services ?? (code.startsWith("P") ? ["pharmacy"] : ["outpatient", "inpatient"]),
  }));
}

/** 从哪里开始 · what a run starts from where no file is given: providers with their keys, people to treat, what is sold. */
export interface Supply {
  /** Null where there are none. */
  readonly providers: () => ProviderEntry[] | null;
  readonly patients: (most: number) => Patient[];
  readonly items: () => Sold[];
}

/** The kit by itself has nothing to start from: all of it is given in files. */
export const noSupply: Supply = { providers: () => null, patients: () => [], items: () => [] };

const eightHours = 8 * 3_600_000;
const clock = () => new Date(Date.now() + eightHours).toISOString();

/** The business day of a gateway of ours, else the calendar's in Asia/Shanghai. */
export async function businessDay(url: string): Promise<string> {
  const told = await fetch(`${url}/api/today`)
    .then((response) => response.json() as Promise<{ today?: unknown }>)
    .catch(() => ({ today: undefined }));
  return typeof told.today === "string" && isDay(told.today) ? told.today : clock().slice(0, 10);
}

/** A provider's system that sends over HTTP, its messages dated on a business day. */
export const hospitalAt = (url: string, day: string, entry: ProviderEntry): Hospital => ({
  providerCode: entry.code,
  providerName: entry.name,
  services: entry.services,
  careArea: readProviderCode(entry.code)?.county ?? "",
  keyNo: entry.keyNo,
  algorithm: entry.algorithm,
  secret: entry.secret,
  now: Date.now,
  business: () => `${day} ${clock().slice(11, 19)}` as Moment,
  random: () => randomBytes(12).toString("hex"),
  post: overHttp(url),
});
