import { maskName } from "../../../../shared/person.ts";
import type { Credential } from "../../api.ts";
import { keep, kept, store } from "../../store.ts";
import { forgetSealed } from "./sealed.ts";

/** 这部手机上的一个医保码 · what it takes to show it without a network; the secret key lies sealed elsewhere, by `deviceNo`. */
export interface PhoneCode {
  /** The tie of a dependant; null: one's own. */
  readonly tie: string | null;
  readonly name: string;
  readonly deviceNo: string;
  readonly algorithm: Credential["algorithm"];
  readonly publicKey: string;
  /** What the API said of the credential last. */
  readonly state: Credential["state"];
  /** An officer suspended it. */
  readonly held: boolean;
  readonly coverUntil: string | null;
  /** CBOR in hex. */
  readonly statement: string;
  readonly goodUntil: string;
  /** The day of the phone on which the statement was renewed. */
  readonly renewedOn: string;
  /** How often this phone has shown it; only ever grows. */
  readonly counter: number;
}

const place = "phone-codes";
/** 手机上的医保码 · one's own and those of dependants, kept over restarts. */
export const phoneCodes = store<readonly PhoneCode[]>(kept<PhoneCode[]>(place) ?? [], (codes) => keep(place, codes));

/** Whose code the tab shows: a tie, or one's own. */
export const shownTie = store<string | null>(null);

export const codeOf = (tie: string | null): PhoneCode | null =>
  phoneCodes.get().find((code) => code.tie === tie) ?? null;

/** Keeps a code in place of the one that this phone had of the same person. */
export function keepCode(code: PhoneCode): void {
  const others = phoneCodes.get().filter(({ tie }) => tie !== code.tie);
  phoneCodes.set([...others, code].sort((a, b) => (a.tie ?? "").localeCompare(b.tie ?? "")));
}

/** The next number of a showing, kept before it is used; another tab of the browser may have gone further. */
export function takeCounter(tie: string | null): number {
  const all = [...phoneCodes.get(), ...(kept<PhoneCode[]>(place) ?? [])];
  const counter = Math.max(...all.filter((one) => one.tie === tie).map((one) => one.counter)) + 1;
  const code = codeOf(tie);
  if (code) keepCode({ ...code, counter });
  return counter;
}

/** Takes a code off this phone. */
export function forgetCode(tie: string | null): void {
  const code = codeOf(tie);
  if (!code) return;
  forgetSealed(code.deviceNo);
  phoneCodes.set(phoneCodes.get().filter((one) => one !== code));
}

/** Takes all of them off: who signs out leaves nothing to show. */
export function forgetCodes(): void {
  for (const { tie } of phoneCodes.get()) forgetCode(tie);
  showings.set([]);
}

/** Takes over what the API says; a phone that it no longer counts has nothing to show. */
export function follow(tie: string | null, { state, held, coverUntil, phones, name, now }: Credential): void {
  lead.set(Math.abs(now - Date.now()) > clockNoise ? now - Date.now() : 0);
  const code = codeOf(tie);
  if (!code) return;
  if (!phones.some(({ deviceNo }) => deviceNo === code.deviceNo)) forgetCode(tie);
  else keepCode({ ...code, state, held, coverUntil, name: maskName(name) });
}

/** The network takes a while too: only more than this is the clock's fault (milliseconds). */
const clockNoise = 20_000;
/** 校时 · our clock minus the phone's, as the last answer told it: a phone with a wrong clock still shows codes of now. */
export const lead = store<number>(kept<number>("clock-lead") ?? 0, (value) => keep("clock-lead", value));
export const nowHere = (): number => Date.now() + lead.get();

/** A time at which this phone showed a dependant's code, and that the dependant has not been told of yet. */
interface Showing {
  readonly tie: string;
  readonly deviceNo: string;
  readonly at: number;
}
const showingsPlace = "showings";
export const showings = store<readonly Showing[]>(kept<Showing[]>(showingsPlace) ?? [], (all) =>
  keep(showingsPlace, all),
);
