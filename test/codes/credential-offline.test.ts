import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { type Bundle, makeBundle, readBundle } from "../../shared/credential/bundle.ts";
import { mostOfflineHours } from "../../shared/credential/credential.ts";
import { conflicts, type DeskUse, openDesk, type Shelf, verifyOffline } from "../../shared/credential/offline.ts";
import { issuePaper, weekOf } from "../../shared/credential/paper.ts";
import { falseAlarmShare, filterSize, holds, makeFilter, mostFilterBytes } from "../../shared/credential/revocation.ts";
import { dayInShanghai } from "../../shared/day.ts";
import { runs } from "../world/size.ts";
import {
  area,
  both,
  bytes,
  codeOf,
  counted,
  fromHex,
  hex,
  issuerOf,
  now,
  phoneOf,
  spoilt,
  textOf,
  today,
} from "./credential.ts";

const hours = 3_600_000;
const salt = bytes(16, 1);
/** Ids that differ: a number in twelve bytes. */
const idOf = (no: number): Uint8Array => Uint8Array.of(0, 0, 0, 0, no >>> 24, no >>> 16, no >>> 8, no, 0, 0, 0, 0);

describe("the filter of what was revoked", () => {
  test("never misses one that was revoked, whatever the ids and the salt", () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 8, maxLength: 12 }), { maxLength: 200 }),
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        (ids, somewhere) => {
          const filter = makeFilter(ids, somewhere);
          expect(ids.filter((id) => !holds(filter, id))).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });
  test.each([
    [25_000, 5 / 100],
    [50_000, 10 / 100],
  ])(
    "500,000 people with %i ids revoked: within 100 kB, false alarms as the formula says, measured on a million others",
    (count) => {
      const ids = Array.from({ length: count }, (_, i) => idOf(i));
      const filter = makeFilter(ids, salt);
      expect(ids.filter((id) => !holds(filter, id))).toEqual([]);
      let alarms = 0;
      for (let i = 0; i < 1_000_000; i++) if (holds(filter, idOf(1_000_000 + i))) alarms++;
      const expected = falseAlarmShare(count, filter.bits.length * 8, filter.looks) * 1_000_000;
      process.stdout.write(
        `${count} ids: ${filter.bits.length} bytes, ${filter.looks} looks, ${alarms} false alarms in 1,000,000, by the formula ${expected.toPrecision(3)}\n`,
      );
      // Five standard deviations of a count of rare events, and the whole event where hardly any is expected.
      expect(Math.abs(alarms - expected)).toBeLessThan(5 * Math.sqrt(expected) + 2);
      expect(expected).toBeLessThan(count > 25_000 ? 600 : 2);
      expect(filter.bits.length).toBeLessThanOrEqual(mostFilterBytes);
    },
  );
  test("another day's salt makes the false alarms somebody else's", () => {
    const ids = Array.from({ length: 200_000 }, (_, i) => idOf(i));
    const days = [makeFilter(ids, salt), makeFilter(ids, bytes(16, 2))];
    const alarmed = days.map((filter) =>
      Array.from({ length: 20_000 }, (_, i) => i).filter((i) => holds(filter, idOf(1_000_000 + i))),
    );
    const [first, second] = alarmed.map((one) => one.length);
    const twice = alarmed[0]!.filter((one) => alarmed[1]!.includes(one)).length;
    expect(first).toBeGreaterThan(1000);
    // By chance alone, as many as the product of the two shares.
    expect(twice).toBeLessThan(((first! * second!) / 20_000) * 1.3);
  });
  test("nobody revoked: names nobody; the size grows with the ids and stops", () => {
    const filter = makeFilter([], salt);
    expect(Array.from({ length: 1000 }, (_, i) => holds(filter, idOf(i)))).not.toContain(true);
    expect([0, 1, 1000, 28_000, 10_000_000].map((count) => filterSize(count).bytes)).toEqual([
      1, 4, 3500, 98_000, 98_000,
    ]);
  });
});

