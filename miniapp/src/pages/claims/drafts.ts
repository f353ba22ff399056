import { draft, noRequest, type Request } from "../../drafts.ts";

/** 我的费用 · whose is looked at (a tie, or one's own), of which year, and what was looked for. */
export const claimsOf = draft<{ readonly tie: string | null; readonly year: number | null; readonly words: string }>(
  "claims",
  { tie: null, year: null, words: "" },
);

/** 提出争议 · what was typed about one claim and kind. */
export const disputing = draft("dispute", { of: "", words: "" });

/** One number for each distinct dispute, so that a lost reply is answered with the same one. */
export const disputeRequest = draft<Request>("dispute-request", noRequest);
