import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import * as z from "zod";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { itemAt } from "../../functions/read.ts";
import { answeredOnce, type NumberedRequest } from "../../functions/request.ts";
import {
  compared,
  decideAndWrite,
  either,
  exists,
  having,
  inState,
  isNew,
  toCheck,
  toPut,
  toRemove,
  toUpdate,
  unchanged,
  write,
  writeTogether,
} from "../../functions/write.ts";
import { Refusal } from "../../shared/refusal.ts";
import { world } from "../world/world.ts";

beforeAll(async () => {
  await world();
});
afterEach(() => {
  vi.useRealTimers();
});

let serial = 0;
const fresh = () => ({ pk: `VERB#${++serial}`, sk: "ITEM" });
const put = (Item: Record<string, unknown>) => db.send(new PutCommand({ TableName: config.mainTable(), Item }));
const Stored = z.looseObject({ pk: z.string() });

describe("a request is answered once", () => {
  const Made = z.object({ no: z.string(), what: z.string() });
  const asked = (body: unknown): NumberedRequest => ({
    of: "ORDER",
    askedBy: "A1",
    requestNo: `verbs-${serial}`,
    body,
  });
  let times = 0;
  const answered = (request: NumberedRequest) =>
    answeredOnce(request, {
      found: async (no) => (await itemAt({ pk: no, sk: "MADE" }, Made))!,
      make: async () => {
        const made = { no: `MADE#${++times}`, what: JSON.stringify(request.body) };
        return { no: made.no, answer: made, steps: [toPut({ pk: made.no, sk: "MADE", ...made }, isNew)] };
      },
    });

  test("its repeat is given what it made, also where both come at once", async () => {
    serial += 1;
    const first = await answered(asked({ sum: "400.00" }));
    expect(await answered(asked({ sum: "400.00" }))).toEqual(first);
    serial += 1;
    const many = await Promise.all(Array.from({ length: 8 }, () => answered(asked("many"))));
    expect(new Set(many.map(({ no }) => no)).size).toBe(1);
    expect(many[0]!.no).not.toBe(first.no);
  });

  test("the same number with another body is refused", async () => {
    serial += 1;
    await answered(asked({ sum: "400.00" }));
    await expect(answered(asked({ sum: "500.00" }))).rejects.toMatchObject({ code: "request-reused" });
  });

  test("it is remembered for thirty days, and then its number is a new request, whether or not the record is gone", async () => {
    serial += 1;
    const start = Date.now();
    const turn = (days: number) => vi.useFakeTimers({ toFake: ["Date"], now: start + days * 24 * 3_600_000 });
    const first = await answered(asked("first"));
    turn(29.9);
    expect(await answered(asked("first"))).toEqual(first);
    await expect(answered(asked("second"))).rejects.toMatchObject({ code: "request-reused" });
    turn(30.1);
    const second = await answered(asked("second"));
    expect(second.no).not.toBe(first.no);
    expect(await answered(asked("second"))).toEqual(second);
  });

  test("a refusal is no answer: whoever was refused may ask again under the same number", async () => {
    serial += 1;
    const request = asked("refused");
    const refused = answeredOnce(request, {
      found: async () => "",
      make: async () => {
        throw new Refusal("price-changed");
      },
    });
    await expect(refused).rejects.toMatchObject({ code: "price-changed" });
    expect((await answered(request)).what).toBe('"refused"');
  });

  test("what was refused because its own other copy was faster is answered with that copy's", async () => {
    serial += 1;
    const request = asked("twice");
    const late = await answeredOnce(request, {
      found: async (no) => (await itemAt({ pk: no, sk: "MADE" }, Made))!,
      make: async () => {
        await answered(request);
        throw new Refusal("dispute-exists");
      },
    });
    expect(late).toEqual(await answered(request));
  });
});

