import { bytesToHex } from "@noble/hashes/utils.js";
import { Refusal } from "../refusal.ts";
import { fromBase45, toBase45 } from "./base45.ts";
import { type Bundle, readBundle, refuseStale } from "./bundle.ts";
import { read } from "./code.ts";
import { type BusinessType, statementDays } from "./credential.ts";
import { keyId, type PublicKey } from "./keys.ts";
import { type PaperShown, paperPrefix, verifyPaper } from "./paper.ts";
import { holds } from "./revocation.ts";
import { type Shown, verify } from "./verify.ts";

/** Where a desk keeps what it must not forget: a browser's storage, a file. */
export interface Shelf {
  get(name: "bundle" | "newest" | "uses"): Promise<string | null>;
  set(name: "bundle" | "newest" | "uses", value: string): Promise<void>;
}

/** 用码记录 · one use of a code at a desk, told to the server when there is a network. `at`: wall clock in milliseconds. */
export interface Use {
  readonly text: string;
  readonly at: number;
  readonly businessType: BusinessType;
}

interface Kept extends Use {
  /** Which showing of which phone it was; null for a paper, which is good more than once. */
  readonly showing: string | null;
  readonly sent: boolean;
}

const showingOf = (deviceKeyId: string, counter: number): string => `${deviceKeyId}/${counter}`;
/** A use is remembered for longer than its code could be shown again, whatever the clock does. */
const keptFor = (statementDays + 2) * 86_400_000;

/** What a bundle proves of a text at a moment, a code or a paper; refused where the bundle is stale. Says nothing of earlier uses. */
export function verifyOffline(text: string, bundle: Bundle, now: number): Shown | PaperShown {
  refuseStale(bundle, now);
  const known = { now, issuerKeys: bundle.keys, isRevoked: (id: Uint8Array) => holds(bundle.revoked, id) };
  return text.startsWith(paperPrefix) ? verifyPaper(text, known) : verify(text, known);
}

/** What a desk does with the network off. */
export interface Desk {
  /** Takes over a new bundle, or says why not; the one it has stays. */
  load(bytes: Uint8Array, now: number): Promise<Bundle>;
  /** Checks a text and notes its use, once for each showing. */
  take(text: string, businessType: BusinessType, now: number): Promise<Shown | PaperShown>;
  /** The uses that the server does not know yet, the oldest first. */
  queue(): Promise<Use[]>;
  /** Says which of them it knows now. */
  sent(uses: readonly Use[]): Promise<void>;
}

/** 离线窗口 · a desk that checks codes by its bundle. Its calls wait for one another, so that two scans of one code are one use. */
export function openDesk(shelf: Shelf, root: PublicKey): Desk {
  let opened: Bundle | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const done = last.then(act);
    last = done.catch(() => undefined);
    return done;
  };
  const newest = async () => Number((await shelf.get("newest")) ?? 0);
  const uses = async (): Promise<Kept[]> => JSON.parse((await shelf.get("uses")) ?? "[]");
  const keep = (all: readonly Kept[]) => shelf.set("uses", JSON.stringify(all));
  const bundle = async (now: number): Promise<Bundle> => {
    if (opened) return opened;
    const bytes = fromBase45((await shelf.get("bundle")) ?? "");
    if (bytes === null || bytes.length === 0) throw new Refusal("bundle-stale", { detail: "还没有下载过名单" });
    opened = readBundle(bytes, root, now, await newest());
    return opened;
  };

  return {
    load: (bytes, now) =>
      inTurn(async () => {
        const read = readBundle(bytes, root, now, await newest());
        // The mark first: whatever stops the desk between the two, no older bundle is ever taken.
        await shelf.set("newest", String(read.madeAt));
        await shelf.set("bundle", toBase45(bytes));
        opened = read;
        return read;
      }),
    take: (text, businessType, now) =>
      inTurn(async () => {
        const shown = verifyOffline(text, await bundle(now), now);
        const showing = shown.weak ? null : showingOf(shown.deviceKeyId, shown.counter);
        const before = await uses();
        if (showing !== null && before.some((use) => use.showing === showing)) throw new Refusal("code-used");
        const remembered = before.filter((use) => !use.sent || now - use.at < keptFor);
        await keep([...remembered, { text, at: now, businessType, showing, sent: false }]);
        return shown;
      }),
    queue: async () =>
      (await uses()).filter((use) => !use.sent).map(({ text, at, businessType }): Use => ({ text, at, businessType })),
    sent: (known) =>
      inTurn(async () => {
        const isKnown = (use: Use) => known.some(({ text, at }) => text === use.text && at === use.at);
        await keep((await uses()).map((use) => (isKnown(use) ? { ...use, sent: true } : use)));
      }),
  };
}

/** A use as the server hears of it: from which desk. */
export interface DeskUse extends Use {
  readonly desk: string;
}

/** 重复用码 · the showings that were used more than once; the same use told twice is one. Papers are good more than once. */
export function conflicts<U extends DeskUse>(all: readonly U[]): { deviceKeyId: string; counter: number; uses: U[] }[] {
  const showings = new Map<string, { deviceKeyId: string; counter: number; uses: U[] }>();
  for (const use of all.filter(({ text }) => !text.startsWith(paperPrefix))) {
    const { statement, counter } = read(use.text);
    const deviceKeyId = bytesToHex(keyId(statement.algorithm, statement.deviceKey));
    const name = showingOf(deviceKeyId, counter);
    const showing = showings.get(name) ?? { deviceKeyId, counter, uses: [] };
    if (!showing.uses.some((one) => one.desk === use.desk && one.at === use.at)) showing.uses.push(use);
    showings.set(name, showing);
  }
  return [...showings.values()].filter(({ uses }) => uses.length > 1);
}
