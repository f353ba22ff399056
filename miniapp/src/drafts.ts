import type { RefundReason } from "../../shared/contribution/refund.ts";
import type { ProofKind, Relationship } from "../../shared/family/family.ts";
import type { Filing, Whom } from "./api.ts";
import { inBrowser, keep, kept, type Store, store } from "./store.ts";

export interface Draft<T> extends Pick<Store<T>, "get" | "use"> {
  /** Changes some fields; the others stay as they were typed. */
  change(fields: Partial<T>): void;
  clear(): void;
}

const clearings: (() => void)[] = [];

/**
 * 填到一半的内容 · outlives Back, errors and a trip to the cashier or to the messages. It is kept in memory, and in a
 * browser for as long as the tab is open: other people's identity numbers are not left on a phone. `lasting`: what says
 * nothing of that kind stays on the phone, also when the app is closed.
 */
function draft<T extends object>(name: string, empty: T, lasting = false): Draft<T> {
  const place = `draft:${name}`;
  const session = inBrowser ? window.sessionStorage : undefined;
  const before = lasting ? kept<T>(place) : JSON.parse(session?.getItem(place) ?? "{}");
  const { get, set, use } = store<T>({ ...empty, ...before }, (value) =>
    lasting ? keep(place, value) : session?.setItem(place, JSON.stringify(value)),
  );
  const clear = () => set(empty);
  clearings.push(clear);
  return { get, use, clear, change: (fields) => set({ ...get(), ...fields }) };
}

/** Forgets everything that was typed, on signing out. */
export function clearDrafts(): void {
  for (const clear of clearings) clear();
}

/** What was answered about one person's contribution. */
export interface Wish {
  readonly benefitYear: number | null;
  readonly tier: number | null;
  readonly repairYears: number;
}

export const noWish: Wish = { benefitYear: null, tier: null, repairYears: 0 };

/** 缴费 · the answers about one person; `among`: he is one of several, to whose list the answers go. */
export interface PaymentDraft extends Wish {
  readonly whom: Whom | null;
  readonly among: boolean;
}

export const payment = draft<PaymentDraft>("payment", { whom: null, among: false, ...noWish });

/** Somebody outside the family account, by name and identity number. */
export type Other = Extract<Whom, { who: "other" }>;

/** 一起缴费 · who was chosen (by `payeeKey`), who was added by name and number, and what was answered about each. */
export interface Payees {
  readonly chosen: readonly string[];
  readonly others: readonly Other[];
  readonly wishes: Readonly<Record<string, Wish>>;
}

/** 一起缴费 · the people of one order. */
export const payees = draft<Payees>("payees", { chosen: [], others: [], wishes: {} });

/** What a person goes by in `payees`. */
export function payeeKey(whom: Whom): string {
  if (whom.who === "self") return "self";
  return whom.who === "member" ? whom.tieNo : whom.identityNumber;
}

/** Keeps what was answered about one of several. */
export const keepWish = (whom: Whom, wish: Wish): void =>
  payees.change({ wishes: { ...payees.get().wishes, [payeeKey(whom)]: wish } });

/** 给谁缴费 · who is typed by name and number. */
export const payee = draft("payee", { name: "", identityNumber: "" });

interface Request {
  readonly body: string;
  readonly requestNo: string;
}
const noRequest: Request = { body: "", requestNo: "" };

/** One number for each distinct request for an order, so that a lost reply is answered with the same order. */
export const request = draft<Request>("request", noRequest);
/** The same for a new tie of the family account. */
export const familyRequest = draft<Request>("family-request", noRequest);

/** The request number of a content; the same content again has the same number until `renew`. */
export function requestNoOf(kept: Draft<Request>, body: string, renew = false): string {
  if (renew || kept.get().body !== body) {
    const requestNo = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
    kept.change({ body, requestNo });
  }
  return kept.get().requestNo;
}

/** 登录 · what was typed there, for how long the last code is good, and when another can be had (wall-clock milliseconds). */
export const signingIn = draft("sign-in", { telephone: "", code: "", validMinutes: 0, nextCodeAt: 0 });

