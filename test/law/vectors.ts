import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A public vector: a case or a raw line (repeated so many times), and the claims or the refusal that it must give. */
interface Vector {
  readonly name: string;
  readonly source: string;
  readonly case?: {
    readonly id: string;
    readonly poolingArea: string;
    readonly claims: readonly { dischargedOn: string; settledElsewhere?: unknown }[];
  };
  readonly line?: string;
  readonly times?: number;
  readonly expect: readonly Record<string, unknown>[] | { readonly error: string };
}

const folder = join(import.meta.dirname, "../vectors");

/** The vectors of `settle`, file by file. */
export const vectorFiles: readonly (readonly [file: string, vectors: readonly Vector[]])[] = readdirSync(folder)
  .filter((name) => name.startsWith("settle-"))
  .map((name) => [name, JSON.parse(readFileSync(join(folder, name), "utf8"))]);
export const vectors: readonly Vector[] = vectorFiles.flatMap(([, some]) => some);

/** A vector as the command reads it. */
export const lineOf = (vector: Vector): string =>
  vector.case ? JSON.stringify(vector.case) : (vector.line ?? "").repeat(vector.times ?? 1);
