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
    vi.stubEnv("SECRETS", "arn:example:secret:sms");
    vi.stubEnv("SMS_SECRET_ID", "");
    secret = '{"SMS_SECRET_ID":"an-id"}';
    await loadSecrets();
    expect(process.env.SMS_SECRET_ID).toBe("an-id");
    expect(asked).toEqual([{ target: "secretsmanager.GetSecretValue", id: "arn:example:secret:sms", signed: true }]);
  });

  test("that nobody filled in yet, or that are denied, keep the function from starting, and are not told", async () => {
    secret = "a random string that CloudFormation made";
    await expect(loadSecrets()).rejects.toThrow(
      "secret arn:example:secret:sms is not a JSON object of environment variables yet",
    );
    status = 400;
    await expect(loadSecrets()).rejects.toMatchObject({ name: "AccessDeniedException" });
  });

  test("are asked for by nobody who has none", async () => {
    vi.stubEnv("SECRETS", "");
    await loadSecrets();
    expect(asked).toEqual([]);
  });
});
