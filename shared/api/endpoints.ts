import { about } from "./about.ts";
import { agency } from "./agency.ts";
import { contributions } from "./contributions.ts";
import { counter } from "./counter.ts";
import type { Endpoint } from "./endpoint.ts";
import { family, familyCounter } from "./family.ts";
import { messages } from "./messages.ts";
import { payments } from "./payments.ts";
import { proof } from "./proof.ts";
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
  ...agency,
  ...counter,
  ...familyCounter,
} as const satisfies Record<`${string}.${string}`, Endpoint>;

export type Endpoints = typeof endpoints;
export type EndpointName = keyof Endpoints;
