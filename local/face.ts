import { randomBytes } from "node:crypto";
import { config } from "../functions/config.ts";
import { faceHash } from "../functions/proof/face.ts";
import { sameSecret } from "../functions/signed.ts";
import { readIdentityNumber } from "../shared/person.ts";
import { html, page } from "./page.ts";
import type { Mount } from "./server.ts";

const ticketLife = 10 * 60_000;
const key = () => config.face()?.key ?? "";
const ticketHash = (subject: string, until: string, nonce: string) =>
  faceHash(key(), ["ticket", subject, until, nonce]);

/** A ticket as the verifier gives it after it has seen a face: whose, until when, once, and that it is the verifier's own. */
export function faceTicket(identityNumber: string, until = Date.now() + ticketLife): string {
  const subject = faceHash(key(), ["subject", identityNumber]);
  const nonce = randomBytes(9).toString("base64url");
  return [subject, until, nonce, ticketHash(subject, String(until), nonce)].join(".");
}

/** 人脸核验替身 · asks for an identity number and believes that the face was seen; answers what `functions/proof/face.ts` asks. */
export function faceStandIn(): Mount {
  return (request, response, url, body) => {
    if (url.pathname.endsWith("/verify")) {
      const { ticket, subject, at, signature } = JSON.parse(body.toString("utf8"));
      const asked =
        sameSecret(signature, faceHash(key(), ["ask", ticket, subject, at])) && Math.abs(Date.now() - at) < 300_000;
      if (!asked) return void response.writeHead(401).end();
      const matched = goodFor(ticket, subject);
      const answer = faceHash(key(), ["answer", ticket, subject, at, String(matched)]);
      return void response
        .writeHead(200, { "content-type": "application/json" })
        .end(JSON.stringify({ matched, signature: answer }));
    }
    const typed = request.method === "POST" ? new URLSearchParams(body.toString("utf8")).get("number") : null;
    const read = readIdentityNumber(typed ?? "");
    const told = read.ok
      ? html`<p>核验凭据，10分钟内有效，只能用一次：</p><p class="scroll"><code id="ticket">${faceTicket(read.number)}</code></p>`
      : typed === null
        ? html``
        : html`<p>身份证号好像不对，请再输一次。</p>`;
    const form = html`<h1>人脸核验</h1><p class="note">演示环境：没有真的刷脸，输入谁的身份证号就当作看到了谁。</p>
      <form method="post" class="card"><label>身份证号 <input name="number" autocomplete="off"></label> <button>开始核验</button></form>${told}`;
    response
      .writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" })
      .end(page("人脸核验", form));
  };
}

function goodFor(ticket: string, subject: string): boolean {
  const [whose = "", until = "", nonce = "", hash = ""] = ticket.split(".");
  return sameSecret(hash, ticketHash(whose, until, nonce)) && whose === subject && Number(until) > Date.now();
}
