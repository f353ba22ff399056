import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { config } from "../../functions/config.ts";
import type { Mount } from "../../local/server.ts";

/** An issuer of tests: discovery and keys as every OpenID Connect issuer serves them, and tokens as a test wants them. */
export async function testIssuer() {
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const stranger = await generateKeyPair("RS256");
  const jwk = { ...(await exportJWK(publicKey)), kid: "test", alg: "RS256", use: "sig" };
  const mount: Mount = (_, response, url) => {
    const body = url.pathname.endsWith("/jwks")
      ? { keys: [jwk] }
      : { issuer: config.issuer().url, jwks_uri: `${config.issuer().url}/jwks` };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
  const token = (
    subject: string,
    { audience = config.issuer().audience, issuer = config.issuer().url, expires = "1h", forged = false } = {},
  ) =>
    new SignJWT({})
      .setProtectedHeader({ alg: "RS256", kid: "test" })
      .setSubject(subject)
      .setAudience(audience)
      .setIssuer(issuer)
      .setIssuedAt()
      .setExpirationTime(expires)
      .sign(forged ? stranger.privateKey : privateKey);
  return { mount, token };
}
