import { config } from "../config.ts";
import { type Arrived, arrivedTag } from "./objects.ts";

/** What a scanner says of what came in under a number; `pending`: it has not looked yet. */
type Verdict = "clean" | "infected" | "unscannable" | "pending";
type Scanner = (attachmentNo: string, arrived: Arrived) => Promise<Verdict>;

/** The industry's harmless test file, in two parts so that no scanner takes this file for it. */
const testFile = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join("");

/** 挂钩 · knows one file, the scanners' test file: it shows that a verdict is obeyed, and finds no virus. */
const knowsTestFile: Scanner = async (_, { bytes }) => (bytes.includes(testFile) ? "infected" : "clean");

/** What GuardDuty's Malware Protection for S3 writes into the tag; any other scanner may write the same words. */
const tag = "GuardDutyMalwareScanStatus";
const verdicts: Readonly<Record<string, Verdict>> = {
  NO_THREATS_FOUND: "clean",
  THREATS_FOUND: "infected",
  // A password, or packed too deep to look into.
  UNSUPPORTED: "unscannable",
};

/** 对象标签 · reads what a scanner beside us wrote into the object's tag. */
const readsTag: Scanner = async (attachmentNo, { version }) => {
  const written = await arrivedTag(attachmentNo, version, tag);
  if (written === null) return "pending";
  const verdict = verdicts[written];
  if (!verdict) throw new Error(`the scanner could not do its work: ${written}`);
  return verdict;
};

const scanners = { "test-file": knowsTestFile, "object-tag": readsTag };

/** 病毒扫描 · looks through what came in, before anything of ours reads it. */
export const scan: Scanner = (...asked) => scanners[config.attachmentScanner()](...asked);
