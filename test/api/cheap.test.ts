import { beforeAll, expect, test } from "vitest";
import { db } from "../../functions/db.ts";
import type { Call } from "../../shared/api/client.ts";
import { openApi } from "../../shared/api/openapi.ts";
import { made, opens, places } from "../world/opening.ts";
import { raw, refusal } from "../world/world.ts";
import { hospital } from "./claims.ts";

opens(places);
beforeAll(() => hospital());

test("the API's description is made once, however often anybody asks", async () => {
  const { info } = openApi as { info: { title: string } };
  const title = info.title;
  try {
    info.title = "这一份";
    // What is answered is that very one, and not made anew.
    expect((await raw("GET", "/api/openapi.json")).body.info).toMatchObject({ title: "这一份" });
  } finally {
    info.title = title;
  }
});

test("a search that fits nothing reads a city's register once a minute, however often anybody asks", async () => {
  let queries = 0;
  db.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        if (commandName === "QueryCommand") queries += 1;
        return next(args);
      },
    { step: "initialize", name: "counted" },
  );
  const ask = (q: string) => made.anyone("hospitals.list", { query: { destination: "370600", q } });
  expect((await ask("医院")).hospitals.length).toBeGreaterThan(0);
  const before = queries;
  for (let i = 0; i < 20; i++) expect((await ask(`没有这家${i}`)).hospitals).toEqual([]);
  db.middlewareStack.remove("counted");
  expect(queries).toBe(before);
});

test("the sixty-first order of an account in an hour is refused; another account's is not", async () => {
  const [one, other] = [await made.signIn(await made.enlist()), await made.signIn(await made.enlist())];
  const order = (call: Call, i: number) =>
    call("contributions.order", {
      body: {
        requestNo: `one-of-many-${i}`,
        lines: [{ whom: { who: "self" }, benefitYear: 2026 }],
        expected: "400.00",
      },
    });
  for (let i = 0; i < 60; i++) await order(one.call, i);
  expect(await refusal(order(one.call, 60))).toBe("paused");
  expect(await refusal(order(other.call, 0))).toBe("");
});
