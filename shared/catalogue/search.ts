/** 检索名 · a name as it is compared: full-width as half-width, capitals, no spaces. */
const searchable = (name: string): string => name.normalize("NFKC").toUpperCase().replace(/\s+/g, "");

/** One searchable line of a code, which begins with its end; a code with small letters stands there twice. */
export function lineOf(code: string, name: string): string {
  const upper = code.toUpperCase();
  return `\n${upper}\t${searchable(name)}\t${code === upper ? "" : code}`;
}

/** The words of a query; all of them must occur. */
const wordsOf = (query: string): string[] =>
  [...new Set(query.trim().split(/\s+/).map(searchable))].filter((word) => word !== "");

/** A code that was found, and how well. */
interface Hit {
  readonly code: string;
  readonly rank: number;
}

/** So many hits are weighed against each other; of more, the first. */
const mostWeighed = 2_000;

/**
 * 检索 · codes whose name holds every word, or that begin with one, the best first: the name itself, names that begin so,
 * then short ones. Texts are what `lineOf` made; a scan of all costs milliseconds, so there is no index to keep.
 */
export function search(texts: readonly string[], query: string, most: number): { codes: string[]; more: boolean } {
  const words = wordsOf(query);
  const pivot = words.reduce((longest, word) => (word.length > longest.length ? word : longest), "");
  if (pivot === "") return { codes: [], more: false };
  const found = new Map<string, Hit>();
  for (const text of texts) weigh(text, words, pivot, found);
  const hits = [...found.values()].sort((a, b) => a.rank - b.rank || (a.code < b.code ? -1 : 1));
  return { codes: hits.slice(0, most).map(({ code }) => code), more: hits.length > most };
}

function weigh(text: string, words: readonly string[], pivot: string, found: Map<string, Hit>): void {
  let at = text.indexOf(pivot);
  while (at !== -1 && found.size < mostWeighed) {
    const start = text.lastIndexOf("\n", at) + 1;
    const name = text.indexOf("\t", start);
    // In the middle of a code: on with its name, which may hold the word as well.
    const inCode = at > start && at < name;
    const next = text.indexOf("\n", at);
    const end = next === -1 ? text.length : next;
    if (!inCode) note(text.slice(start, end), words, found);
    at = text.indexOf(pivot, inCode ? name : end);
  }
}

function note(line: string, words: readonly string[], found: Map<string, Hit>): void {
  const rank = rankOf(line, words);
  const [upper = "", , code = ""] = line.split("\t");
  if (rank !== null && !found.has(upper)) found.set(upper, { code: code || upper, rank });
}

/** Lower is better; null where a word does not occur. */
function rankOf(line: string, words: readonly string[]): number | null {
  const [code = "", name = ""] = line.split("\t");
  if (!words.every((word) => code.startsWith(word) || name.includes(word))) return null;
  const first = words[0] ?? "";
  if (name === words.join("") || code === first) return 0;
  return name.length + (name.startsWith(first) ? 0 : 500);
}
