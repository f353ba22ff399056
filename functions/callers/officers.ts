import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from "jose";
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

/** … and since when their token is good, in seconds: the issuer signed them in or renewed it then. */
export type SignedIn = Officer & { readonly since: number };

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
export async function officerOf(accessToken: string): Promise<SignedIn> {
  const { sub, iat: since = 0 } = await claimsOf(accessToken);
  const officer = await mustBeAt(key.officer(sub), Officer, "not-an-officer");
  if (officer.until !== null && officer.until < today()) throw new Refusal("appointment-ended");
  return { ...officer, since };
}

/** Signatures with a key pair: whoever can read the issuer's keys can make no token of them. */
const algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];

async function claimsOf(token: string): Promise<{ sub: string; iat?: number | undefined }> {
  const { url: issuer, audience, clients } = config.issuer();
  try {
    const keys = await keySet(issuer);
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer,
      audience,
      clockTolerance: 5,
      algorithms,
    });
    const { sub, iat, client_id: client = payload.azp } = payload;
    const isOurs = clients.length === 0 || clients.includes(String(client));
    if (sub && isOurs && isAccessToken(protectedHeader.typ, payload)) return { sub, iat };
  } catch (cause) {
    if (cause instanceof errors.JWTExpired) throw new Refusal("session-expired", { cause });
    if (cause instanceof errors.JOSEError) throw new Refusal("not-signed-in", { cause });
    throw cause;
  }
  throw new Refusal("not-signed-in");
}

/** A token of another use, such as who somebody is, opens nothing: RFC 9068 says what it is for, Cognito and Keycloak each in a claim. */
const isAccessToken = (typ: string | undefined, { token_use, typ: bearer }: JWTPayload): boolean =>
  typ?.toLowerCase().replace("application/", "") === "at+jwt" || token_use === "access" || bearer === "Bearer";

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
