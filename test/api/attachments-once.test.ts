import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { afterEach, describe, expect, test, vi } from "vitest";
import { handler as clear } from "../../functions/attachments/clear.ts";
import { keepOnce, keptFacts, s3 } from "../../functions/attachments/objects.ts";
import { receive } from "../../functions/attachments/receiving.ts";
import { attachmentOf, attachmentsFor, usingSteps } from "../../functions/attachments/store.ts";
import { db } from "../../functions/db.ts";
import { decideAndWrite } from "../../functions/write.ts";
import { attachmentStates } from "../../shared/attachment/attachment.ts";
import { allowing } from "../../shared/machine.ts";
import { Refusal } from "../../shared/refusal.ts";
import { crashAfter, injectFaults } from "../world/faults.ts";
import { made, opens } from "../world/opening.ts";
import { refusal } from "../world/world.ts";
import { handIn, offerFor, pagesKept, paper, phonePhoto, postForm, received } from "./attachment-steps.ts";

opens();
afterEach(() => {
  vi.useRealTimers();
});

async function someone() {
  const { person, call } = await made.proven();
  return { personNo: person.personNo, call };
}
const hours = (count: number) => vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + count * 3_600_000 });
const isKept = async (attachmentNo: string) => (await keptFacts(attachmentNo)) !== null;
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "",
    (error) => (error instanceof Refusal ? error.code : Promise.reject(error)),
  );

describe("receiving", () => {
  test("the same again answers the same; what is uploaded afterwards changes nothing", async () => {
    const { call } = await someone();
    const place = await call("attachments.offer", { query: {}, body: offerFor(paper(3)) });
    await postForm(place, paper(2));
    const first = await received(call, place.attachmentNo);
    expect(first).toMatchObject({ state: "received", pages: 2 });
    await postForm(place, paper(3));
    expect(await received(call, place.attachmentNo)).toEqual(first);
    expect(await pagesKept(place.attachmentNo)).toHaveLength(2);
  });

  test("of nothing, of a number that nobody has, and too late", async () => {
    const { call } = await someone();
    const { attachmentNo } = await call("attachments.offer", { query: {}, body: offerFor(paper()) });
    expect(await refusal(received(call, attachmentNo))).toBe("attachment-not-arrived");
    expect(await refusal(received(call, "2025112000000000NOBODY00"))).toBe("not-found");
    const late = await attachmentOf(await handIn(call, paper()));
    hours(13);
    expect(await codeOf(receive(late))).toBe("attachment-gone");
  });

  test("two at once, and while the file is uploaded anew: one file is kept, and both say the same of it", async () => {
    const { call } = await someone();
    for (let round = 0; round < 5; round++) {
      const place = await call("attachments.offer", { query: {}, body: offerFor(paper(9)) });
      await postForm(place, paper(1));
      const attachment = await attachmentOf(place.attachmentNo);
      const [one, , two, three] = await Promise.all([
        receive(attachment),
        postForm(place, paper(9)),
        receive(attachment),
        receive(attachment),
      ]);
      expect(two).toEqual(one);
      expect(three).toEqual(one);
      expect(await pagesKept(place.attachmentNo)).toHaveLength(one.pages!);
      expect([1, 9]).toContain(one.pages);
    }
  });

  test("what somebody else kept first is what is received", async () => {
    const { call } = await someone();
    const attachmentNo = await handIn(call, paper(1));
    let rival = paper(7);
    const pages = Array.from({ length: 7 }, () => Buffer.from("a page of the rival"));
    s3().middlewareStack.add(
      (next, context) => async (args) => {
        const first = rival;
        rival = Buffer.alloc(0);
        if (context.commandName === "PutObjectCommand" && first.length > 0) await keepOnce(attachmentNo, first, pages);
        else rival = first;
        return next(args);
      },
      { step: "initialize", name: "rival", override: true },
    );
    const receipt = await received(call, attachmentNo).finally(() => s3().middlewareStack.remove("rival"));
    expect(receipt).toMatchObject({ pages: 7 });
    expect((await attachmentOf(attachmentNo)).kept).toMatchObject({ pages: 7, bytes: 7 * pages[0]!.length });
    expect(await pagesKept(attachmentNo)).toEqual(pages);
  });

  test("with conflicts, lost replies and writes that arrive twice", async () => {
    const { call, personNo } = await someone();
    const file = await phonePhoto();
    const nos = [];
    for (let i = 0; i < 10; i++) nos.push(await handIn(call, file));
    const attachments = await Promise.all(nos.map(attachmentOf));
    const faults = injectFaults(db, { conflict: 0.2, lostReply: 0.2, duplicate: 0.2 }, "attachments");
    await Promise.all(
      attachments.flatMap((one) => [receive(one), receive(one)].map((work) => work.catch(() => {}))),
    ).finally(faults.stop);
    for (const one of attachments) await receive(await attachmentOf(one.attachmentNo));
    expect(await attachmentsFor(personNo, nos, "filing-paper", "A")).toHaveLength(10);
    expect(Object.values(faults.made).some((times) => times > 0)).toBe(true);
  });

  test("a process that stops after any await leaves nothing half done", async () => {
    const { call, personNo } = await someone();
    for (const [file, state] of [
      [await phonePhoto(), "received"],
      [Buffer.from("<html></html>"), "refused"],
    ] as const) {
      let points = 0;
      for (let crashed = true; crashed; points++) {
        const attachmentNo = await handIn(call, file);
        const process = crashAfter(db, points, s3());
        await received(call, attachmentNo).catch(() => {});
        crashed = process.crashed();
        process.restart();
        const usable = await codeOf(attachmentsFor(personNo, [attachmentNo], "filing-paper", "A"));
        if (usable === "") expect(await pagesKept(attachmentNo)).toHaveLength(1);
        else expect(usable).toBe("attachment-not-received");
        expect(await refusal(received(call, attachmentNo))).toBe(state === "refused" ? "attachment-type" : "");
        expect((await attachmentOf(attachmentNo)).state).toBe(state);
        expect(await isKept(attachmentNo)).toBe(state === "received");
      }
      expect(points).toBeGreaterThan(7);
    }
  });
});

