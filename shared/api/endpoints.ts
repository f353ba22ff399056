import { about } from "./about.ts";
import { attachments } from "./attachments.ts";
import { attachmentsAgency } from "./attachments-agency.ts";
import { catalogue } from "./catalogue.ts";
import { claims } from "./claims.ts";
import { claimsAgency } from "./claims-agency.ts";
import { contributions } from "./contributions.ts";
import { counter } from "./counter.ts";
import { credentials } from "./credentials.ts";
import { credentialsAgency } from "./credentials-agency.ts";
import type { Endpoint } from "./endpoint.ts";
import { family } from "./family.ts";
import { familyAgency } from "./family-agency.ts";
import { filings } from "./filings.ts";
import { filingsAgency } from "./filings-agency.ts";
import { gateway } from "./gateway.ts";
import { hospitals } from "./hospitals.ts";
import { inquiries } from "./inquiries.ts";
import { ledger } from "./ledger.ts";
import { messages } from "./messages.ts";
import { officers } from "./officers.ts";
import { payments } from "./payments.ts";
import { progress } from "./progress.ts";
import { proof } from "./proof.ts";
import { providers } from "./providers.ts";
import { receipts } from "./receipts.ts";
import { refunds } from "./refunds.ts";
import { refundsAgency } from "./refunds-agency.ts";
import { residents } from "./residents.ts";
import { signIn } from "./sign-in.ts";

/** 接口清单 · every way in, under "folder.file": `functions/<folder>/<file>.ts` exports its handler, `<folder>.ts` here says what it is. */
export const endpoints = {
  ...about,
  ...signIn,
  ...residents,
  ...proof,
  ...contributions,
  ...payments,
  ...refunds,
  ...refundsAgency,
  ...receipts,
  ...messages,
  ...family,
  ...familyAgency,
  ...gateway,
  ...credentials,
  ...credentialsAgency,
  ...officers,
  ...progress,
  ...ledger,
  ...counter,
  ...providers,
  ...catalogue,
  ...claims,
  ...claimsAgency,
  ...filings,
  ...filingsAgency,
  ...hospitals,
  ...inquiries,
  ...attachments,
  ...attachmentsAgency,
} as const satisfies Record<`${string}.${string}`, Endpoint>;

export type Endpoints = typeof endpoints;
export type EndpointName = keyof Endpoints;
