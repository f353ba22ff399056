import { endpoints as about } from "./about.ts";
import { endpoints as attachments } from "./attachments.ts";
import { endpoints as attachmentsAgency } from "./attachments-agency.ts";
import { endpoints as catalogue } from "./catalogue.ts";
import { endpoints as claims } from "./claims.ts";
import { endpoints as claimsAgency } from "./claims-agency.ts";
import { endpoints as contributions } from "./contributions.ts";
import { endpoints as counter } from "./counter.ts";
import { endpoints as credentials } from "./credentials.ts";
import { endpoints as credentialsAgency } from "./credentials-agency.ts";
import type { Endpoint } from "./endpoint.ts";
import { endpoints as family } from "./family.ts";
import { endpoints as familyAgency } from "./family-agency.ts";
import { endpoints as filings } from "./filings.ts";
import { endpoints as filingsAgency } from "./filings-agency.ts";
import { endpoints as gateway } from "./gateway.ts";
import { endpoints as hospitals } from "./hospitals.ts";
import { endpoints as inquiries } from "./inquiries.ts";
import { endpoints as ledger } from "./ledger.ts";
import { endpoints as messages } from "./messages.ts";
import { endpoints as officers } from "./officers.ts";
import { endpoints as payments } from "./payments.ts";
import { endpoints as progress } from "./progress.ts";
import { endpoints as proof } from "./proof.ts";
import { endpoints as proposals } from "./proposals.ts";
import { endpoints as providers } from "./providers.ts";
import { endpoints as receipts } from "./receipts.ts";
import { endpoints as refunds } from "./refunds.ts";
import { endpoints as refundsAgency } from "./refunds-agency.ts";
import { endpoints as residents } from "./residents.ts";
import { endpoints as signIn } from "./sign-in.ts";

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
  ...proposals,
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
