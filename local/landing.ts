import { identityNumberOf } from "./county/people.ts";
import { officers, personas } from "./county/personas.ts";
import { demonstrationKey, demonstrationProviders } from "./county/providers.ts";
import { html, page } from "./page.ts";
import type { Mount } from "./server.ts";

/** Whoever shares a birthday and a sex with an earlier persona gets the next serial, as the generator counts them. */
const serials = new Map<string, number>();
const people = personas.map((persona) => ({
  ...persona,
  members: persona.members.map((member) => {
    const serial = serials.get(member.bornOn + member.sex) ?? 0;
    serials.set(member.bornOn + member.sex, serial + 1);
    return { ...member, identityNumber: identityNumberOf(member.bornOn, member.sex, serial) };
  }),
}));

/** 首页 · what there is, and who to sign in as. */
export const landing: Mount = (_, response, url) => {
  if (url.pathname !== "/") {
    response
      .writeHead(404, { "content-type": "text/html; charset=utf-8" })
      .end(page("没有这一页", html`<h1>没有这一页</h1><p><a href="/">回到首页</a></p>`));
    return;
  }
  const rows = people.flatMap(({ who, try: what, members }) =>
    members.map(
      (
        member,
        i,
      ) => html`<tr><td>${i === 0 ? who : "　家人"}${i === 0 ? html`<br><span class="muted">${what}</span>` : html``}</td>
        <td>${member.name}</td><td><code>${member.identityNumber}</code></td>
        <td>${typeof member.phone === "string" ? html`<code>${member.phone}</code>` : "—"}</td></tr>`,
    ),
  );
  const body = html`<h1>居民医保 · 演示</h1>
    <p class="note">这里的人、村、单据都是编造的；身份证号以3799开头，全国没有这个区划，不会是任何真人的号码。</p>
    <p><a class="button" href="/m/">居民端（手机页面）</a> <a class="button" href="/console/">经办端</a></p>
    <p><a href="/stand-ins/sms/">短信收件箱</a>（登录验证码在这里看） · <a href="/stand-ins/wechat-messages/">微信订阅消息</a> · <a href="/console/api.html">接口文档</a> · <a href="/api/openapi.json">openapi.json</a></p>
    <h2>居民：用手机号和短信验证码登录，再用姓名和身份证号确认</h2>
    <div class="card scroll"><table><tr><th>谁</th><th>姓名</th><th>身份证号</th><th>手机号</th></tr>${rows}</table></div>
    <h2>经办人员：在登录页选一位</h2>
    <div class="card"><table>${officers.map((one) => html`<tr><td>${one.name}</td><td><code>${one.unit}</code></td></tr>`)}</table></div>
    <h2>定点机构：报文用机构密钥签名</h2>
    <div class="card scroll"><table><tr><th>机构</th><th>机构密钥（演示）</th></tr>${providerRows()}</table></div>`;
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page("居民医保 · 演示", body));
};

/** The key of each invented provider in force, so that anybody can play the hospital. */
const providerRows = () =>
  demonstrationProviders
    .filter(({ state }) => state === "in-force")
    .map(({ code, name }) => {
      const { keyNo, secret } = demonstrationKey(code);
      return html`<tr><td>${name}<br><code>${code}.${keyNo}</code></td><td><code>${secret}</code></td></tr>`;
    });

/** Who to sign in as, for the terminal. */
export function signInTable(origin: string): string {
  const lines = people.map(({ who, members }) => {
    const first = members[0]!;
    return `  ${first.phone}  ${first.name}  ${first.identityNumber}  ${who}`;
  });
  return [
    "",
    `  居民端 residents   ${origin}/m/`,
    `  经办端 console     ${origin}/console/`,
    `  短信   messages    ${origin}/stand-ins/sms/`,
    `  首页   all of this ${origin}/`,
    "",
    "  居民登录 sign in as (telephone, name, identity number):",
    ...lines,
    "",
    "",
  ].join("\n");
}