/** 再核验 · what was typed there. */
export const proving = draft("prove", { code: "", counterCode: "", ticket: "", validMinutes: 0, nextCodeAt: 0 });

/** 换手机号 · what was typed there. */
export const newTelephone = draft("telephone", { telephone: "", code: "", validMinutes: 0, nextCodeAt: 0 });

/** 添加家人 · what was answered so far. */
export const adding = draft<{
  readonly name: string;
  readonly identityNumber: string;
  readonly relationship: Relationship | null;
  readonly proof: ProofKind | null;
  readonly certificate: string;
  readonly commitment: boolean;
}>("family-add", {
  name: "",
  identityNumber: "",
  relationship: null,
  proof: null,
  certificate: "",
  commitment: false,
});

/** 登记新生儿 · what was answered so far. */
export const newborn = draft<{
  readonly name: string;
  readonly sex: "male" | "female" | null;
  readonly bornOn: string;
  readonly certificate: string;
  readonly commitment: boolean;
}>("newborn", { name: "", sex: null, bornOn: "", certificate: "", commitment: false });

/** 补身份证号 · what was typed there. */
export const identifying = draft("identity-number", { name: "", identityNumber: "" });

/** 申请退费 · what was answered so far, about one line of one order. */
export const refunding = draft<{ readonly of: string; readonly reason: RefundReason | null; readonly note: string }>(
  "refund",
  { of: "", reason: null, note: "" },
);

/** 查验票据 · what was typed there. */
export const verifying = draft("verify", { number: "", checkCode: "" });

/** 参保日历 · whose is looked at, and of which year. */
export const calendarOf = draft<{ readonly whom: Whom; readonly benefitYear: number | null }>("calendar", {
  whom: { who: "self" },
  benefitYear: null,
});

/** 我的费用 · whose is looked at (a tie, or one's own), of which year, and what was looked for. */
export const claimsOf = draft<{ readonly tie: string | null; readonly year: number | null; readonly words: string }>(
  "claims",
  { tie: null, year: null, words: "" },
);

/** 提出争议 · what was typed about one claim and kind. */
export const disputing = draft("dispute", { of: "", words: "" });
/** One number for each distinct dispute, so that a lost reply is answered with the same one. */
export const disputeRequest = draft<Request>("dispute-request", noRequest);

/** 绑定 · what was typed there. */
export const binding = draft("binding", { name: "", identityNumber: "" });

/** 不是我用的 · what was typed about one use of the code. */
export const doubting = draft("doubt", { of: "", words: "" });

/** 异地就医备案 · what was answered so far; `filingNo` once the server keeps it, `replaces` where it is a change. */
export interface FilingDraft {
  readonly tie: string | null;
  readonly kind: Filing["kind"] | null;
  readonly destination: string | null;
  readonly begins: "today" | "admitted" | "later";
  /** As it is typed, where it does not begin today. */
  readonly from: string;
  readonly filingNo: string | null;
  readonly version: number;
  readonly replaces: string | null;
}

export const filing = draft<FilingDraft>(
  "filing",
  {
    tie: null,
    kind: null,
    destination: null,
    begins: "today",
    from: "",
    filingNo: null,
    version: 0,
    replaces: null,
  },
  true,
);
/** One number for each distinct filing, so that a lost reply is answered with the same one. */
export const filingRequest = draft<Request>("filing-request", noRequest, true);

/** 一份材料 · what was handed in and is not used yet. */
export interface Paper {
  readonly attachmentNo: string;
  readonly name: string;
}

/** 备案材料 · what stands behind one filing (`of`): papers that were handed in, or a commitment. */
export const evidence = draft<{
  readonly of: string;
  readonly way: "papers" | "commitment" | null;
  readonly papers: readonly Paper[];
}>("filing-evidence", { of: "", way: null, papers: [] }, true);

/** 签名 · the name that is being signed under the commitment of one filing. */
export const signature = draft("filing-signature", { of: "", name: "" });
