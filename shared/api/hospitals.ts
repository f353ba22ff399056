import * as z from "zod";
import { levels } from "../policy/table.ts";
import { endpoint } from "./endpoint.ts";
import { Destination, DestinationCode } from "./filings.ts";

export const endpoints = {
  "hospitals.list": endpoint({
    method: "GET",
    path: "/hospitals",
    title: "联网医院",
    caller: { audience: "anyone" },
    access: { main: "read" },
    query: z.strictObject({
      destination: DestinationCode,
      q: z.string().trim().max(40).optional(),
      level: z.enum(["primary", "secondary", "tertiary"]).optional(),
      service: z.enum(["outpatient", "chronic-outpatient", "inpatient"]).optional(),
    }),
    reply: z.strictObject({
      destination: Destination,
      hospitals: z.array(
        z.strictObject({
          code: z.string(),
          name: z.string(),
          level: z.enum(levels),
          levelName: z.string(),
          public: z.boolean(),
          services: z.array(z.string()),
          address: z.string(),
          telephone: z.string(),
        }),
      ),
      /** There are more than are told. */
      more: z.boolean(),
    }),
  }),
};
