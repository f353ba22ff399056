import type { Filing } from "../../api.ts";
import { draft, noRequest, type Request } from "../../drafts.ts";
import { go } from "../../route.ts";

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

/** 办备案 · begins one for oneself or a dependant; what was typed and never sent to the server waits where it was. */
export function startFiling(tie: string | null = null): void {
  const { filingNo, replaces, tie: before } = filing.get();
  if (filingNo !== null || replaces !== null || before !== tie) forgetFiling();
  filing.change({ tie });
  go("filings/start");
}

/** 接着填、去补正 · takes up a filing that the server keeps, where it was left. */
export function continueFiling(one: Filing): void {
  const { tieNo, kind, destination, from, filingNo, version, replaces, attachments } = one;
  const handedIn = attachments.map(({ attachmentNo }) => ({ attachmentNo, name: "上次交的" }));
  if (evidence.get().of !== filingNo && handedIn.length > 0)
    evidence.change({ of: filingNo, way: "papers", papers: handedIn });
  filing.change({
    tie: tieNo,
    kind,
    destination: destination.code,
    begins: "later",
    from,
    filingNo,
    version,
    replaces,
  });
  go("filings/check", ofFiling(one));
}

/** 变更 · begins a filing that is to take the place of a long-term one. */
export function changeFiling({ tieNo, kind, filingNo }: Filing): void {
  forgetFiling();
  filing.change({ tie: tieNo, kind, replaces: filingNo });
  go("filings/start");
}

/** Forgets what was answered about a filing that is done. */
export function forgetFiling(): void {
  for (const kept of [filing, filingRequest, evidence, signature]) kept.clear();
}

/** What a page about one filing is opened with. */
export const ofFiling = ({ filingNo, tieNo }: Pick<Filing, "filingNo" | "tieNo">): Record<string, string> => ({
  filingNo,
  ...(tieNo !== null && { tie: tieNo }),
});
