import { createHash, createHmac, randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { config } from "../functions/config.ts";
import { sameSecret } from "../functions/signed.ts";
import { aboutNames, filled, messageWords } from "../shared/messages.ts";
import { html, page } from "./page.ts";
import type { Mount } from "./server.ts";

const reply = (response: ServerResponse, status: number, type: string, body: string) =>
  response.writeHead(status, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store" }).end(body);
const json = (response: ServerResponse, status: number, body: unknown) =>
  reply(response, status, "application/json", JSON.stringify(body));

/**
 * 微信登录替身 · answers auth.code2Session as WeChat does: the app's own id and secret, a code for one use.
 * `wx.login` outside WeChat gives no code, so any new code of the form demo-NAME is somebody called NAME.
 */
export function weChatStandIn(): Mount {
  const used = new Set<string>();
  return (_, response, url) => {
    const { appId, secret } = config.weChat();
    const asked = url.searchParams;
    const code = asked.get("js_code") ?? "";
    const name = /^demo-([\w-]{1,40})(?:\.\w+)?$/.exec(code)?.[1];
    if (asked.get("appid") !== appId) return void json(response, 200, { errcode: 40013, errmsg: "invalid appid" });
    if (asked.get("secret") !== secret)
      return void json(response, 200, { errcode: 40125, errmsg: "invalid appsecret" });
    if (!name) return void json(response, 200, { errcode: 40029, errmsg: "invalid code" });
    if (used.has(code)) return void json(response, 200, { errcode: 40163, errmsg: "code been used" });
    used.add(code);
    const openid = `o${createHash("sha256").update(name).digest("base64url").slice(0, 27)}`;
    json(response, 200, { openid, session_key: randomBytes(16).toString("base64") });
  };
}

interface Message {
  readonly telephone: string;
  readonly text: string;
  readonly at: Date;
}

/** 短信替身 · answers Tencent Cloud's SendSms, its TC3-HMAC-SHA256 signature checked, and keeps what was sent to be read. */
export function smsStandIn(): { send: Mount; inbox: Mount; messages: readonly Message[] } {
  const messages: Message[] = [];
  return {
    messages,
    send: (request, response, url, body) => {
      const answer = (result: object) =>
        json(response, 200, { Response: { RequestId: randomBytes(8).toString("hex"), ...result } });
      if (!signedByUs(request, url, body)) {
        return void answer({ Error: { Code: "AuthFailure.SignatureFailure", Message: "signature" } });
      }
      const asked = JSON.parse(body.toString("utf8"));
      for (const number of asked.PhoneNumberSet as string[]) {
        messages.unshift({
          telephone: number.replace("+86", ""),
          text: `【${asked.SignName}】${textOf(asked.TemplateId, asked.TemplateParamSet)}`,
          at: new Date(),
        });
      }
      messages.length = Math.min(messages.length, 200);
      answer({
        SendStatusSet: asked.PhoneNumberSet.map((PhoneNumber: string) => ({
          PhoneNumber,
          Code: "Ok",
          Message: "send success",
        })),
      });
    },
    inbox: (_, response, url) => {
      const of = url.searchParams.get("telephone");
      const listed = messages.filter((one) => !of || one.telephone === of);
      if (url.searchParams.get("as") === "json") return void json(response, 200, listed);
      const rows = listed.map(
        (one) =>
          html`<tr><td>${one.at.toLocaleTimeString("zh-CN", { timeZone: "Asia/Shanghai" })}</td><td>${one.telephone}</td><td>${one.text}</td></tr>`,
      );
      const body = html`<h1>短信收件箱</h1><p class="note">演示环境：短信没有真的发出，都留在这里。</p>
        <div class="card scroll"><table><tr><th>时间</th><th>手机号</th><th>内容</th></tr>${rows}</table>
        ${listed.length === 0 ? html`<p class="muted">还没有短信。登录时点“获取验证码”，短信就会出现在这里。</p>` : html``}</div>
        <p><a href="/stand-ins/sms/">刷新</a></p>`;
      reply(response, 200, "text/html", page("短信收件箱", body));
    },
  };
}

/** The words of our templates, as they would be on file with the carrier. */
function textOf(template: string, parameters: readonly string[]): string {
  const about = aboutNames.find((one) => config.messageTemplates().sms[one] === template);
  if (about) return filled(messageWords[about].template, parameters);
  if (template === config.familyTemplate()) {
    const [asker, code, minutes] = parameters;
    return `${asker}想把您加为医保亲情账户成员，可替您缴费。您同意，就把验证码 ${code} 告诉对方，${minutes}分钟内有效；不同意，请不要告诉任何人。`;
  }
  if (template === config.agentTemplate()) {
    const [agent, place, code, minutes] = parameters;
    return `${agent}要替您办理到${place}的异地就医备案。您同意，就把验证码 ${code} 告诉对方，${minutes}分钟内有效；不同意，请不要告诉任何人。`;
  }
  if (template === config.sms().telephoneTemplate) {
    const [telephone, on] = parameters;
    return `您登记的手机号已在${on}更换为${telephone}。如果不是您本人办理，请拨打12393。`;
  }
  const [code, minutes] = parameters;
  return `验证码 ${code}，${minutes}分钟内有效，请勿告诉他人。`;
}

/** Is a request signed as Tencent Cloud's API 3.0 asks, with our secret? */
function signedByUs(request: IncomingMessage, url: URL, body: Buffer): boolean {
  const { secretKey } = config.sms();
  const header = (name: string) => String(request.headers[name] ?? "");
  const given =
    /Credential=([^/]+)\/([^/]+)\/([^/]+)\/tc3_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})/.exec(
      header("authorization"),
    );
  if (!given || header("x-tc-action") !== "SendSms") return false;
  const [, , date = "", service = "", signedHeaders = "", signature = ""] = given;
  const hash = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");
  const hmac = (key: string | Buffer, data: string) => createHmac("sha256", key).update(data).digest();
  const canonical = [
    "POST",
    url.pathname,
    "",
    // Tencent's own client signs the host's name without the port.
    ...signedHeaders.split(";").map((name) => `${name}:${name === "host" ? url.hostname : header(name).toLowerCase()}`),
    "",
    signedHeaders,
    hash(body),
  ].join("\n");
  const toSign = ["TC3-HMAC-SHA256", header("x-tc-timestamp"), `${date}/${service}/tc3_request`, hash(canonical)].join(
    "\n",
  );
  const key = hmac(hmac(hmac(`TC3${secretKey}`, date), service), "tc3_request");
  const fresh = Math.abs(Date.now() / 1000 - Number(header("x-tc-timestamp"))) < 300;
  return fresh && sameSecret(hmac(key, toSign).toString("hex"), signature);
}
