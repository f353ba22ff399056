import { createRemoteJWKSet, errors, jwtVerify } from "jose";
import * as z from "zod";
import { type Role, roles } from "../../shared/api/endpoint.ts";
import { areas } from "../../shared/areas/areas.ts";
import { CalendarDay } from "../../shared/edge.ts";
import { within } from "../../shared/org.ts";
import { Refusal } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { config } from "../config.ts";
import { key } from "../key.ts";
import { mustBeAt } from "../read.ts";

/** 经办人员 · who an officer is, where they belong and what they may do; the issuer says who, this record says what. */
export const Officer = z.object({
  officerNo: z.string(),
  name: z.string(),
  unit: z.string(),
  roles: z.array(z.enum(Object.keys(roles) as [Role])),
  /** 任职截止日 · the last day of the appointment; null where it has no end yet. */
  until: CalendarDay.nullable(),
});
export type Officer = z.output<typeof Officer>;

type KeySet = ReturnType<typeof createRemoteJWKSet>;
const keySets = new Map<string, Promise<KeySet>>();

/** The keys of an issuer, found by its discovery document; they are fetched again when a token names an unknown one. */
function keySet(issuer: string): Promise<KeySet> {
  const known = keySets.get(issuer);
  if (known) return known;
  const found = discover(issuer).catch((cause) => {
    keySets.delete(issuer);
    throw new Refusal("issuer-unreachable", { cause });
  });
  keySets.set(issuer, found);
  return found;
}

async function discover(issuer: string): Promise<KeySet> {
  const document = await fetch(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(config.patience()),
  });
  const { jwks_uri } = z.object({ jwks_uri: z.url() }).parse(await document.json());
  return createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: config.patience() });
}

/**
 * The officer behind an access token of the issuer; a token of another issuer, audience or time is refused, and so is
 * anybody whose appointment is over.
 */
export async function officerOf(accessToken: string): Promise<Officer> {
  const { url, audience } = config.issuer();
  const officer = await mustBeAt(key.officer(await subjectOf(accessToken, url, audience)), Officer, "not-an-officer");
  if (officer.until !== null && officer.until < today()) throw new Refusal("appointment-ended");
  return officer;
}

async function subjectOf(token: string, issuer: string, audience: string): Promise<string> {
  try {
    const { payload } = await jwtVerify(token, await keySet(issuer), { issuer, audience, clockTolerance: 5 });
    if (payload.sub) return payload.sub;
  } catch (cause) {
    if (cause instanceof errors.JWTExpired) throw new Refusal("session-expired", { cause });
    if (cause instanceof errors.JOSEError) throw new Refusal("not-signed-in", { cause });
    throw cause;
  }
  throw new Refusal("not-signed-in");
}

/** Throws unless the officer belongs to a pooling area itself: funds are an area's, not those of a county in it. */
export function mustRunFund({ unit }: Officer): void {
  if (!areas.has(unit)) throw new Refusal("outside-area", { detail: "基金账按统筹区看" });
}

/** Throws unless the officer's unit runs the merchant's account at the channel, which all areas share. */
export function mustRunChannel({ unit }: Officer): void {
  if (unit !== config.collectingArea()) {
    throw new Refusal("outside-area", { detail: "支付渠道由开商户号的统筹区管" });
  }
}

/** Throws unless a unit lies in the officer's own. */
export function mustBeWithin(officer: Officer, unit: string): void {
  if (!within(unit, officer.unit)) throw new Refusal("outside-area");
}
