import type { Whom } from "./api.ts";
import { inBrowser, type Store, store } from "./store.ts";

interface Draft<T> extends Pick<Store<T>, "get" | "use"> {
  /** Changes some fields; the others stay as they were typed. */
  change(fields: Partial<T>): void;
  clear(): void;
}

const clearings: (() => void)[] = [];

/**
 * 填到一半的内容 · outlives Back, errors and a trip to the cashier or to the messages. It is kept in memory, and in a
 * browser for as long as the tab is open: other people's identity numbers are not left on a phone.
 */
function draft<T extends object>(name: string, empty: T): Draft<T> {
  const place = `draft:${name}`;
  const session = inBrowser ? window.sessionStorage : undefined;
  const { get, set, use } = store<T>({ ...empty, ...JSON.parse(session?.getItem(place) ?? "{}") }, (value) =>
    session?.setItem(place, JSON.stringify(value)),
  );
  const clear = () => set(empty);
  clearings.push(clear);
  return { get, use, clear, change: (fields) => set({ ...get(), ...fields }) };
}

/** Forgets everything that was typed, on signing out. */
export function clearDrafts(): void {
  for (const clear of clearings) clear();
}

/** 缴费 · the answers on the way to an order. */
export interface PaymentDraft {
  readonly who: "self" | "other" | null;
  readonly name: string;
  readonly identityNumber: string;
  readonly benefitYear: number | null;
  readonly tier: number | null;
  readonly repairYears: number;
}

export const payment = draft<PaymentDraft>("payment", {
  who: null,
  name: "",
  identityNumber: "",
  benefitYear: null,
  tier: null,
  repairYears: 0,
});

/** Whose contribution the draft is about; null before that was answered. */
export function whomOf({ who, name, identityNumber }: PaymentDraft): Whom | null {
  if (who === "other" && (name === "" || identityNumber === "")) return null;
  return who === "other" ? { who, name: name.trim(), identityNumber: identityNumber.trim() } : who && { who };
}

/** One number for each distinct request for an order, so that a lost reply is answered with the same order. */
export const request = draft<{ readonly body: string; readonly requestNo: string }>("request", {
  body: "",
  requestNo: "",
});

/** The request number of an order's content; the same content again has the same number until `renew`. */
export function requestNoOf(body: string, renew = false): string {
  if (renew || request.get().body !== body) {
    const requestNo = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
    request.change({ body, requestNo });
  }
  return request.get().requestNo;
}

/** 登录 · what was typed there, for how long the last code is good, and when another can be had (wall-clock milliseconds). */
export const signingIn = draft("sign-in", { telephone: "", code: "", validMinutes: 0, nextCodeAt: 0 });

/** 绑定 · what was typed there. */
export const binding = draft("binding", { name: "", identityNumber: "" });
