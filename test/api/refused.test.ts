import { describe, expect, test } from "vitest";
import { prefix, type Role, roles } from "../../shared/api/endpoint.ts";
import { endpoints } from "../../shared/api/endpoints.ts";
import { made, opens, places } from "../world/opening.ts";
import { raw } from "../world/world.ts";

opens(places);

describe("malformed, unknown and oversized requests", () => {
  test("every endpoint answers garbage with a code and a sentence, and no fault", async () => {
    const { token } = await made.signIn(await made.enlist());
    await made.officer("garbage", "370611", Object.keys(roles) as Role[]);
    const officerToken = await made.issuer.token("garbage");
    for (const [name, spec] of Object.entries(endpoints)) {
      const path = `${prefix}${spec.path.replace(/\{\w+\}/g, "%ZZ")}`;
      for (const body of ["", "nonsense", "[]", "null", '{"unknown":1}', '{"__proto__":{"x":1}}', "9".repeat(1000)]) {
        const reply = await raw(spec.method, path, {
          body,
          token: spec.caller.audience === "officer" ? officerToken : token,
        });
        const answered = reply.status === 200 && !("body" in spec);
        expect(
          answered || (reply.status >= 400 && reply.status < 500),
          `${name} ${body.slice(0, 20)}: ${reply.status}`,
        ).toBe(true);
        if (!answered) expect(reply.body.message, name).toMatch(/[\u4e00-\u9fff]/);
        if (name === "sign-in.sign-out") break;
      }
    }
  });

  test("an unknown path, and a known one with another method", async () => {
    expect(await raw("GET", "/api/nothing")).toMatchObject({
      status: 404,
      body: { code: "no-such-endpoint" },
    });
    expect(await raw("DELETE", "/api/me")).toMatchObject({ status: 404, body: { code: "no-such-endpoint" } });
  });

  test("a body of 100 kB and more", async () => {
    const body = JSON.stringify({ telephone: "1".repeat(100_001) });
    expect(await raw("POST", "/api/sign-in/codes", { body })).toMatchObject({
      status: 413,
      body: { code: "too-large" },
    });
  });

  test("unknown keys are refused and named, values are never echoed", async () => {
    const reply = await raw("POST", "/api/sign-in/codes", {
      body: '{"telephone":"13800000001","extra":"<script>"}',
    });
    expect(reply).toMatchObject({ status: 400, body: { code: "malformed" } });
    expect(reply.body.message).toContain("extra");
    expect(reply.body.message).not.toContain("script");
  });

  test("too many calls of one account in a minute", async () => {
    const { token } = await made.signIn(await made.enlist());
    const address = "10.9.9.9";
    const replies = await Promise.all(Array.from({ length: 140 }, () => raw("GET", "/api/me", { token, address })));
    expect(replies.filter((reply) => reply.status === 200).length).toBeGreaterThanOrEqual(110);
    expect(replies.filter((reply) => reply.body.code === "too-many-requests").length).toBeGreaterThan(10);
  });
});
