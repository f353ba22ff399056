import { Refusal } from "../../shared/refusal.ts";
import { now } from "../clock.ts";
import { returnTry } from "../limits.ts";
import { drawn } from "./content.ts";
import { arrived, type Kept, keepOnce, keptFacts, removeAll, removeArrived } from "./objects.ts";
import { scan } from "./scanner.ts";
import { type Attachment, decide, isReceivable, type Refused, refusedCodes } from "./store.ts";

/** How a receipt stands: `scanning` where the scanner has not looked yet, and the client asks again. */
export interface Receipt {
  readonly attachmentNo: string;
  readonly state: "scanning" | "received" | "used";
  /** Of what was drawn; null while it is scanned. */
  readonly pages: number | null;
}

/**
 * 收下材料 · looks at what came in, keeps what may be kept, has it scanned, and says so. Every step may be repeated, by a second
 * call at the same time or after a crash: what is kept is written once, and what became of it is decided once.
 */
export async function receive(attachment: Attachment): Promise<Receipt> {
  if (attachment.state !== "offered") return receiptOf(attachment);
  if (!isReceivable(attachment)) throw new Refusal("attachment-gone");
  const { attachmentNo } = attachment;
  const looked = await lookedAt(attachmentNo);
  if (looked === "scanning") return { attachmentNo, state: looked, pages: null };
  const { standing, first } = await decide(attachmentNo, looked);
  await (standing.state === "refused" ? removeAll(attachmentNo) : removeArrived(attachmentNo));
  if (first && standing.state === "received") await returnTry("attachment-open", standing.by.no);
  return receiptOf(standing);
}

type Looked = "scanning" | { kept: NonNullable<Attachment["kept"]> } | { refused: Refused };

async function lookedAt(attachmentNo: string): Promise<Looked> {
  try {
    const kept = (await keptFacts(attachmentNo)) ?? (await keptNow(attachmentNo));
    if (kept === "scanning") return kept;
    const { of, pages } = kept;
    const bytes = pages.reduce((all, page) => all + page.bytes, 0);
    return { kept: { of, pages: pages.length, bytes, receivedAt: now() } };
  } catch (error) {
    const refused = reasonOf(error);
    if (refused === null) throw error;
    return { refused };
  }
}

async function keptNow(attachmentNo: string): Promise<Kept | "scanning"> {
  const came = await arrived(attachmentNo);
  if (came === null) throw new Refusal("attachment-not-arrived");
  const verdict = await scan(attachmentNo, came);
  if (verdict === "pending") return "scanning";
  if (verdict === "infected") throw new Refusal("attachment-infected");
  if (verdict === "unscannable") throw new Refusal("attachment-unreadable");
  return keepOnce(attachmentNo, came.bytes, await drawn(came.bytes));
}

/** How an attachment stands that was decided on: what was kept of it, or the refusal that it ended in. */
function receiptOf({ attachmentNo, state, kept, refused }: Attachment): Receipt {
  if (refused) throw new Refusal(refused.code, { detail: refused.detail });
  if (kept === null || (state !== "received" && state !== "used")) throw new Refusal("attachment-gone");
  return { attachmentNo, state, pages: kept.pages };
}

/** Why a file is not kept, whoever asks and however often; null where the file is not to blame. */
function reasonOf(error: unknown): Refused | null {
  if (!(error instanceof Refusal)) return null;
  const code = refusedCodes.find((one) => one === error.code);
  return code === undefined ? null : { code, ...(error.detail !== undefined && { detail: error.detail }) };
}
