import { about } from "./about.ts";
import { agency } from "./agency.ts";
import { attachments } from "./attachments.ts";
import { catalogue } from "./catalogue.ts";
import { claims } from "./claims.ts";
import { oversight } from "./claims-agency.ts";
import { contributions } from "./contributions.ts";
import { counter } from "./counter.ts";
import { credentials } from "./credentials.ts";
import { credentialsAgency } from "./credentials-agency.ts";
import type { Endpoint } from "./endpoint.ts";
import { family, familyCounter } from "./family.ts";
import { filings } from "./filings.ts";
import { filingDesk } from "./filings-agency.ts";
import { gateway } from "./gateway.ts";
import { inquiries } from "./inquiries.ts";
import { messages } from "./messages.ts";
import { payments } from "./payments.ts";
import { proof } from "./proof.ts";
import { providers } from "./providers.ts";
import { receipts } from "./receipts.ts";
import { refunds } from "./refunds.ts";
import { residents } from "./residents.ts";
import { signIn } from "./sign-in.ts";

/** 接口清单 · every way in, under "folder.file": `functions/<folder>/<file>.ts` exports its handler. */
export const endpoints = {
  ...about,
  ...signIn,
  ...residents,
  ...proof,
  ...contributions,
  ...payments,
  ...refunds,
  ...receipts,
  ...messages,
  ...family,
  ...gateway,
  ...credentials,
  ...credentialsAgency,
  ...agency,
  ...counter,
  ...familyCounter,
  ...providers,
  ...catalogue,
  ...claims,
  ...oversight,
  ...filings,
  ...filingDesk,
  ...inquiries,
  ...attachments,
} as const satisfies Record<`${string}.${string}`, Endpoint>;

export type Endpoints = typeof endpoints;
export type EndpointName = keyof Endpoints;
