import type { BusinessType } from "../shared/credential/credential.ts";
import type { Use } from "../shared/credential/offline.ts";
import { readCodeAnswer, writeCodeQuery } from "../shared/gateway/messages.ts";
import { codesPath, offlineUsesPath } from "../shared/gateway/signing.ts";
import { refusalIn, type Sender, signed } from "./client.ts";

type CodePerson = Extract<ReturnType<typeof readCodeAnswer>, { readonly person: unknown }>["person"];

/** What reading a code came to: whose it is and the token that stands for them, a refusal, or nothing that says anything. */
export type CodeRead =
  | { readonly kind: "done"; readonly person: CodePerson }
  | { readonly kind: "refused"; readonly code: string; readonly sentence: string }
  | { readonly kind: "unknown"; readonly why: string };

/** The body and the answer of one call, for whoever shows them. */
export type Heard = (asked: string, answered: string | null) => void;

async function post(sender: Sender, path: string, body: string, heard: Heard): Promise<string | null> {
  try {
    const reply = await sender.post(body, signed(sender, body, path), path);
    const answered = reply.status === 200 ? reply.body : null;
    heard(body, answered);
    return answered;
  } catch {
    heard(body, null);
    return null;
  }
}

/** 医保码解码 · reads a code for one business type; of a printed code with the number of the identity card that was seen. */
export async function readCode(
  sender: Sender,
  asked: { readonly text: string; readonly businessType: BusinessType; readonly identityNumber: string | null },
  heard: Heard = () => {},
): Promise<CodeRead> {
  const { text, businessType, identityNumber } = asked;
  const body = writeCodeQuery({
    providerCode: sender.providerCode,
    businessType,
    clerk: "001",
    clerkName: "收费员",
    departmentCode: null,
    departmentName: null,
    text,
    identityNumber,
  });
  const answered = await post(sender, codesPath, body, heard);
  if (answered === null) return { kind: "unknown", why: "没有收到答复" };
  const read = readCodeAnswer(answered);
  return "refused" in read ? { kind: "refused", ...refusalIn(read.refused) } : { kind: "done", person: read.person };
}

/** What became of one use that was handed in. */
export interface HandedIn {
  readonly result: string;
  readonly code?: string;
  readonly message?: string;
}

/** 补报离线用码 · hands in the uses of codes that were read without a network; throws where there is no answer: they stay where they are. */
export async function handIn(sender: Sender, uses: readonly Use[]): Promise<readonly HandedIn[]> {
  const answered = await post(sender, offlineUsesPath, JSON.stringify({ uses }), () => {});
  if (answered === null) throw new Error("没有收到答复，请再试一次。");
  const read = JSON.parse(answered) as { results?: HandedIn[]; message?: string };
  if (!read.results) throw new Error(refusalIn(read.message ?? "").sentence || "没有补报成功，请再试一次。");
  return read.results;
}