describe.each(both)("a bundle signed with %s", (algorithm) => {
  const root = issuerOf(algorithm, 20);
  const issuer = issuerOf(algorithm);
  const madeAt = now / 1000 - 3600;
  const facts = (more: Partial<Bundle> = {}): Bundle => ({
    area,
    madeAt,
    keys: [issuer.key, { ...issuerOf(algorithm, 8).key, until: today }],
    revoked: makeFilter([bytes(12, 90), bytes(8, 91)], salt),
    ...more,
  });
  const file = makeBundle(facts(), root.signer);
  const asked = (of: Uint8Array, when = now, newest = 0) => codeOf(() => readBundle(of, root.key, when, newest));

  test("is read as it was made, by the root that the desk was given and no other", () => {
    expect(readBundle(file, root.key, now)).toEqual(facts());
    expect(codeOf(() => readBundle(file, issuerOf(algorithm, 21).key, now))).toBe("bundle-wrong");
    const other = both.find((one) => one !== algorithm)!;
    expect(codeOf(() => readBundle(file, issuerOf(other, 20).key, now))).toBe("bundle-wrong");
  });
  test("a bundle edited, cut or added to in any byte is refused", () => {
    const counts = counted([...spoilt(file)].map((edited) => asked(edited)));
    expect(Object.keys(counts)).toEqual(["bundle-wrong"]);
    expect(counts["bundle-wrong"]).toBeGreaterThan(file.length * runs(10, 1));
  });
  test("a stale bundle: good to its last second, then no more; one of the future says that the clock is wrong", () => {
    const last = madeAt * 1000 + mostOfflineHours * hours;
    expect([last, last + 1].map((when) => asked(file, when))).toEqual(["passed", "bundle-stale"]);
    const first = madeAt * 1000 - 600_000;
    expect([first, first - 1].map((when) => asked(file, when))).toEqual(["passed", "bundle-stale"]);
  });
  test("rolled back: an older one than the desk has seen is refused", () => {
    expect([madeAt - 1, madeAt, madeAt + 1].map((newest) => asked(file, now, newest))).toEqual([
      "passed",
      "passed",
      "bundle-wrong",
    ]);
  });
  test("facts of no bundle are not signed: a key of another area, too many keys, a wrong salt", () => {
    const wrong: Partial<Bundle>[] = [
      { keys: [{ ...issuer.key, area: "370100" }] },
      { keys: new Array(17).fill(issuer.key) },
      { revoked: makeFilter([], bytes(15, 1)) },
      { revoked: { salt, looks: 0, bits: new Uint8Array(1) } },
      { revoked: { salt, looks: 3, bits: new Uint8Array(mostFilterBytes + 1) } },
    ];
    for (const one of wrong) expect(() => makeBundle(facts(one), root.signer)).toThrow(RangeError);
  });

  describe("a desk with the network off", () => {
    const shelfOf = () => {
      const values = new Map<string, string>();
      const shelf: Shelf = {
        get: async (name) => values.get(name) ?? null,
        set: async (name, value) => void values.set(name, value),
      };
      return { values, shelf };
    };
    const openedDesk = async (bundle = file) => {
      const { values, shelf } = shelfOf();
      const desk = openDesk(shelf, root.key);
      await desk.load(bundle, now);
      return { desk, values, shelf };
    };
    const refusedWith = (code: string) => expect.objectContaining({ code });
    const phone = phoneOf(algorithm);

    test("takes a code once, keeps its use to be told, and refuses its second use", async () => {
      const { desk } = await openedDesk();
      const text = phone.show(now, 1);
      expect(await desk.take(text, "01301", now)).toMatchObject({
        pseudonym: hex(phone.pseudonym),
        counter: 1,
        weak: false,
      });
      await expect(desk.take(text, "01301", now + 1000)).rejects.toEqual(refusedWith("code-used"));
      // Another time slot under the same counter is the same showing twice, not another one.
      await expect(desk.take(phone.show(now + 60_000, 1), "01101", now + 60_000)).rejects.toEqual(
        refusedWith("code-used"),
      );
      await desk.take(phone.show(now + 60_000, 2), "01302", now + 60_000);
      expect(await desk.queue()).toEqual([
        { text, at: now, businessType: "01301" },
        { text: phone.show(now + 60_000, 2), at: now + 60_000, businessType: "01302" },
      ]);
    });
    test("ten scans of one code at once are one use", async () => {
      const { desk } = await openedDesk();
      const text = phone.show(now, 5);
      const scans = await Promise.allSettled(Array.from({ length: 10 }, () => desk.take(text, "01301", now)));
      expect(scans.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(await desk.queue()).toHaveLength(1);
    });
    test("what was told leaves the queue and is still remembered; what was not stays, over a restart too", async () => {
      const { desk, shelf } = await openedDesk();
      const [one, two] = [phone.show(now, 1), phone.show(now, 2)];
      await desk.take(one, "01301", now);
      await desk.sent(await desk.queue());
      await desk.take(two, "01301", now);
      const again = openDesk(shelf, root.key);
      expect((await again.queue()).map(({ text }) => text)).toEqual([two]);
      for (const text of [one, two])
        await expect(again.take(text, "01301", now)).rejects.toEqual(refusedWith("code-used"));
    });
    test("what was never told is kept however long it takes; what was told is forgotten once its code could not be shown again", async () => {
      const { desk, values } = await openedDesk();
      const [told, untold] = [phone.show(now, 1), phone.show(now, 2)];
      await desk.take(told, "01301", now);
      await desk.take(untold, "01301", now);
      // Two uses of one moment: each is told by itself.
      await desk.sent((await desk.queue()).slice(0, 1));
      expect((await desk.queue()).map(({ text }) => text)).toEqual([untold]);
      const later = now + 10 * 24 * hours;
      const renewed = phoneOf(algorithm, 2, { issuedOn: dayInShanghai(later) });
      await desk.load(makeBundle(facts({ madeAt: later / 1000 }), root.signer), later);
      await desk.take(renewed.show(later, 3), "01301", later);
      expect(JSON.parse(values.get("uses")!).map(({ text }: DeskUse) => text)).toEqual([
        untold,
        renewed.show(later, 3),
      ]);
      // One text taken twice, as papers are: only the use that was told leaves.
      const paper = issuePaper(
        { pseudonym: bytes(12, 5), area, coverUntil: null, week: weekOf(dayInShanghai(later)), paperNo: bytes(8, 6) },
        issuer.signer,
      );
      for (const when of [later, later + 1]) await desk.take(paper, "01301", when);
      await desk.sent([{ text: paper, at: later, businessType: "01301" }]);
      expect((await desk.queue()).filter(({ text }) => text === paper).map(({ at }) => at)).toEqual([later + 1]);
    });
    test("after suspension and after a phone was removed, offline: refused; a used code is not forgotten for it", async () => {
      const removed = phoneOf(algorithm, 3);
      const revoked = makeFilter([phone.pseudonym, fromHex(removed.pair.id)], salt);
      const { desk } = await openedDesk();
      await desk.take(phone.show(now, 1), "01301", now);
      await desk.load(makeBundle(facts({ revoked, madeAt: madeAt + 60 }), root.signer), now);
      for (const one of [phone, removed])
        await expect(desk.take(one.show(now, 2), "01301", now)).rejects.toEqual(refusedWith("code-revoked"));
      expect(await desk.queue()).toHaveLength(1);
    });
    test("without a bundle, with a stale one, with one that somebody edited where it lies: nothing is taken", async () => {
      const { shelf } = shelfOf();
      await expect(openDesk(shelf, root.key).take(phone.show(), "01301", now)).rejects.toEqual(
        refusedWith("bundle-stale"),
      );
      const { desk, values } = await openedDesk();
      const late = madeAt * 1000 + mostOfflineHours * hours + 1;
      await expect(desk.take(phone.show(late), "01301", late)).rejects.toEqual(refusedWith("bundle-stale"));
      values.set("bundle", values.get("bundle")!.replace(/^../, "00"));
      await expect(openDesk(shelf, root.key).take(phone.show(), "01301", now)).rejects.toEqual(
        refusedWith("bundle-stale"),
      );
      const edited = openDesk({ get: async (name) => values.get(name) ?? null, set: shelf.set }, root.key);
      await expect(edited.take(phone.show(), "01301", now)).rejects.toEqual(refusedWith("bundle-wrong"));
    });
    test("an older bundle than it has seen is not taken, after a restart neither", async () => {
      const { desk, shelf } = await openedDesk();
      const older = makeBundle(facts({ madeAt: madeAt - 1 }), root.signer);
      await expect(desk.load(older, now)).rejects.toEqual(refusedWith("bundle-wrong"));
      await expect(openDesk(shelf, root.key).load(older, now)).rejects.toEqual(refusedWith("bundle-wrong"));
      expect(await desk.take(phone.show(), "01301", now)).toMatchObject({ counter: 7 });
    });
    test("where a use cannot be kept the code is not taken", async () => {
      const { values, shelf } = await openedDesk();
      const full: Shelf = { get: shelf.get, set: async () => Promise.reject(new Error("full")) };
      await expect(openDesk(full, root.key).take(phone.show(), "01301", now)).rejects.toThrow("full");
      expect(values.has("uses")).toBe(false);
    });
    test("a paper is taken more than once, is weak, and is never a conflict", async () => {
      const { desk } = await openedDesk();
      const paper = issuePaper(
        { pseudonym: bytes(12, 5), area, coverUntil: null, week: weekOf(today), paperNo: bytes(8, 6) },
        issuer.signer,
      );
      for (const _ of [1, 2]) expect(await desk.take(paper, "01301", now)).toMatchObject({ weak: true });
      const uses = (await desk.queue()).map((use, i): DeskUse => ({ ...use, desk: `desk ${i}` }));
      expect(uses).toHaveLength(2);
      expect(conflicts(uses)).toEqual([]);
    });
    test("two uses of one counter at two desks raise a flag; the same use told twice, and two phones, raise none", async () => {
      const { desk: one } = await openedDesk();
      const { desk: two } = await openedDesk();
      const relayed = phone.show(now, 3);
      for (const desk of [one, two]) await desk.take(relayed, "01301", now);
      await two.take(phoneOf(algorithm, 3, { pseudonym: phone.pseudonym }).show(now, 3), "01301", now);
      const told = [
        ...(await one.queue()).map((use): DeskUse => ({ ...use, desk: "one" })),
        ...(await two.queue()).map((use): DeskUse => ({ ...use, desk: "two" })),
      ];
      expect(conflicts([...told, ...told])).toEqual([
        { deviceKeyId: phone.pair.id, counter: 3, uses: [told[0], told[1]] },
      ]);
      expect(conflicts(told.slice(1))).toEqual([]);
    });
    test("a live relay is what none of this stops: the code of a phone elsewhere passes within its slot", async () => {
      const { desk } = await openedDesk();
      const seenElsewhere = phone.show(now, 9);
      expect(await desk.take(seenElsewhere, "01301", now + 20_000)).toMatchObject({ weak: false });
    });
  });

  test("a bundle for 500,000 people with 5 % revoked, and with twice as many, is at most 100 kB", () => {
    const sizes = [25_000, 50_000].map((count) => {
      const revoked = makeFilter(
        Array.from({ length: count }, (_, i) => idOf(i)),
        salt,
      );
      return makeBundle(facts({ revoked }), root.signer).length;
    });
    process.stdout.write(`${algorithm}: bundles of ${sizes.join(" and ")} bytes\n`);
    for (const size of sizes) expect(size).toBeLessThanOrEqual(100_000);
  });
  test("the same bundle says the same of a code to whoever reads it", () => {
    const bundle = readBundle(file, root.key, now);
    const phone = phoneOf(algorithm);
    expect(verifyOffline(phone.show(), bundle, now)).toMatchObject({ weak: false });
    expect(codeOf(() => verifyOffline(textOf(bytes(100, 1)), bundle, now))).toBe("code-unreadable");
  });
});

describe("npm run verify-code", () => {
  const folder = mkdtempSync(join(tmpdir(), "verify-code-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "bundle");
  const run = (args: readonly string[], input = "") => {
    const command = ["--import", "tsx", "commands/verify-code.ts", ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, command, {
      cwd: join(import.meta.dirname, "../.."),
      input,
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  };
  const root = issuerOf("SM2", 20);
  const issuer = issuerOf("Ed25519");
  const rootHex = hex(root.key.publicKey);
  const time = "2026-03-10T10:00:30+08:00";
  writeFileSync(
    file,
    makeBundle({ area, madeAt: now / 1000, keys: [issuer.key], revoked: makeFilter([], salt) }, root.signer),
  );
  const given = ["--bundle", file, "--root", rootHex, "--at", time];
  const text = phoneOf("Ed25519").show(now, 12);

  test("says in both languages what a code proves, and what it does not", () => {
    const { status, stdout } = run([...given, text]);
    expect(status).toBe(0);
    expect(stdout).toContain("有效：签名、时段、停用名单都没有问题。\nTrue: signatures");
    expect(stdout).toContain(hex(phoneOf("Ed25519").pseudonym));
    expect(stdout).toContain("第12次出示，时段 2026-03-10 10:00");
    expect(stdout).toContain("a live relay");
    expect(run(given, `${text}\n`)).toEqual({ status, stdout, stderr: "" });
  });
  test("says of a paper that it is weak", () => {
    const paper = issuePaper(
      { pseudonym: bytes(12, 5), area, coverUntil: null, week: weekOf(today), paperNo: bytes(8, 6) },
      issuer.signer,
    );
    const { status, stdout } = run([...given, paper]);
    expect(status).toBe(0);
    expect(stdout).toContain("必须再看身份证");
    expect(stdout).toContain("2026-03-09 至 2026-03-15");
  });
  test("says why not, with exit code 1", () => {
    const late = run(["--bundle", file, "--root", rootHex, "--at", "2026-03-10T10:10:30+08:00", text]);
    expect([late.status, late.stdout.split("（")[1]?.split("）")[0]]).toEqual([1, "code-expired"]);
    expect(late.stdout).toContain("Not true: It is past its slot");
    expect(run([...given, "YB1"]).stdout).toContain("code-unreadable");
    expect(run(["--bundle", file, "--root", hex(issuer.key.publicKey), "--at", time, text]).stdout).toContain(
      "bundle-wrong",
    );
    // Without a time it is now, and the bundle is of long ago or of a time to come.
    expect(run(["--bundle", file, "--root", rootHex, text]).stdout).toContain("bundle-stale");
  });
  test("says how to ask, with exit code 2", () => {
    const wrong = [
      [],
      ["--bundle", file],
      [...given, text, text],
      ["--bundle", file, "--root", "00", text],
      ["--wrong"],
      [...given.slice(0, 4), "--at", "noon", text],
    ];
    for (const args of wrong) expect(run(args), args.join(" ")).toMatchObject({ status: 2, stdout: "" });
    expect(run(["--bundle", `${file}.none`, "--root", rootHex, text]).stderr).toContain("读不到文件");
  });
});
