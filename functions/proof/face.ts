import { createHmac } from "node:crypto";
import * as z from "zod";
import { Refusal } from "../../shared/refusal.ts";
import { now } from "../clock.ts";
import { config } from "../config.ts";
import { sameSecret } from "../signed.ts";

const Reply = z.object({ matched: z.boolean(), signature: z.string() });

/** The keyed hash of some fields, each on a line of its own: how both sides sign, and how an identity number is named. */
export const faceHash = (secret: string, fields: readonly (string | number)[]): string =>
  createHmac("sha256", secret).update(fields.join("\n")).digest("base64url");

/** Is face verification offered here? */
export const faceOffered = (): boolean => config.face() !== null;

/**
 * 人脸核验 · asks the verifier whether its ticket stands for this identity number; anything but a signed yes is refused.
 * No public standard says how one asks, so this is ours: POST {ticket, subject, at, signature} → {matched, signature}.
 */
export async function matchFace(ticket: string, identityNumber: string): Promise<void> {
  const face = config.face();
  if (!face) throw new Refusal("way-not-offered");
  // The verifier knows whose face it saw; the number itself does not leave us.
  const subject = faceHash(face.key, ["subject", identityNumber]);
  const at = now();
  const signature = faceHash(face.key, ["ask", ticket, subject, at]);
  const reply = await asked(face.endpoint, { ticket, subject, at, signature });
  const expected = faceHash(face.key, ["answer", ticket, subject, at, String(reply.matched)]);
  if (!sameSecret(reply.signature, expected))
    throw new Refusal("face-unreachable", { cause: new Error("reply not signed") });
  if (!reply.matched) throw new Refusal("face-not-matched");
}

async function asked(endpoint: string, body: object): Promise<z.output<typeof Reply>> {
  try {
    const response = await fetch(endpoint, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      redirect: "error",
      signal: AbortSignal.timeout(config.patience()),
    });
    return Reply.parse(await response.json());
  } catch (cause) {
    throw new Refusal("face-unreachable", { cause });
  }
}
