import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { build } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import { config } from "../../functions/config.ts";
import { bundleEach, codeFolder, entryOf, hasLibrary, readAtStart } from "../../infra/bundle.ts";
import { checks } from "../../infra/checks.ts";
import { byRoute, functionsOf, type SecretName, secrets, sideNames } from "../../infra/functions.ts";
import { synthesize } from "../../infra/system.ts";
import { createTables } from "../../local/database.ts";
import type { Endpoint } from "../../shared/api/endpoint.ts";
import { type EndpointName, endpoints } from "../../shared/api/endpoints.ts";
import { lockFor } from "../../tools/install.mjs";
import { unbundled, withoutSchemas } from "./templates.ts";

const root = join(import.meta.dirname, "../..");

beforeAll(() => void withoutSchemas());

describe("settings", () => {
  test("aws-cn has no user pools: without an issuer nothing is made", () => {
    const context = {
      "aws-cn": { region: "cn-north-1", residentDomain: "a.cn", agencyDomain: "b.cn", certificate: "c" },
    };
    expect(() => synthesize("aws-cn", unbundled, { context })).toThrow("name an issuer");
  });

  test("a region of the other partition is refused", () => {
    expect(() => synthesize("aws-cn", unbundled, { context: { region: "ap-east-1" } })).toThrow("is not in partition");
  });

  test("what functions are kept at once is a setting, and an account that has less is told", () => {
    const shared = checks["no function takes what the others need"]!;
    const { system } = synthesize("aws-cn", unbundled, { context: { concurrency: { account: 300, provider: 31 } } });
    expect(shared(system)).toContainEqual(
      expect.stringMatching(/^functions are kept \d+ calls at once, and the account has 200$/),
    );
    expect(shared(system).filter((one) => one.startsWith("Gateway"))).not.toEqual([]);
  });

  test("aws makes a user pool unless an issuer is named", () => {
    const context = { issuer: "https://sign-in.example.org", audience: "https://agency.example.org/api" };
    const { stacks } = synthesize("aws", unbundled, { context }).system;
    const types = Object.values(stacks.agency!.Resources).map(({ Type }) => Type);
    expect(types.filter((type) => type.startsWith("AWS::Cognito"))).toEqual([]);
    const officers = Object.entries(stacks.agency!.Resources).find(([id]) =>
      /^OfficersOfficerReadAuditAppend\w{8}$/.test(id),
    );
    expect(JSON.stringify(officers?.[1])).toContain('"ISSUER_URL":"https://sign-in.example.org"');
  });
});

const names = Object.keys(endpoints) as EndpointName[];

