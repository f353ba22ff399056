import { type FilingAnswered, type FilingAsked, readFilingAnswer } from "../shared/gateway/filing-query.ts";
import { filingsPath } from "../shared/gateway/signing.ts";
import { refusalIn, type Sender, signed } from "./client.ts";
import type { Heard } from "./codes.ts";

/** What asking came to: what care here counts as, a refusal, or nothing that says anything. */
type FilingRead =
  | { readonly kind: "done"; readonly counted: FilingAnswered }
  | { readonly kind: "refused"; readonly code: string; readonly sentence: string }
  | { readonly kind: "unknown"; readonly why: string };

/** 异地备案查询 · asks whether a person is filed for here, at admission and again before settling. */
export async function askFiling(
  sender: Sender,
  asked: Pick<FilingAsked, "personNo"> & Partial<FilingAsked>,
  heard: Heard = () => {},
): Promise<FilingRead> {
  const body = JSON.stringify(asked);
  try {
    const reply = await sender.post(body, signed(sender, body, filingsPath), filingsPath);
    heard(body, reply.body);
    if (reply.status !== 200) return { kind: "unknown", why: `HTTP ${reply.status}` };
    const read = readFilingAnswer(reply.body);
    return "refused" in read ? { kind: "refused", ...refusalIn(read.refused) } : { kind: "done", counted: read };
  } catch (error) {
    heard(body, null);
    return { kind: "unknown", why: error instanceof Error ? error.message : String(error) };
  }
}