describe("one loop decides again", () => {
  test("it is told the attempt, reads anew where a condition fails, and stops where nothing is left to write", async () => {
    const at = fresh();
    await put({ ...at, version: 1 });
    const attempts: number[] = [];
    const answer = await decideAndWrite(async (attempt) => {
      attempts.push(attempt);
      const version = attempt === 1 ? 0 : (await itemAt(at, z.object({ version: z.int() })))!.version;
      return version > 1
        ? { answer: "nothing left", steps: [] }
        : { answer: "written", steps: [toPut({ ...at, version: version + 1 }, unchanged(version))] };
    });
    expect([answer, attempts]).toEqual(["written", [1, 2]]);
    expect(await itemAt(at, Stored)).toMatchObject({ version: 2 });
  });

  test("it gives up after twelve attempts", async () => {
    let attempts = 0;
    const never = decideAndWrite(async () => {
      attempts += 1;
      return { answer: null, steps: [toCheck(fresh(), exists)] };
    });
    await expect(never).rejects.toMatchObject({ code: "try-again" });
    expect(attempts).toBe(12);
  });

  test("where what was read does not fit together it reads again without writing", async () => {
    const at = fresh();
    const answer = await decideAndWrite(async (attempt) =>
      attempt < 3 ? null : { answer: attempt, steps: [toPut(at, isNew)] },
    );
    expect(answer).toBe(3);
  });

  test("a refusal is said where all that failed has one; beside a failure that means to decide again it is not", async () => {
    const taken = fresh();
    await put(taken);
    const refusing = { ...toPut(taken, isNew), refusal: () => new Refusal("already-held") };
    await expect(decideAndWrite(async () => ({ answer: 0, steps: [refusing] }))).rejects.toMatchObject({
      code: "already-held",
    });
    const beside = toPut(taken, isNew);
    const other = fresh();
    const both = decideAndWrite(async (attempt) =>
      attempt === 1
        ? { answer: attempt, steps: [{ ...toCheck(other, exists), refusal: refusing.refusal }, beside] }
        : { answer: attempt, steps: [] },
    );
    expect(await both).toBe(2);
  });

  test("what is not decided again is refused at the first failure, and nothing of it is written", async () => {
    const [taken, free] = [fresh(), fresh()];
    await put(taken);
    const refusal = () => new Refusal("bound-to-another");
    await expect(writeTogether([toPut(free, isNew), toPut(taken, isNew)])).rejects.toMatchObject({ code: "try-again" });
    const said = writeTogether([toPut(free, isNew), toPut(taken, isNew), { ...toCheck(fresh(), exists), refusal }]);
    await expect(said).rejects.toMatchObject({ code: "bound-to-another" });
    expect(await itemAt(free, Stored)).toBeNull();
  });
});

describe("conditions and changes", () => {
  test("each condition holds where it says so, and nowhere else", async () => {
    const at = fresh();
    await put({ ...at, state: "held", version: 3, owner: null, tags: new Set(["a"]) });
    const passes = (condition: Parameters<typeof toPut>[1]) =>
      writeTogether([toCheck(at, condition!)]).then(
        () => true,
        () => false,
      );
    expect(await passes(isNew)).toBe(false);
    expect(await passes(exists)).toBe(true);
    expect(await passes(unchanged(3))).toBe(true);
    expect(await passes(unchanged(2))).toBe(false);
    expect(await passes(unchanged(0))).toBe(false);
    expect(await passes(inState("held"))).toBe(true);
    expect(await passes(inState("sent", "held"))).toBe(true);
    expect(await passes(inState("sent", "returned"))).toBe(false);
    expect(await passes(having({ owner: null, tags: new Set(["a"]), refundNo: undefined }))).toBe(true);
    expect(await passes(having({ owner: undefined }))).toBe(false);
    expect(await passes(having({ version: 3, state: "sent" }))).toBe(false);
    expect(await passes(either(having({ version: 1 }), having({ version: 3 })))).toBe(true);
    expect(await passes(compared("version", "<", 3))).toBe(false);
    expect(await passes(compared("version", "<=", 3))).toBe(true);
    expect(await passes(compared("absent", "<", 3))).toBe(false);
  });

  test("a change sets, sets once, adds, removes, and leaves the rest alone", async () => {
    const at = fresh();
    await put({ ...at, kept: 1, targets: { 2025: "0.95" }, gone: "x", boundOn: "2025-01-01" });
    const done = await write(
      toUpdate(
        at,
        {
          set: { state: "sent", "targets.2026": "0.97" },
          once: { boundOn: "2026-01-01", firstOn: "2026-01-01" },
          add: { tries: 2, readBy: new Set(["A"]) },
          remove: ["gone"],
        },
        having({ kept: 1 }),
      ),
    );
    expect(done).toBe(true);
    expect(await itemAt(at, Stored)).toEqual({
      ...at,
      kept: 1,
      state: "sent",
      targets: { 2025: "0.95", 2026: "0.97" },
      boundOn: "2025-01-01",
      firstOn: "2026-01-01",
      tries: 2,
      readBy: new Set(["A"]),
    });
    expect(await write(toUpdate(at, { set: { state: "lost" } }, having({ kept: 2 })))).toBe(false);
    expect(await write(toRemove(at, having({ state: "lost" })))).toBe(false);
    expect(await write(toRemove(at, having({ state: "sent" })))).toBe(true);
    expect(await itemAt(at, Stored)).toBeNull();
  });
});
