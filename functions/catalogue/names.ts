import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import * as z from "zod";
import { type Item, type Kind, kindNames } from "../../shared/catalogue/catalogue.ts";
import { lineOf } from "../../shared/catalogue/search.ts";
import { key } from "../key.ts";
import { itemAt, itemsAt } from "../read.ts";
import { compared, decideAndWrite, either, having, isNew, type Step, toPut } from "../write.ts";

const packed = promisify(gzip);
const unpacked = promisify(gunzip);

/** 检索名册 · which chunks of names an area has, and how many names of each kind; a chunk's version moves with its text. */
const Head = z.object({
  version: z.int(),
  chunks: z.array(z.object({ kind: z.enum(kindNames), no: z.int(), version: z.int(), names: z.int() })),
});
type Head = z.output<typeof Head>;
type Chunk = Head["chunks"][number];

const Packed = z.object({ version: z.int(), lines: z.instanceof(Uint8Array) });
const idOf = ({ kind, no }: Pick<Chunk, "kind" | "no">) => `${kind}#${no}`;

/** Where a chunk grows no more, in packed bytes; an item may be 400 kB. */
const largestChunk = 330_000;
/** So many letters of text pack into less than that. */
export const chunkLetters = 600_000;

/** How the head and the chunks of a whole catalogue lie in the table, where they are written at once. */
export async function nameItems(
  poolingArea: string,
  chunks: readonly { kind: Kind; no: number; names: number; text: string }[],
): Promise<Record<string, unknown>[]> {
  const items = await Promise.all(
    chunks.map(async ({ kind, no, text }) => ({
      ...key.catalogueNames(poolingArea, kind, no),
      version: 1,
      lines: await packed(text),
    })),
  );
  const oversized = items.find(({ lines }) => lines.length > largestChunk);
  if (oversized) throw new Error(`a chunk of names is too large: ${oversized.sk}`);
  const head: Head = { version: 1, chunks: chunks.map(({ kind, no, names }) => ({ kind, no, version: 1, names })) };
  return [...items, { ...key.catalogueHead(poolingArea), ...head }];
}

const headOf = async (poolingArea: string): Promise<Head> =>
  (await itemAt(key.catalogueHead(poolingArea), Head)) ?? { version: 0, chunks: [] };

/** 目录条数 · how many names of each kind an area has. */
export async function countsOf(poolingArea: string): Promise<Record<Kind, number>> {
  const counts: Record<Kind, number> = { drug: 0, service: 0, material: 0, disease: 0 };
  for (const { kind, names } of (await headOf(poolingArea)).chunks) counts[kind] += names;
  return counts;
}

const kept = new Map<string, Map<string, { version: number; text: string }>>();

/** The names of an area, or of one kind in it, as texts to search: kept in the process, read again where they grew. */
export async function namesOf(poolingArea: string, kind: Kind | undefined): Promise<string[]> {
  const { chunks } = await headOf(poolingArea);
  const own = kept.get(poolingArea) ?? new Map<string, { version: number; text: string }>();
  kept.set(poolingArea, own);
  const wanted = chunks.filter((one) => kind === undefined || one.kind === kind);
  const stale = wanted.filter((one) => (own.get(idOf(one))?.version ?? 0) < one.version);
  // Sixteen megabytes is the most that one answer holds.
  for (let at = 0; at < stale.length; at += 40) await readChunks(poolingArea, stale.slice(at, at + 40), own);
  return wanted.map((one) => own.get(idOf(one))?.text ?? "");
}

async function readChunks(
  poolingArea: string,
  chunks: readonly Chunk[],
  into: Map<string, { version: number; text: string }>,
): Promise<void> {
  const bySk = new Map(chunks.map((one) => [key.catalogueNames(poolingArea, one.kind, one.no).sk, one]));
  const keys = chunks.map(({ kind, no }) => key.catalogueNames(poolingArea, kind, no));
  for (const item of await itemsAt(keys)) {
    const { version, lines } = Packed.parse(item);
    const text = (await unpacked(lines)).toString("utf8");
    into.set(idOf(bySk.get(String(item.sk))!), { version, text });
  }
}

/**
 * Adds names to what is searched: to the last chunk of the kind, or to a new one where that is full. The chunk and the head
 * are one transaction; where somebody else was faster it begins again with what they left.
 */
export const addNames = (poolingArea: string, kind: Kind, items: readonly Item[]): Promise<void> =>
  decideAndWrite(async () => {
    const head = await headOf(poolingArea);
    const last = head.chunks.findLast((one) => one.kind === kind);
    const texts = new Map<string, { version: number; text: string }>();
    if (last) await readChunks(poolingArea, [last], texts);
    const before = last ? (texts.get(idOf(last))?.text ?? "") : "";
    const added = items.map(({ code, name }) => lineOf(code, name)).filter((line) => !before.includes(line));
    if (added.length === 0) return { answer: undefined, steps: [] };
    const grown = await packed(before + added.join(""));
    const isFull = last !== undefined && grown.length > largestChunk;
    const chunk: Chunk =
      last && !isFull
        ? { ...last, version: last.version + 1, names: last.names + added.length }
        : { kind, no: (last?.no ?? -1) + 1, version: 1, names: added.length };
    const lines = isFull ? await packed(added.join("")) : grown;
    const chunks = [...head.chunks.filter((one) => idOf(one) !== idOf(chunk)), chunk];
    return { answer: undefined, steps: grownNames(poolingArea, head.version, chunks, { ...chunk, lines }) };
  });

const grownNames = (
  poolingArea: string,
  version: number,
  chunks: readonly Chunk[],
  { kind, no, version: own, lines }: Chunk & { readonly lines: Buffer },
): Step[] => [
  toPut({ ...key.catalogueHead(poolingArea), version: version + 1, chunks }, either(isNew, having({ version }))),
  toPut(
    { ...key.catalogueNames(poolingArea, kind, no), version: own, lines },
    either(isNew, compared("version", "<", own)),
  ),
];
