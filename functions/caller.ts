import type middy from "@middy/core";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Caller } from "../shared/api/endpoint.ts";
import { isInPerson, mustBeGoodFor } from "../shared/proof/proof.ts";
import { Refusal } from "../shared/refusal.ts";
import { addressOf, networksOf } from "./address.ts";
import { officerOf, type SignedIn } from "./callers/officers.ts";
import { type Resident, residentOf } from "./callers/sessions.ts";
import { now } from "./clock.ts";
import { bodyBytes } from "./input.ts";
import { limit } from "./limits.ts";
import type { SignedMessage } from "./signed.ts";

/** Who calls, as the endpoint's audience says; what a channel or a provider sent comes raw, for its signature is over the bytes. */
export type Actor<C extends Caller> = C extends { audience: "resident" }
  ? {
      resident: C extends { trust: "signed-in" } ? Resident : Resident & { personNo: string };
      address: string;
    } & WhatMatters<C>
  : C extends { audience: "officer" }
    ? { officer: SignedIn; address: string }
    : C extends { audience: "channel" | "provider" }
      ? { message: SignedMessage }
      : { address: string };

/** Whether the person was looked at: whoever asks for what is weighty must say what becomes of it where only a telephone stood for them. */
type WhatMatters<C extends Caller> = C extends { trust: "weighty" } ? { inPerson: boolean } : unknown;

/** Slows an address down. Many residents share one behind their carrier; the channel's notices come from a few and are signed. */
export const slow = ({ audience }: Caller): middy.MiddlewareObj<APIGatewayProxyEventV2> => ({
  before: ({ event }) => {
    if (audience !== "channel" && audience !== "provider") limit("address", networksOf(addressOf(event)).own, 3_000);
  },
});

/** Who calls, and may they: slowed down by name, refused where the endpoint asks for more trust or another role. */
export const identify = (caller: Caller): middy.MiddlewareObj<APIGatewayProxyEventV2 & { actor?: object }> => ({
  before: async ({ event }) => {
    event.actor = await actorOf(caller, event);
  },
});

async function actorOf(caller: Caller, event: APIGatewayProxyEventV2): Promise<object> {
  if (caller.audience === "resident") {
    const resident = await residentOf(bearer(event));
    limit("account", resident.accountNo, 120);
    const { trust } = caller;
    if (trust !== "signed-in" && resident.personNo === null) throw new Refusal("not-bound");
    if (trust !== "signed-in" && trust !== "bound") mustBeGoodFor(trust, resident.lastProof, now());
    const { lastProof } = resident;
    const inPerson = lastProof !== null && isInPerson(lastProof);
    return { resident, address: addressOf(event), ...(trust === "weighty" && { inPerson }) };
  }
  if (caller.audience === "officer") {
    const officer = await officerOf(bearer(event));
    limit("officer", officer.officerNo, 600);
    if (!caller.roles.some((role) => officer.roles.includes(role))) throw new Refusal("role-missing");
    return { officer, address: addressOf(event) };
  }
  if (caller.audience === "anyone") return { address: addressOf(event) };
  const named = Object.entries(event.headers).map(([name, value]) => [name.toLowerCase(), value]);
  return { message: { headers: Object.fromEntries(named), body: bodyBytes(event, caller) } };
}

const bearer = (event: APIGatewayProxyEventV2): string => {
  const [scheme, token] = (event.headers.authorization ?? "").split(" ");
  if (scheme?.toLowerCase() !== "bearer" || !token) throw new Refusal("not-signed-in");
  return token;
};
