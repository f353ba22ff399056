import { addDays, type Day, dayInShanghai, daysBetween } from "../day.ts";
import { Refusal } from "../refusal.ts";
import { fromBase45, toBase45 } from "./base45.ts";
import { type Item, readCbor, writeCbor } from "./cbor.ts";
import { codeSeconds, statementDays } from "./credential.ts";
import { areaFrom, areaNo, dayFrom, dayNo, dayNoOrNone, dayOrNoneFrom, isBytes, isNumber, same } from "./fields.ts";
import { type Algorithm, algorithmOf, algorithms, messageOf, type Signer, signatureLength } from "./signature.ts";

/** What every code begins with; its last letter is the version, and is signed with everything else. */
export const codePrefix = "YB1";
/** A QR of version 10 at level M holds so many letters. */
export const mostLetters = 311;

export const pseudonymLength = 12;
/** A statement names its issuer's key by so many bytes of the key's id: a hint which key to try, no proof of anything. */
export const issuerLength = 4;

/** What an issuer says of a person's phone: no name, no number. */
export interface StatementFacts {
  readonly pseudonym: Uint8Array;
  readonly area: string;
  /** The last day of cover, on the business clock; null: not covered. */
  readonly coverUntil: Day | null;
  /** Wall clock. */
  readonly issuedOn: Day;
  readonly deviceKey: Uint8Array;
}

/** 凭证声明 · the facts as an issuer signed them. `goodDays`: so many days after its day of issue it is good. */
export interface Statement extends StatementFacts {
  readonly algorithm: Algorithm;
  readonly issuer: Uint8Array;
  readonly goodDays: number;
  readonly signature: Uint8Array;
}

/** 动态码 · a statement as one phone shows it: when, for which time, and signed by the phone. */
interface Code {
  readonly statement: Statement;
  /** Wall clock, in whole `codeSeconds` since 1970. */
  readonly slot: number;
  /** How often this phone has shown a code. */
  readonly counter: number;
  readonly signature: Uint8Array;
}

type Unsigned<T> = Omit<T, "signature">;

const statementFields = (of: Unsigned<Statement>): Item[] => [
  algorithms[of.algorithm].no,
  of.issuer,
  of.pseudonym,
  areaNo(of.area),
  dayNoOrNone(of.coverUntil),
  dayNo(of.issuedOn),
  of.goodDays,
  of.deviceKey,
];
const codeFields = ({ statement, slot, counter }: Unsigned<Code>): Item[] => [
  ...statementFields(statement),
  slot - firstSlot(statement.issuedOn),
  counter,
];

/** What the issuer signs. */
export const statementMessage = (of: Unsigned<Statement>): Uint8Array =>
  messageOf("yb-statement/1", statementFields(of));
/** What the phone signs: all that the issuer signed, the issuer's signature, and its own time slot and counter. */
export const codeMessage = (code: Unsigned<Code>): Uint8Array =>
  messageOf("yb-code/1", [...codeFields(code), code.statement.signature]);

/** The slot of a moment in milliseconds. */
export const slotAt = (now: number): number => Math.floor(now / (codeSeconds * 1000));

/** Slots are written from midnight before the day of issue: short, and a phone whose clock is late finds its slot too. */
const firstSlot = (issuedOn: Day): number => slotAt(Date.parse(`${addDays(issuedOn, -1)}T00:00:00+08:00`));

/** The bytes of a statement that a phone keeps. */
export const writeStatement = (statement: Statement): Uint8Array =>
  writeCbor([...statementFields(statement), statement.signature]);

/** The statement that a phone keeps, or null where the bytes are none. */
export function readStatement(bytes: Uint8Array): Statement | null {
  const items = readCbor(bytes);
  return Array.isArray(items) && items.length === 9 ? statementFrom(items.slice(0, 8), items[8]) : null;
}

function statementFrom(fields: readonly Item[], signature: Item | undefined): Statement | null {
  const [no, issuer, pseudonym, areaItem, cover, issued, goodDays, deviceKey] = fields;
  const algorithm = algorithmOf(no);
  const area = areaFrom(areaItem);
  const coverUntil = dayOrNoneFrom(cover);
  const issuedOn = dayFrom(issued);
  if (algorithm === null || area === null || coverUntil === undefined || issuedOn === null) return null;
  if (!isBytes(issuer, issuerLength) || !isBytes(pseudonym, pseudonymLength) || !isNumber(goodDays, 1, 23)) return null;
  if (!isBytes(deviceKey, algorithms[algorithm].keyLength) || !isBytes(signature, signatureLength)) return null;
  return { algorithm, issuer, pseudonym, area, coverUntil, issuedOn, goodDays, deviceKey, signature };
}

/** The last day on which a statement is good. However much an issuer grants, it is never more than the law does. */
export const goodUntil = ({ issuedOn, goodDays }: Statement): Day =>
  addDays(issuedOn, Math.min(goodDays, statementDays));

/**
 * 出示 · the text of a code, for a QR in alphanumeric mode. `counter` must be greater than any that this phone has used, whatever
 * came of it. Refused where the statement has run out, or the phone's clock is days off: renew online.
 */
export function show(kept: Uint8Array, phone: Signer, { now, counter }: { now: number; counter: number }): string {
  const statement = readStatement(kept);
  if (statement === null) throw new RangeError("no statement");
  if (statement.algorithm !== phone.algorithm || !same(statement.deviceKey, phone.publicKey)) {
    throw new RangeError("the statement is of another phone");
  }
  const today = dayInShanghai(now);
  if (today > goodUntil(statement) || daysBetween(today, statement.issuedOn) > 1)
    throw new Refusal("statement-expired");
  const unsigned = { statement, slot: slotAt(now), counter };
  return write({ ...unsigned, signature: phone.sign(codeMessage(unsigned)) });
}

/** The text of a code. Both signatures lie in one byte string, which saves the head of the second. */
export function write(code: Code): string {
  const signatures = Uint8Array.from([...code.statement.signature, ...code.signature]);
  return codePrefix + toBase45(writeCbor([...codeFields(code), signatures]));
}

/** 读码 · what a text says, before anybody believes it. Every text that is read is spelt as `write` spells it. */
export function read(text: string): Code {
  const code = text.length <= mostLetters && text.startsWith(codePrefix) ? codeFrom(text) : null;
  if (code === null) throw new Refusal("code-unreadable");
  return code;
}

function codeFrom(text: string): Code | null {
  const bytes = fromBase45(text.slice(codePrefix.length));
  const items = bytes && readCbor(bytes);
  if (!Array.isArray(items) || items.length !== 11) return null;
  const [slot, counter, signatures] = items.slice(8);
  if (!isNumber(slot, 0, 0xffff) || !isNumber(counter, 0, 0xffffffff) || !isBytes(signatures, 2 * signatureLength))
    return null;
  const statement = statementFrom(items.slice(0, 8), signatures.slice(0, signatureLength));
  if (statement === null) return null;
  const signature = signatures.slice(signatureLength);
  return { statement, slot: firstSlot(statement.issuedOn) + slot, counter, signature };
}
