import { exportJWK, generateKeyPair } from "jose";
import type { Configuration } from "oidc-provider";
import { createMemoryAdapter } from "oidc-provider/lib/adapters/memory_adapter.js";
// The package's front door warns on Node 20, where every test of ours runs it: its inside is what it opens to.
import { Provider } from "oidc-provider/lib/provider.js";
import { html, page } from "./page.ts";
import type { Mount } from "./server.ts";

interface LocalOfficer {
  readonly subject: string;
  readonly name: string;
  readonly unitName: string;
  readonly roles: string;
}

/** 统一登录替身 · a real OpenID Connect issuer with the demonstration's officers; its sign-in page asks who you are and believes it. */
export async function localIssuer(origin: string, audience: string, officers: readonly LocalOfficer[]): Promise<Mount> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const issuer = `${origin}/issuer`;
  const configuration: Configuration = {
    // Sign-ins of a demonstration end with it.
    adapter: createMemoryAdapter(),
    clientBasedCORS: (_, asking) => asking === origin,
    renderError: (context, { error, error_description: why }) => {
      context.type = "html";
      context.body = page("没有登录成功", html`<h1>没有登录成功</h1><p class="note">${error} ${why ?? ""}</p>`);
    },
    clients: [
      {
        client_id: "console",
        token_endpoint_auth_method: "none",
        redirect_uris: [`${origin}/console/`],
        post_logout_redirect_uris: [`${origin}/console/`],
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: "RS256", use: "sig", kid: "local" }] },
    cookies: { keys: [crypto.randomUUID()] },
    findAccount: (_, id) =>
      officers.some((one) => one.subject === id) ? { accountId: id, claims: async () => ({ sub: id }) } : undefined,
    interactions: { url: (_, interaction) => `/issuer/sign-in/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: "officer",
          audience,
          accessTokenFormat: "jwt",
          accessTokenTTL: 3600,
        }),
      },
      rpInitiatedLogout: {
        enabled: true,
        postLogoutSuccessSource: async (context) => {
          context.body = page("已退出登录", html`<h1>已退出登录</h1>`);
        },
        logoutSource: async (context, form) => {
          context.body = page(
            "退出登录",
            html`<h1>要退出登录吗？</h1>${{ html: form }}
              <p><button form="op.logoutForm" name="logout" value="yes">退出登录</button>
              <button form="op.logoutForm" class="plain">不退出</button></p>`,
          );
        },
      },
    },
    scopes: ["openid", "offline_access", "officer"],
    loadExistingGrant: async (context) => {
      const { client, session, provider } = context.oidc;
      if (!client || !session?.accountId) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope("openid offline_access");
      grant.addResourceScope(audience, "officer");
      await grant.save();
      return grant;
    },
    pkce: { required: () => true },
    ttl: {
      AccessToken: 3600,
      Session: 86_400,
      Interaction: 3600,
      Grant: 86_400,
      IdToken: 3600,
      RefreshToken: 86_400,
    },
  };
  const provider = new Provider(issuer, configuration);
  const answer = provider.callback();

  return async (request, response, url) => {
    if (url.pathname.startsWith("/issuer/sign-in/")) {
      if (request.method === "POST") {
        const body: Buffer[] = [];
        for await (const chunk of request) body.push(chunk);
        const accountId = new URLSearchParams(Buffer.concat(body).toString("utf8")).get("subject") ?? "";
        await provider.interactionFinished(
          request,
          response,
          { login: { accountId } },
          { mergeWithLastSubmission: false },
        );
        return;
      }
      const rows = officers.map(
        (one) => html`<form method="post" class="card"><input type="hidden" name="subject" value="${one.subject}">
          <button class="plain">${one.name}</button> <span class="muted">${one.unitName} · ${one.roles}</span></form>`,
      );
      response
        .writeHead(200, { "content-type": "text/html; charset=utf-8" })
        .end(
          page("经办人员登录", html`<h1>经办人员登录</h1><p class="note">演示环境：选一位经办人员登录。</p>${rows}`),
        );
      return;
    }
    request.url = `${url.pathname.slice("/issuer".length) || "/"}${url.search}`;
    Object.assign(request, { originalUrl: `${url.pathname}${url.search}` });
    answer(request, response);
  };
}