describe("functions", () => {
  test("share what their routes have in common and nothing else: capability, audience, access", () => {
    for (const side of sideNames) {
      for (const { routes, access, audience } of functionsOf(side)) {
        const members = routes.flatMap(({ entry }) => names.filter((name) => name.replace(".", "/") === entry));
        const kinds = members.map((name) => {
          const { caller, access: own }: Endpoint = endpoints[name];
          return JSON.stringify([name.split(".")[0], caller.audience, own]);
        });
        expect(new Set(kinds).size).toBe(1);
        expect(kinds[0]).toBe(JSON.stringify([members[0]!.split(".")[0], audience, access]));
      }
    }
  });

  test("one function a route grants the same", () => {
    // So many functions would not fit into a stack; what they may do can be compared all the same.
    const context = { "@aws-cdk/core:stackResourceLimit": 0 };
    const { system } = synthesize("aws-cn", unbundled, { grouping: byRoute, context });
    expect(checks["every function may do what its access says, no more and no less"]!(system)).toEqual([]);
  });

  test("a bundled function answers each of its routes by that route's handler", async () => {
    const about = functionsOf("resident").filter(({ name }) => name.startsWith("about-anyone"));
    const [main, ledger, audit] = [config.mainTable(), config.ledgerTable(), config.auditTable()];
    await createTables(config.dynamodbEndpoint()!, { main, ledger, audit });
    const out = mkdtempSync(join(tmpdir(), "resident-insurance-bundle-"));
    try {
      await bundleEach(new Map(about.map((spec) => [spec.name, entryOf(spec)])), out);
      const load = async (name: string) => {
        const module = join(codeFolder(name, out), "index.mjs");
        const { handler } = (await import(pathToFileURL(module).href)) as {
          handler: (event: object, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;
        };
        return (routeKey: string) =>
          handler({ routeKey, headers: {}, requestContext: { http: { sourceIp: "127.0.0.1" } } }, {} as Context);
      };
      const [ask, openApi] = [await load("about-anyone-read"), await load("about-anyone")];
      expect(JSON.parse((await ask("GET /api/today")).body ?? "")).toHaveProperty("today");
      expect(JSON.parse((await openApi("GET /api/openapi.json")).body ?? "")).toHaveProperty("openapi");
      expect((await ask("$default")).statusCode).toBe(404);
      expect(() => ask("GET /api/me")).toThrow("no handler for GET /api/me");
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  });

  test("exactly the endpoints that call an outside system are given its secret", async () => {
    const { outputFiles } = await build({
      entryPoints: Object.fromEntries(
        names.map((name) => [name, join(root, "functions", `${name.replace(".", "/")}.ts`)]),
      ),
      outdir: "/",
      bundle: true,
      write: false,
      format: "esm",
      platform: "node",
      packages: "external",
    });
    const reading: Record<SecretName, RegExp> = {
      wechat: /\bconfig\d*\.weChat\(\)/,
      sms: /\bconfig\d*\.sms\(\)/,
      face: /\bconfig\d*\.face\(\)/,
      wechatPay: /\bconfig\d*\.weChatPay\(\)/,
    };
    for (const [secret, pattern] of Object.entries(reading)) {
      const users = names.filter((name) =>
        pattern.test(outputFiles.find(({ path }) => path === `/${name}.js`)?.text ?? ""),
      );
      expect(users.length).toBeGreaterThan(0);
      const given: readonly EndpointName[] = secrets[secret as SecretName];
      expect(users, secret).toEqual([...given]);
    }
  });
});

test("the image library goes with exactly the functions that receive files", async () => {
  const receiving = [...new Set(sideNames.flatMap((side) => functionsOf(side)))].filter(({ name }) =>
    /^attachments-.*(receive|look)$/.test(name),
  );
  const out = mkdtempSync(join(tmpdir(), "resident-insurance-bundle-"));
  try {
    const { outputs } = await bundleEach(new Map(receiving.map((spec) => [spec.name, entryOf(spec)])), out);
    const drawing = Object.entries(outputs).filter(([, { imports }]) => imports.some(({ path }) => path === "sharp"));
    expect(drawing.map(([path]) => path.split("/").at(-2)).sort()).toEqual([
      "attachments-agency-officer-write-audit-append-objects-receive",
      "attachments-resident-write-objects-receive",
    ]);
    for (const [path] of drawing) expect(existsSync(join(root, path, "../node_modules/sharp"))).toBe(hasLibrary());
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});

test("the image library that is deployed is what our lock says, to the checksum", () => {
  const { manifest, lock } = lockFor("sharp");
  const ours = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const { "": top, ...cut } = lock.packages as Record<string, { version: string; integrity?: string }>;
  expect(top).toEqual(manifest);
  expect(manifest.dependencies).toEqual({ sharp: ours["node_modules/sharp"].version });
  for (const [path, one] of Object.entries(cut)) {
    expect(one, path).toEqual(ours[path]);
    expect(one.integrity, path).toMatch(/^sha512-/);
  }
  for (const one of [
    "@img/sharp-linux-arm64",
    "@img/sharp-libvips-linux-arm64",
    "@img/colour",
    "detect-libc",
    "semver",
  ])
    expect(
      Object.keys(cut).some((path) => path.endsWith(`node_modules/${one}`)),
      one,
    ).toBe(true);
  // `ci` takes what a lock says, and fails where it cannot.
  expect(readFileSync(join(root, "tools/install.mjs"), "utf8")).not.toContain("--no-package-lock");
});

test("a start reads what every call needs: no library that some calls use, no schema of another capability", async () => {
  const sending = functionsOf("resident").filter(({ name }) => name === "proof-resident-write");
  const out = mkdtempSync(join(tmpdir(), "resident-insurance-bundle-"));
  try {
    const { outputs } = await bundleEach(new Map(sending.map((spec) => [spec.name, entryOf(spec)])), out);
    const start = Object.keys(outputs).find((path) => path.endsWith("/index.mjs"))!;
    const inputs = (paths: Iterable<string>) => [...paths].flatMap((path) => Object.keys(outputs[path]!.inputs));
    const read = inputs(readAtStart(start, outputs));
    const later = /tencentcloud-sdk|credential-provider-(sso|ini|process|web-identity)|nested-clients/;
    expect(inputs(Object.keys(outputs)).filter((one) => later.test(one)).length).toBeGreaterThan(20);
    expect(read.filter((one) => later.test(one))).toEqual([]);
    expect(read).toContain("shared/api/proof.ts");
    expect(read).not.toContain("shared/api/claims.ts");
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});
