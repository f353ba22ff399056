import { inBrowser, keep, kept, keptPlaces, type Store, store } from "./store.ts";

interface Draft<T> extends Pick<Store<T>, "get" | "use"> {
  /** Changes some fields; the others stay as they were typed. */
  change(fields: Partial<T>): void;
  clear(): void;
}

const clearings: (() => void)[] = [];
const prefix = "draft:";

/**
 * 填到一半的内容 · outlives Back, errors and a trip to the cashier or to the messages. It is kept in memory, and in a
 * browser for as long as the tab is open: other people's identity numbers are not left on a phone. `lasting`: what says
 * nothing of that kind stays on the phone, also when the app is closed.
 */
export function draft<T extends object>(name: string, empty: T, lasting = false): Draft<T> {
  const place = prefix + name;
  const session = inBrowser ? window.sessionStorage : undefined;
  const before = lasting ? kept<T>(place) : JSON.parse(session?.getItem(place) ?? "{}");
  const { get, set, use } = store<T>({ ...empty, ...before }, (value) =>
    lasting ? keep(place, value) : session?.setItem(place, JSON.stringify(value)),
  );
  const clear = () => set(empty);
  clearings.push(clear);
  return { get, use, clear, change: (fields) => set({ ...get(), ...fields }) };
}

/** Forgets everything that was typed, on signing out; also on pages that nobody has opened since the app was. */
export function clearDrafts(): void {
  for (const clear of clearings) clear();
  const session = inBrowser ? window.sessionStorage : undefined;
  for (const place of Object.keys(session ?? {})) if (place.startsWith(prefix)) session?.removeItem(place);
  for (const place of keptPlaces()) if (place.startsWith(prefix)) keep(place, null);
}

export interface Request {
  readonly body: string;
  readonly requestNo: string;
}
export const noRequest: Request = { body: "", requestNo: "" };

/** The request number of a content; the same content again has the same number until `renew`. */
export function requestNoOf(kept: Draft<Request>, body: string, renew = false): string {
  if (renew || kept.get().body !== body) {
    const requestNo = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
    kept.change({ body, requestNo });
  }
  return kept.get().requestNo;
}
