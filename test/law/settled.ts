import { settleLine } from "../../shared/settlement/lines.ts";
import type { SettledText, StepText } from "../../shared/settlement/text.ts";
import { vectors } from "./vectors.ts";

const rows = vectors.filter((row) => row.case && Array.isArray(row.expect));

/** A case as `settle` prints it. */
export const settled = (asked: unknown): SettledText[] => JSON.parse(settleLine(JSON.stringify(asked)).line).claims;

/** Every claim of every vector that settles, with its sentence. */
export const claims = rows.flatMap((row) =>
  settled(row.case).map((claim) => ({ name: `${row.name}: ${claim.id}`, claim })),
);

/** The case of a vector, and one of its claims: a copy of its own, to be changed at will. */
export const caseOf = (id: string): unknown => rows.find((row) => row.case!.id === id)!.case;
export const claimOf = (id: string, which = 0): SettledText => settled(caseOf(id))[which]!;

export const stepsOf = ({ trace }: SettledText): StepText[] => trace.filter((one): one is StepText => "name" in one);
export const stepOf = (claim: SettledText, name: string): StepText => stepsOf(claim).find((one) => one.name === name)!;
