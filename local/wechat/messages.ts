import { randomBytes } from "node:crypto";
import { config } from "../../functions/config.ts";
import { html, page } from "../page.ts";
import type { Mount } from "../server.ts";

interface Subscribed {
  readonly openId: string;
  readonly template: string;
  /** What the template's places were filled with, in order. */
  readonly places: readonly string[];
  readonly at: Date;
}

/**
 * 订阅消息替身 · answers stable_token and subscribeMessage.send as WeChat does: a token for the app's own secret, a message for a
 * known template whose places are short enough. Everybody has said yes, but for those in `refusing`.
 */
export function weChatMessages() {
  const messages: Subscribed[] = [];
  const refusing = new Set<string>();
  const tokens = new Set<string>();
  const answers: Readonly<Record<string, (asked: Record<string, never>, token: string) => object>> = {
    stable_token: ({ grant_type, appid, secret }) => {
      const ours = config.weChat();
      if (grant_type !== "client_credential") return { errcode: 40002, errmsg: "invalid grant_type" };
      if (appid !== ours.appId || secret !== ours.secret) return { errcode: 40125, errmsg: "invalid appsecret" };
      const token = randomBytes(24).toString("base64url");
      tokens.add(token);
      return { access_token: token, expires_in: 7200 };
    },
    send: ({ touser: openId, template_id: template, data = {} }, token) => {
      if (!tokens.has(token)) return { errcode: 40001, errmsg: "invalid credential" };
      if (!/^o[\w-]{27}$/.test(openId ?? "")) return { errcode: 40003, errmsg: "invalid openid" };
      if (!Object.values(config.messageTemplates().weChat).includes(template ?? ""))
        return { errcode: 40037, errmsg: "invalid template_id" };
      const places = ["thing1", "thing2", "thing3"].map(
        (place) => (data as Record<string, { value?: string }>)[place]?.value,
      );
      if (!places.every((one) => one && [...one].length <= 20)) return { errcode: 47003, errmsg: "argument invalid" };
      if (refusing.has(openId ?? "")) return { errcode: 43101, errmsg: "user refuse to accept the msg" };
      messages.unshift({ openId: openId ?? "", template: template ?? "", places: places as string[], at: new Date() });
      messages.length = Math.min(messages.length, 200);
      return { errcode: 0, errmsg: "ok" };
    },
  };
  const send: Mount = (_, response, url, body) => {
    const answer = answers[url.pathname.split("/").at(-1) ?? ""];
    const asked = JSON.parse(body.toString("utf8") || "{}");
    const reply = answer?.(asked, url.searchParams.get("access_token") ?? "") ?? {
      errcode: 40066,
      errmsg: "invalid url",
    };
    response.writeHead(200, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(reply));
  };
  const inbox: Mount = (_, response) => {
    const rows = messages.map(
      ({ at, places }) =>
        html`<tr><td>${at.toLocaleTimeString("zh-CN", { timeZone: "Asia/Shanghai" })}</td>${places.map((one) => html`<td>${one}</td>`)}</tr>`,
    );
    const shown = html`<h1>微信订阅消息</h1><p class="note">演示环境：消息没有真的发出，都留在这里。</p>
      <div class="card scroll"><table><tr><th>时间</th><th>消息</th><th>关于谁</th><th>内容</th></tr>${rows}</table>
      ${messages.length === 0 ? html`<p class="muted">还没有消息。用微信登录的人缴费以后，这里就会出现。</p>` : html``}</div>`;
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
    response.end(page("微信订阅消息", shown));
  };
  return { send, inbox, messages: messages as readonly Subscribed[], refusing };
}
