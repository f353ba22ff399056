import { about } from "./about.ts";
import { agency } from "./agency.ts";
import { contributions, payments } from "./contributions.ts";
import type { Endpoint } from "./endpoint.ts";
import { residents } from "./residents.ts";
import { signIn } from "./sign-in.ts";

/** 接口清单 · every way in, under "folder.file": `functions/<folder>/<file>.ts` exports its handler. */
export const endpoints = {
  ...about,
  ...signIn,
  ...residents,
  ...contributions,
  ...payments,
  ...agency,
} as const satisfies Record<`${string}.${string}`, Endpoint>;

export type Endpoints = typeof endpoints;
export type EndpointName = keyof Endpoints;
