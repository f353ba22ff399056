import * as z from "zod";
import { CalendarDay } from "../edge.ts";
import { identityKinds } from "./identity.ts";

/** An identity as text: the kind, the first day listed, the day dropped or null. */
export const IdentityText = z
  .strictObject({
    kind: z.enum(identityKinds),
    from: CalendarDay,
    until: CalendarDay.nullable().default(null),
  })
  .refine(({ from, until }) => until === null || from <= until, { error: "day" });
