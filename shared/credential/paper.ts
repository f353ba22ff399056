import { bytesToHex } from "@noble/hashes/utils.js";
import { addDays, type Day, day, dayInShanghai, daysBetween } from "../day.ts";
import { Refusal } from "../refusal.ts";
import { fromBase45, toBase45 } from "./base45.ts";
import { type Item, readCbor, writeCbor } from "./cbor.ts";
import { issuerLength, mostLetters, pseudonymLength } from "./code.ts";
import { areaFrom, areaNo, dayNoOrNone, dayOrNoneFrom, isBytes, isNumber } from "./fields.ts";
import { keyId, schemes } from "./keys.ts";
import { type Algorithm, algorithmOf, algorithms, messageOf, type Signer, signatureLength } from "./signature.ts";
import { type Known, keysFor } from "./verify.ts";

/** What every paper code begins with. */
export const paperPrefix = "YP1";
export const paperNoLength = 8;

/** Weeks begin on Mondays and are counted from this one. */
const firstMonday = day("2019-12-30");
/** The number of the week that a day lies in. */
export const weekOf = (on: Day): number => Math.floor(daysBetween(firstMonday, on) / 7);
/** The Monday that a week begins with. */
export const mondayOf = (week: number): Day => addDays(firstMonday, week * 7);

/** What is printed for somebody without a phone. */
interface PaperFacts {
  readonly pseudonym: Uint8Array;
  readonly area: string;
  readonly coverUntil: Day | null;
  readonly week: number;
  /** 纸质码编号 · eight random bytes; a paper that was lost is revoked by it. */
  readonly paperNo: Uint8Array;
}

interface Paper extends PaperFacts {
  readonly algorithm: Algorithm;
  readonly issuer: Uint8Array;
  readonly signature: Uint8Array;
}

/** What a paper says once it was found true. Weak: a copy is as good as the paper, so whoever takes it looks at the identity card too. */
export interface PaperShown {
  readonly weak: true;
  readonly pseudonym: string;
  readonly area: string;
  readonly coverUntil: Day | null;
  readonly paperNo: string;
  readonly week: number;
}

const fields = (of: Omit<Paper, "signature">): Item[] => [
  algorithms[of.algorithm].no,
  of.issuer,
  of.pseudonym,
  areaNo(of.area),
  dayNoOrNone(of.coverUntil),
  of.week,
  of.paperNo,
];
const paperMessage = (of: Omit<Paper, "signature">): Uint8Array => messageOf("yb-paper/1", fields(of));

/** 纸质码 · the text of a code to be printed, good for one week; for whoever keeps the issuer's key. */
export function issuePaper(facts: PaperFacts, issuer: Signer): string {
  const { algorithm, publicKey } = issuer;
  const unsigned = { ...facts, algorithm, issuer: keyId(algorithm, publicKey).slice(0, issuerLength) };
  const items = [...fields(unsigned), issuer.sign(paperMessage(unsigned))];
  const text = paperPrefix + toBase45(writeCbor(items));
  if (paperFrom(text) === null) throw new RangeError("facts of no paper");
  return text;
}

function paperFrom(text: string): Paper | null {
  if (text.length > mostLetters || !text.startsWith(paperPrefix)) return null;
  const bytes = fromBase45(text.slice(paperPrefix.length));
  const items = bytes && readCbor(bytes);
  if (!Array.isArray(items) || items.length !== 8) return null;
  const [no, issuer, pseudonym, areaItem, cover, week, paperNo, signature]: (Item | undefined)[] = items;
  const algorithm = algorithmOf(no);
  const area = areaFrom(areaItem);
  const coverUntil = dayOrNoneFrom(cover);
  if (algorithm === null || area === null || coverUntil === undefined || !isNumber(week, 0, 0xffff)) return null;
  if (!isBytes(issuer, issuerLength) || !isBytes(pseudonym, pseudonymLength)) return null;
  if (!isBytes(paperNo, paperNoLength) || !isBytes(signature, signatureLength)) return null;
  return { algorithm, issuer, pseudonym, area, coverUntil, week, paperNo, signature };
}

/** 验纸质码 · what a paper proves, or a refusal. It is good more than once: only the second look at the identity card says whose it is. */
export function verifyPaper(text: string, { now, issuerKeys, isRevoked }: Known): PaperShown {
  const paper = paperFrom(text);
  if (paper === null) throw new Refusal("code-unreadable");
  const { algorithm, issuer, area, week, pseudonym, paperNo, coverUntil } = paper;
  const issuers = keysFor(
    { algorithm, issuer, area, between: [mondayOf(week), addDays(mondayOf(week), 6)] },
    issuerKeys,
  );
  const said = paperMessage(paper);
  if (!issuers.some(({ publicKey }) => schemes[algorithm].verify(publicKey, said, paper.signature))) {
    throw new Refusal("code-signature");
  }
  if (week !== weekOf(dayInShanghai(now))) throw new Refusal("paper-week");
  if (isRevoked(paperNo) || isRevoked(pseudonym)) throw new Refusal("code-revoked");
  return { weak: true, pseudonym: bytesToHex(pseudonym), area, coverUntil, paperNo: bytesToHex(paperNo), week };
}
