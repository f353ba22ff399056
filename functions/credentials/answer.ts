import { refusalOf } from "../../shared/edge.ts";
import { identityCard } from "../../shared/gateway/codes.ts";
import { writeCodeAnswer } from "../../shared/gateway/messages.ts";
import { Refusal } from "../../shared/refusal.ts";
import type { Provider } from "../providers/store.ts";
import type { Decoded } from "./decoding.ts";

/** 答解码 · whom a code is of in the national words, or why it is not read: code −1 and a sentence. A fault is thrown. */
export async function answeredCode(work: () => Promise<Decoded>): Promise<string> {
  try {
    const { profile, identityNumber, ecToken, useNo } = await work();
    return writeCodeAnswer({
      person: {
        personName: profile.name,
        certificateNo: identityNumber,
        certificateKind: identityCard,
        insuredArea: profile.poolingArea,
        ecToken,
        sex: profile.sex === "male" ? "1" : "2",
        bornOn: profile.bornOn,
        useNo,
      },
    });
  } catch (error) {
    const { code, sentence } = refusalOf(error);
    return writeCodeAnswer({ refused: `[${code}] ${sentence}` });
  }
}

/** Throws unless a body names the provider that signed it. */
export function mustBeOwn(provider: Provider, { providerCode }: { providerCode: string }): void {
  if (providerCode !== provider.code) throw new Refusal("sender-differs");
}
