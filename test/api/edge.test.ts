import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { slow } from "../../functions/caller.ts";
import { receiptNumber } from "../../shared/contribution/receipt.ts";
import { raw, world } from "../world/world.ts";

beforeAll(() => world());
afterEach(() => vi.unstubAllEnvs());

const secret = "the-edge-shows-this";
const deployed = (says: string) => {
  vi.stubEnv("EDGE_SECRET", secret);
  vi.stubEnv("EDGE_SAYS", says);
};
let guesses = 0;
let addresses = 0;
const newAddress = () => `203.0.113.${++addresses}`;

/** How many of 25 guesses at receipts are looked at, of the twenty that an address has; `headersOf` is told which guess it is. */
async function lookedAt(address: string, headersOf: (guess: number) => Readonly<Record<string, string>>) {
  const codes: (string | undefined)[] = [];
  for (let i = 0; i < 25; i++) {
    guesses += 1;
    const number = receiptNumber(2026, Uint8Array.of(guesses % 32, guesses / 32, ...Array<number>(10).fill(7)));
    const body = JSON.stringify({ number, checkCode: "00000000" });
    codes.push((await raw("POST", "/api/receipts/verify", { body, address, headers: headersOf(i) })).body.code);
  }
  return codes.filter((code) => code === "receipt-unknown").length;
}

describe("past and through the edge", () => {
  const forged = (i: number) => ({
    "x-forwarded-for": `10.9.8.${i}, 1.1.1.1`,
    "cloudfront-viewer-address": `10.9.8.${i}:443`,
  });

  test("a forged forwarded address: where there is no edge, no header says who called", async () => {
    expect(await lookedAt(newAddress(), forged)).toBe(20);
  });

  test.each(["cloudfront-viewer-address", "x-forwarded-for"])(
    "past the edge, without its secret or with another, and an edge that says %s",
    async (says) => {
      deployed(says);
      expect(await lookedAt(newAddress(), forged)).toBe(20);
      expect(await lookedAt(newAddress(), (i) => ({ ...forged(i), "x-site-edge": `${secret}.` }))).toBe(20);
      expect(await lookedAt(newAddress(), (i) => ({ ...forged(i), "x-site-edge": "" }))).toBe(20);
    },
  );

  test("through an edge that writes whom it saw, what the caller says was forwarded", async () => {
    deployed("cloudfront-viewer-address");
    const [viewer, edge] = [newAddress(), newAddress()];
    const through = (i: number) => ({
      "x-site-edge": secret,
      "x-forwarded-for": `10.9.8.${i}, ${viewer}, ${edge}`,
      "cloudfront-viewer-address": `${viewer}:${50_000 + i}`,
    });
    expect(await lookedAt(edge, through)).toBe(20);
  });

  test("through an edge that adds whom it saw to those forwarded, what stands before, and a header that it does not write", async () => {
    deployed("x-forwarded-for");
    const [viewer, edge] = [newAddress(), newAddress()];
    const through = (i: number) => ({
      "x-site-edge": secret,
      "x-forwarded-for": `10.9.8.${i}, 1.1.1.1, ${viewer}, ${edge}`,
      "cloudfront-viewer-address": `10.9.8.${i}:443`,
    });
    expect(await lookedAt(edge, through)).toBe(20);
    // Where the API adds nobody, the edge's is the last.
    expect(await lookedAt(edge, () => ({ "x-site-edge": secret, "x-forwarded-for": `10.9.8.1, ${viewer}` }))).toBe(0);
  });
});

describe("the address that counts", () => {
  test.each([
    ["cloudfront-viewer-address", (seen: string) => ({ "cloudfront-viewer-address": `${seen}:443` })],
    ["x-forwarded-for", (seen: string) => ({ "x-forwarded-for": `${seen}, 198.51.100.1` })],
  ])(
    "is the caller's own behind an edge that says %s: two callers do not share what they may try",
    async (says, told) => {
      deployed(says);
      const seen = (i: number) => `2001:db8:${says.length}:${i % 2}::1`;
      expect(await lookedAt("198.51.100.1", (i) => ({ "x-site-edge": secret, ...told(seen(i)) }))).toBe(25);
    },
  );

  test("is one for all of a subscriber's IPv6 network: whoever changes it at every guess has no more guesses", async () => {
    deployed("x-forwarded-for");
    const told = (i: number) => ({ "x-site-edge": secret, "x-forwarded-for": `2001:db8:6:4::${i + 1}, 198.51.100.1` });
    expect(await lookedAt("198.51.100.1", told)).toBe(20);
  });

  test("slows a subscriber's IPv6 network as one, and not the next one's", () => {
    const { before } = slow({ audience: "anyone" });
    const call = (sourceIp: string) =>
      before?.({ event: { headers: {}, requestContext: { http: { sourceIp } } } } as never);
    const burst = () => {
      for (let i = 0; i < 6_000; i++) call(`2001:db8:7:4::${i.toString(16)}`);
    };
    expect(burst).toThrow(expect.objectContaining({ code: "too-many-requests" }));
    expect(() => call("2001:db8:7:5::1")).not.toThrow();
  });

  test("is whoever connected where the edge says nothing", async () => {
    deployed("cloudfront-viewer-address");
    expect(await lookedAt(newAddress(), () => ({ "x-site-edge": secret }))).toBe(20);
  });
});
