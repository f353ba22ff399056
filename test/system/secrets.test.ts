import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { loadSecrets } from "../../functions/secrets.ts";

describe("secrets", () => {
  /** Stands for Secrets Manager: answers every request with a secret, and keeps who asked for what. */
  const asked: { target: string; id: string; signed: boolean }[] = [];
  let secret = "{}";
  let status = 200;
  const server = createServer(async (request, response) => {
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk);
    asked.push({
      target: String(request.headers["x-amz-target"]),
      id: JSON.parse(Buffer.concat(body).toString()).SecretId,
      signed: /^AWS4-HMAC-SHA256 Credential=/.test(request.headers.authorization ?? ""),
    });
    response
      .writeHead(status, { "content-type": "application/x-amz-json-1.1" })
      .end(JSON.stringify(status === 200 ? { SecretString: secret } : { __type: "AccessDeniedException" }));
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    vi.stubEnv("AWS_ENDPOINT_URL_SECRETS_MANAGER", `http://127.0.0.1:${port}`);
  });
  afterAll(() => {
    server.close();
    vi.unstubAllEnvs();
  });
  afterEach(() => {
    asked.length = 0;
  });

  test("are read once each, as environment variables", async () => {
    vi.stubEnv("SECRETS", "sms=arn:example:secret:sms");
    vi.stubEnv("SMS_SECRET_ID", "");
    secret = '{"SMS_SECRET_ID":"an-id"}';
    await loadSecrets();
    expect(process.env.SMS_SECRET_ID).toBe("an-id");
    expect(asked).toEqual([{ target: "secretsmanager.GetSecretValue", id: "arn:example:secret:sms", signed: true }]);
  });

  test("say nothing but what is theirs: the one for SMS names no issuer and no key", async () => {
    for (const foreign of ["ISSUER_URL", "KMS_KEY", "MAIN_TABLE", "WECHAT_SECRET", "NODE_OPTIONS", "SMS_ENDPOINT"]) {
      vi.stubEnv(foreign, "as it was");
      vi.stubEnv("SMS_SECRET_KEY", "as it was");
      secret = JSON.stringify({ SMS_SECRET_KEY: "new", [foreign]: "theirs" });
      await expect(loadSecrets(), foreign).rejects.toThrow("secret sms says 1 values that are not its own");
      expect([process.env[foreign], process.env.SMS_SECRET_KEY]).toEqual(["as it was", "as it was"]);
    }
    secret = "{}";
    vi.stubEnv("SECRETS", "nobody=arn:example:secret:sms");
    await expect(loadSecrets()).resolves.toBeUndefined();
    secret = '{"SMS_SECRET_ID":"an-id"}';
    await expect(loadSecrets()).rejects.toThrow("not its own");
    vi.stubEnv("SECRETS", "sms=arn:example:secret:sms");
  });

  test("of an outside system may say all that is read of it", () => {
    const allowed = readFileSync("functions/secrets.ts", "utf8");
    const read = [...readFileSync("functions/config.ts", "utf8").matchAll(/(?:required|optional)\("(\w+)"\)/g)];
    const ofSystems = read
      .map(([, name]) => name!)
      .filter((name) => /^(WECHAT|SMS|FACE|COLLECTING|RESIDENT)_/.test(name));
    // Where a system is spoken to is our own word, but for a verifier of faces, which each agency has of its own.
    const stand = /_(ORIGIN|PROTOCOL)$|^SMS_ENDPOINT$/;
    expect(ofSystems.length).toBeGreaterThan(20);
    expect(ofSystems.filter((name) => allowed.includes(`"${name}"`) === stand.test(name))).toEqual([]);
  });

  test("that nobody filled in yet, or that are denied, keep the function from starting, and are not told", async () => {
    secret = "a random string that CloudFormation made";
    await expect(loadSecrets()).rejects.toThrow("secret sms is not a JSON object of environment variables yet");
    status = 400;
    await expect(loadSecrets()).rejects.toMatchObject({ name: "AccessDeniedException" });
  });

  test("are asked for by nobody who has none", async () => {
    vi.stubEnv("SECRETS", "");
    await loadSecrets();
    expect(asked).toEqual([]);
  });
});
