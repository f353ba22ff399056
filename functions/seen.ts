import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Endpoint } from "../shared/api/endpoint.ts";
import { signatureHeaders } from "../shared/gateway/signing.ts";
import { addressOf } from "./address.ts";
import { lookupHash, secretHash } from "./sealing.ts";
import type { SignedMessage } from "./signed.ts";

interface Known {
  readonly resident?: { readonly accountNo: string };
  readonly officer?: { readonly officerNo: string };
  readonly message?: SignedMessage;
}

/**
 * 谁、从哪来 · the principal and the address of a call for its line in the log, both as hashes: the same one can be followed
 * through a day's lines, and nobody is named. An address is short enough to be guessed, so its hash is keyed, where the function
 * has the keys at all.
 */
export function seenBy({ access }: Endpoint): (event: APIGatewayProxyEventV2) => Promise<Record<string, string>> {
  return async (event) => {
    const principal = principalOf((event as { actor?: Known }).actor ?? {});
    const from = access.main === undefined ? null : await lookupHash("address", addressOf(event)).catch(() => null);
    return {
      ...(principal && { who: secretHash(principal).slice(0, 16) }),
      ...(from !== null && { from: from.slice(0, 16) }),
    };
  };
}

/** A provider is whom its message names: where that is a lie, the line says so with its code. */
function principalOf({ resident, officer, message }: Known): string | undefined {
  if (resident) return `account#${resident.accountNo}`;
  if (officer) return `officer#${officer.officerNo}`;
  const named = message?.headers[signatureHeaders.key]?.split(".")[0];
  return named && `provider#${named}`;
}
