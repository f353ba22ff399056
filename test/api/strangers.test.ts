import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signed } from "../../hospital/client.ts";
import type { Endpoint } from "../../shared/api/endpoint.ts";
import { prefix } from "../../shared/api/endpoint.ts";
import { type EndpointName, endpoints } from "../../shared/api/endpoints.ts";
import { senderOf } from "../world/hospitals.ts";
import { made, opens, places } from "../world/opening.ts";
import { raw } from "../world/world.ts";
import { relationOf } from "./access-table.ts";
import { answersOwn, beset, type Found, isTried } from "./beset.ts";
import { everything } from "./everything.ts";
import { kinds } from "./stranger-steps.ts";

opens({ ...places, "370682": "莱阳市" });
const every = Object.entries(endpoints) as [EndpointName, Endpoint][];

describe("a stranger, whatever else they are,", () => {
  let found: Found;
  let stop: () => void;
  let stopped: unknown;

  beforeAll(async () => {
    const around = await beset(made);
    ({ found, stop } = around);
    stopped = await everything(around.owned, around.as).catch((error: unknown) => error);
  });
  afterAll(() => stop());

  test("tries every endpoint that has a relation", () => {
    const left = every.filter(([name]) => isTried(name) && found.tried.get(name)?.size !== kinds.length);
    expect(left.map(([name]) => name)).toEqual([]);
  });
  test("is stopped at the door: by their step of trust, their role, or for being nobody here", () => {
    expect(found.passed).toEqual([]);
  });
  test("is refused what is another's", () => {
    expect(found.answered).toEqual([]);
  });
  test("is refused in the words in which what does not exist is", () => {
    expect(found.apart).toEqual([]);
    // Units and codes of providers are public: of them there is nothing to tell.
    const plain = every
      .map(([name]) => name)
      .filter(
        (name) => isTried(name) && !answersOwn(name) && !found.named.has(name) && relationOf(name) !== "register",
      );
    expect(plain.sort()).toEqual([
      "claims-agency.access-day",
      "claims-agency.disputes",
      "credentials-agency.cases",
      "credentials-agency.usage",
      "filings-agency.list",
      "filings-agency.where",
      "progress.board",
      "progress.names",
      "progress.target",
      "refunds-agency.worklist",
    ]);
  });
  test("changes nothing, and spends nobody's tries", () => {
    expect(found.touched).toEqual([]);
  });
  test("is in nobody's way: what they were refused, whoever may is then answered", () => {
    expect(stopped).toBeUndefined();
  });
  test("is told no number of anybody", () => {
    expect(found.leaked).toEqual([]);
  });
});

test("a message that its sender did not sign is nobody's, whatever token comes with it", async () => {
  const { token } = await made.proven();
  await made.officer("signs-nothing", "370600", []);
  const pharmacy = senderOf("P37061100001");
  const other = { ...pharmacy, secret: senderOf("H37061100001").secret };
  for (const [name, { caller, method, path }] of every) {
    if (caller.audience !== "provider" && caller.audience !== "channel") continue;
    const at = `${prefix}${path}`;
    for (const how of [
      {},
      { token },
      { token: await made.issuer.token("signs-nothing") },
      { headers: signed(other, "{}", at) },
      { headers: signed(pharmacy, "{}", "/api/elsewhere") },
    ]) {
      const { body } = await raw(method, at, { body: "{}", ...how });
      // The channel hears a word of its own, and a hospital the national envelope.
      expect([name, JSON.stringify(body)]).toEqual([name, expect.stringMatching(/signature-wrong|"FAIL"/)]);
    }
  }
});