describe("using", () => {
  const file = async (call: Awaited<ReturnType<typeof someone>>["call"]) => {
    const attachmentNo = await handIn(call, await phonePhoto());
    await received(call, attachmentNo);
    return attachmentNo;
  };
  /** A case that takes attachments, as a filing does. */
  const use = (personNo: string, nos: readonly string[], usedBy: string) =>
    decideAndWrite(async () => {
      const attachments = await attachmentsFor(personNo, nos, "filing-paper", usedBy);
      return { answer: attachments, steps: usingSteps(attachments, usedBy) };
    });

  test("used twice: a second case is refused; the same case may name again what it has", async () => {
    const { call, personNo } = await someone();
    const [one, two] = [await file(call), await file(call)];
    await use(personNo, [one], "FILING-1");
    await use(personNo, [one, two], "FILING-1");
    expect(await codeOf(use(personNo, [two], "FILING-2"))).toBe("attachment-used");
    expect(await codeOf(use(personNo, [one, one], "FILING-1"))).toBe("attachment-used");
    expect(await received(call, one)).toMatchObject({ state: "used" });
  });

  test("two cases at once: one of them has it", async () => {
    const { call, personNo } = await someone();
    for (let round = 0; round < 5; round++) {
      const no = await file(call);
      const told = await Promise.all(["A", "B", "C"].map((by) => codeOf(use(personNo, [no], by))));
      expect(told.sort()).toEqual(["", "attachment-used", "attachment-used"]);
    }
  });

  test("what is not received, of somebody else, or gone is refused", async () => {
    const [{ call, personNo }, other] = [await someone(), await someone()];
    expect(await codeOf(use(personNo, [await handIn(call, paper())], "A"))).toBe("attachment-not-received");
    expect(await codeOf(use(personNo, [await file(other.call)], "A"))).toBe("not-found");
    expect(await codeOf(use(personNo, ["20251120NOBODY0000000000"], "A"))).toBe("not-found");
  });

  test("written by a stale hand it is not used: the write names the version that it read", async () => {
    const { call, personNo } = await someone();
    const attachments = await attachmentsFor(personNo, [await file(call)], "filing-paper", "A");
    await use(personNo, [attachments[0]!.attachmentNo], "B");
    const stale = new TransactWriteCommand({ TransactItems: usingSteps(attachments, "A") });
    await expect(db.send(stale)).rejects.toMatchObject({ name: "TransactionCanceledException" });
  });

  test("what no case used is cleared away after a month, what never came after a day, what is used never", async () => {
    const { call, personNo } = await someone();
    const [used, unused] = [await file(call), await file(call)];
    const [never, refused] = [await handIn(call, paper()), await handIn(call, Buffer.from("text"))];
    await refusal(received(call, refused));
    await use(personNo, [used], "FILING-3");
    const stateOf = async (no: string) => (await attachmentOf(no)).state;
    hours(25);
    await clear();
    expect(await Promise.all([used, unused, never, refused].map(stateOf))).toEqual([
      "used",
      "received",
      "lapsed",
      "refused",
    ]);
    hours(29 * 24);
    await clear();
    expect(await Promise.all([used, unused].map(stateOf))).toEqual(["used", "lapsed"]);
    expect(await Promise.all([used, unused, never].map(isKept))).toEqual([true, false, false]);
    expect(await codeOf(use(personNo, [unused], "FILING-4"))).toBe("attachment-gone");
    expect(await clear()).toEqual({ cleared: 0 });
  });

  test("clearing away that stops after any await is finished by the next; what lies there of nobody's is taken too", async () => {
    hours(100 * 24);
    await clear();
    let points = 0;
    for (let crashed = true; crashed; points++) {
      vi.useRealTimers();
      const { call } = await someone();
      const { attachmentNo } = await call("attachments.offer", { query: {}, body: offerFor(paper()) });
      // A process that stopped after keeping, and a client that never asked again.
      await keepOnce(attachmentNo, paper(), [Buffer.from("a page")]);
      hours(25);
      const process = crashAfter(db, points, s3());
      await clear().catch(() => {});
      crashed = process.crashed();
      process.restart();
      await clear();
      expect([(await attachmentOf(attachmentNo)).state, await isKept(attachmentNo)]).toEqual(["lapsed", false]);
    }
    expect(points).toBeGreaterThan(19);
  });
});

test("each event has one result, from whatever state", () => {
  expect(allowing(attachmentStates, "use")).toEqual(["received"]);
  expect(allowing(attachmentStates, "receive")).toEqual(["offered"]);
  expect(allowing(attachmentStates, "lapse")).toEqual(["offered", "received"]);
});
