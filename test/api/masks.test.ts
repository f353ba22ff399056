import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { key } from "../../functions/key.ts";
import { Profile } from "../../functions/people/profile.ts";
import { itemAt } from "../../functions/read.ts";
import { endpoints } from "../../shared/api/endpoints.ts";
import { MaskedNumber } from "../../shared/edge.ts";
import { checkDigit, maskNumber } from "../../shared/person.ts";
import { unmaskAll } from "../../tools/unmask.ts";
import { candidates, everyItem, fewest, numbersKept, numbersTold } from "../world/masks.ts";
import { made, opens, places } from "../world/opening.ts";

opens(places);

const seventeen = "37060219530308000";
const number = seventeen + checkDigit(seventeen);
const once = `${number.slice(0, 6)}********${number.slice(-4)}`;

describe("a mask with its birthday", () => {
  test("leaves ten thousand numbers at least, whatever else is known", () => {
    for (const known of [
      { bornOn: "1953-03-08" },
      { bornOn: "1953-03-08", sex: "female" },
      { age: 72, sex: "female" },
      {},
    ])
      expect(candidates(maskNumber(number), known)).toBeGreaterThanOrEqual(fewest);
    expect(candidates(maskNumber("19812345678"))).toBeGreaterThanOrEqual(fewest);
  });

  test("as it was once shown gave the number away: the count sees that", () => {
    expect(candidates(once, { bornOn: "1953-03-08" })).toBe(1);
    expect(candidates(once, { age: 72, sex: "female" })).toBeLessThan(100);
    expect(candidates(`${"*".repeat(14)}${number.slice(-4)}`, { bornOn: "1953-03-08" })).toBeLessThan(fewest);
    expect(numbersTold({ people: [{ identityNumber: once, bornOn: "1953-03-08" }] })).toHaveLength(1);
    expect(numbersTold({ people: [{ identityNumber: maskNumber(number), bornOn: "1953-03-08" }] })).toEqual([]);
    expect(numbersTold({ words: number })).toEqual([number]);
    expect(numbersTold({ telephone: "138****5678" })).toEqual(["138****5678"]);
  });
});

/** The fields of a JSON schema, by name, wherever they stand. */
function fieldsOf(schema: unknown, found: [name: string, of: Record<string, unknown>][] = []) {
  if (typeof schema !== "object" || schema === null) return found;
  const { properties } = schema as { properties?: Record<string, Record<string, unknown>> };
  for (const [name, of] of Object.entries(properties ?? {})) found.push([name, of]);
  for (const inner of Object.values(schema)) fieldsOf(inner, found);
  return found;
}

/** Numbers that an answer may tell whole: of an institution, or of one person to an officer who gave a reason. */
const whole = [
  "hospitals.list telephone",
  "inquiries.* telephone",
  "progress.telephone telephone",
  "providers.* telephone",
];

describe("every answer", () => {
  const pattern = (z.toJSONSchema(MaskedNumber) as { pattern: string }).pattern;
  const shown = Object.entries(endpoints).flatMap(([name, { reply }]) =>
    fieldsOf(z.toJSONSchema(reply, { io: "input", unrepresentable: "any" }))
      .filter(([field]) => /(identityNumber|telephone|certificate|certificateNo|^card|bankAccount)$/i.test(field))
      .filter(([, of]) => JSON.stringify(of).includes('"string"'))
      .map(([field, of]) => ({ name, field, masked: JSON.stringify(of).includes(JSON.stringify(pattern)), of })),
  );

  test("tells a number of a person masked, or stands in a list written by hand", () => {
    const clear = shown.filter(({ masked }) => !masked).map(({ name, field }) => `${name} ${field}`);
    const isListed = (one: string) => whole.includes(one) || whole.includes(one.replace(/^([a-z-]+)\.\S+/, "$1.*"));
    expect(clear.filter((one) => !isListed(one))).toEqual([]);
    expect(shown.filter(({ masked }) => masked).length).toBeGreaterThan(20);
  });

  test("that holds a mask leaves ten thousand numbers with every other field of it", () => {
    for (const name of new Set(shown.filter(({ masked }) => masked).map((one) => one.name))) {
      const fields = fieldsOf(
        z.toJSONSchema(endpoints[name as keyof typeof endpoints].reply, { io: "input", unrepresentable: "any" }),
      );
      const has = (field: string) => fields.some(([one]) => one === field);
      const known = {
        ...(has("bornOn") ? { bornOn: "1953-03-08" } : has("age") && { age: 72 }),
        ...((has("sex") || has("bornOn")) && { sex: "female" }),
      };
      expect([name, candidates(maskNumber(number), known) >= fewest]).toEqual([name, true]);
    }
  });
});

describe("masks that were stored before", () => {
  const put = (Item: Record<string, unknown>) => db.send(new PutCommand({ TableName: config.mainTable(), Item }));

  test("are read past, taken out once, and never come back", async () => {
    const person = await made.enlist({ telephone: "19800001234" });
    const { personNo } = person;
    const at = key.person(personNo);
    const before = await itemAt(at, z.looseObject({}));
    await put({ ...before, identityNumberMasked: "370602********0002", telephoneMasked: "198****1234" });
    await put({
      ...key.history(personNo, "2025#1"),
      what: "telephone-changed",
      before: null,
      telephone: "198****1234",
    });
    await put({ ...key.socialCardOf(personNo), hash: "h", masked: "*****5678", on: "2025-01-01", officerNo: "o" });
    await put({
      ...key.inquiry("20251120AAAAAAAAAAAAAAAA"),
      person: { personNo, name: "张*", identityNumber: "370602********0002" },
    });
    expect(numbersKept(await everyItem())).not.toEqual([]);

    expect((await itemAt(at, Profile))?.personNo).toBe(personNo);
    expect(await unmaskAll()).toBe(4);
    expect(await itemAt(at, z.looseObject({}))).toEqual(before);
    expect(await itemAt(key.history(personNo, "2025#1"), z.looseObject({}))).toMatchObject({
      telephone: "*********34",
    });
    expect(await itemAt(key.socialCardOf(personNo), z.looseObject({}))).toEqual({
      ...key.socialCardOf(personNo),
      hash: "h",
      on: "2025-01-01",
      officerNo: "o",
    });
    expect(numbersKept(await everyItem())).toEqual([]);
    expect(await unmaskAll()).toBe(0);
  });
});
