import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { config } from "../../functions/config.ts";
import type { Mount } from "../../local/server.ts";

/** An issuer of tests: discovery and keys as every OpenID Connect issuer serves them, and tokens as a test wants them. */
export async function testIssuer() {
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const jwk = { ...(await exportJWK(publicKey)), kid: "test", alg: "RS256", use: "sig" };
  const mount: Mount = (_, response, url) => {
    const body = url.pathname.endsWith("/jwks")
      ? { keys: [jwk] }
      : { issuer: config.issuer().url, jwks_uri: `${config.issuer().url}/jwks` };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
  const token = async (
    subject: string,
    {
      audience = config.issuer().audience,
      issuer = config.issuer().url,
      expires = "1h",
      forged = false,
      typ = "at+jwt",
      claims = {},
    } = {},
  ) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: "RS256", kid: "test", typ })
      .setSubject(subject)
      .setAudience(audience)
      .setIssuer(issuer)
      .setIssuedAt()
      .setExpirationTime(expires)
      // A stranger's key takes a tenth of a second to make: only where one is asked for.
      .sign(forged ? (await generateKeyPair("RS256")).privateKey : privateKey);
  return { mount, token };
}
