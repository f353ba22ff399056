import { describe, expect, test } from "vitest";
import { toBase45 } from "../../shared/credential/base45.ts";
import {
  codeMessage,
  read,
  type Statement,
  show,
  statementMessage,
  write,
  writeStatement,
} from "../../shared/credential/code.ts";
import { codeSeconds } from "../../shared/credential/credential.ts";
import { issue } from "../../shared/credential/issue.ts";
import { keyId } from "../../shared/credential/keys.ts";
import { issuePaper, mondayOf, verifyPaper, weekOf } from "../../shared/credential/paper.ts";
import { verify } from "../../shared/credential/verify.ts";
import { addDays, type Day, day } from "../../shared/day.ts";
import { runs } from "../world/size.ts";
import {
  area,
  at,
  both,
  bytes,
  bytesOf,
  codeOf,
  counted,
  fromHex,
  hex,
  issuerOf,
  knownOf,
  now,
  phoneOf,
  spoilt,
  textOf,
  today,
  yesterday,
} from "./credential.ts";

const second = 1000;
const nothing = ["code-unreadable", "code-issuer-unknown", "code-signature"];

describe.each(both)("refused well, signed with %s", (algorithm) => {
  const issuer = issuerOf(algorithm);
  const known = knownOf(algorithm);
  const phone = phoneOf(algorithm);
  const text = phone.show();
  const asked = (what: string, when = now, more = {}) => codeOf(() => verify(what, { ...known, now: when, ...more }));

  test("every byte of a valid code edited, cut or added to: none passes", () => {
    expect(asked(text)).toBe("passed");
    const counts = counted([...spoilt(bytesOf(text))].map((edited) => asked(textOf(edited))));
    const tried = Object.values(counts).reduce((sum, count) => sum + count, 0);
    process.stdout.write(`${algorithm}: ${tried} edits of a code's bytes, none passes: ${JSON.stringify(counts)}\n`);
    expect(tried).toBeGreaterThan(bytesOf(text).length * runs(10, 1));
    expect(Object.keys(counts).filter((code) => !nothing.includes(code))).toEqual([]);
    for (const code of nothing) expect(counts[code], code).toBeGreaterThan(0);
  });

  test("every letter of a valid code changed, dropped, doubled or in another case: none passes", () => {
    const letters = [...text];
    const changed = letters.flatMap((letter, i) => {
      const put = (other: string) => [...letters.slice(0, i), other, ...letters.slice(i + 1)].join("");
      const others = ["0", ":", " ", letter.toLowerCase(), "", letter + letter].map(put);
      const swapped = [...letters.slice(0, i), letters[i + 1] ?? "", letter, ...letters.slice(i + 2)].join("");
      return [...others, swapped].filter((other) => other !== text);
    });
    const padded = [` ${text}`, `${text} `, `${text}\n`, `${text}=`, `${text}0`, `${text}000`, `${text}\u0000`];
    const all = [...new Set([...changed, ...padded])];
    const legible = all.filter((other) => codeOf(() => read(other)) === "passed");
    expect(legible.length).toBeGreaterThan(500);
    expect(legible.filter((other) => write(read(other)) !== other)).toEqual([]);
    const counts = counted(all.map((other) => asked(other)));
    const tried = Object.values(counts).reduce((sum, count) => sum + count, 0);
    process.stdout.write(`${algorithm}: ${tried} edits of a code's letters, none passes: ${JSON.stringify(counts)}\n`);
    expect(tried).toBeGreaterThan(1000);
    expect(Object.keys(counts).filter((code) => !nothing.includes(code))).toEqual([]);
  });

  test("a screenshot past its slot: the second before its end passes, its end does not", () => {
    const begins = Math.floor(now / (codeSeconds * second)) * codeSeconds * second;
    const earliest = begins - codeSeconds * second;
    const latest = begins + 2 * codeSeconds * second;
    const edges = [
      earliest - second,
      earliest - 1,
      earliest,
      earliest + second,
      latest - second,
      latest - 1,
      latest,
      latest + second,
    ];
    expect(edges.map((when) => asked(text, when))).toEqual([
      "code-early",
      "code-early",
      "passed",
      "passed",
      "passed",
      "passed",
      "code-expired",
      "code-expired",
    ]);
  });

  test("clocks ten minutes off, both ways: the phone's and the desk's", () => {
    const minutes = 60 * second;
    expect(asked(phone.show(now + 10 * minutes))).toBe("code-early");
    expect(asked(phone.show(now - 10 * minutes))).toBe("code-expired");
    expect(asked(text, now + 10 * minutes)).toBe("code-expired");
    expect(asked(text, now - 10 * minutes)).toBe("code-early");
    expect(asked(phone.show(now + minutes))).toBe("passed");
    expect(asked(phone.show(now - minutes))).toBe("passed");
  });

  test("a phone whose clock is late around midnight still shows the statement of the new day", () => {
    const justAfter = at("00:00:10");
    expect(asked(phone.show(justAfter - 30 * second), justAfter)).toBe("passed");
    expect(codeOf(() => phone.show(at("23:59:59", addDays(today, -2))))).toBe("statement-expired");
  });

  test("another device's code: one phone's statement under another phone's signature", () => {
    const other = phoneOf(algorithm, 3);
    const [one, two] = [read(text), read(other.show())];
    const stolen = { ...one, signature: other.signer.sign(codeMessage(one)) };
    expect(asked(write(stolen))).toBe("code-signature");
    expect(asked(write({ ...one, signature: two.signature }))).toBe("code-signature");
    expect(asked(write({ ...one, statement: two.statement }))).toBe("code-signature");
    const key = { ...one.statement, deviceKey: other.signer.publicKey };
    expect(asked(write({ ...stolen, statement: key }))).toBe("code-signature");
    expect(asked(write({ ...one, statement: { ...one.statement, signature: two.statement.signature } }))).toBe(
      "code-signature",
    );
  });

  test("replays: a signature of one showing is none of another slot or counter", () => {
    const later = read(phone.show(now + codeSeconds * second, 8));
    const code = read(text);
    expect(asked(write({ ...code, slot: later.slot }), now + 60 * second)).toBe("code-signature");
    expect(asked(write({ ...code, counter: later.counter }))).toBe("code-signature");
    expect(asked(write({ ...later, signature: code.signature }))).toBe("code-signature");
  });

  test("an unknown issuer key, a key of another area, of another algorithm, before its first day and after its last", () => {
    const key = issuer.key;
    const others = both.filter((one) => one !== algorithm).map((one) => issuerOf(one).key);
    const keys = [
      [],
      [issuerOf(algorithm, 8).key],
      [{ ...key, area: "370100" }],
      others,
      [{ ...key, from: addDays(today, 1) }],
      [{ ...key, until: yesterday }],
    ];
    expect(keys.map((issuerKeys) => asked(text, now, { issuerKeys }))).toEqual(
      new Array(6).fill("code-issuer-unknown"),
    );
    const forged = phoneOf(algorithm, 2, {}, issuerOf(algorithm, 8));
    expect(asked(forged.show())).toBe("code-issuer-unknown");
    // A statement may name any id: that of a known key of the other algorithm too.
    const { statement, ...code } = read(text);
    const named = keyId(others[0]!.algorithm, others[0]!.publicKey).slice(0, 4);
    const renamed = write({ ...code, statement: { ...statement, issuer: named } });
    expect(asked(renamed, now, { issuerKeys: [key, ...others] })).toBe("code-issuer-unknown");
  });

  test("a stranger's statement that names a known issuer", () => {
    const forger = issuerOf(algorithm, 8).signer;
    const statement = { ...read(phone.show()).statement };
    const forged = { ...statement, signature: forger.sign(statementMessage(statement)) };
    expect(asked(write({ ...read(text), statement: forged }))).toBe("code-signature");
    expect(asked(show(writeStatement(forged), phone.signer, { now, counter: 1 }))).toBe("code-signature");
  });

  test("rotation with overlap: both keys are good on their days, a replaced one only for what it issued", () => {
    const next = issuerOf(algorithm, 8);
    const issuerKeys = [
      { ...issuer.key, until: today },
      { ...next.key, from: today },
    ];
    const issuedBy = (which: typeof issuer, issuedOn: Day) => phoneOf(algorithm, 2, { issuedOn }, which);
    const tomorrow = addDays(today, 1);
    expect(asked(text, now, { issuerKeys })).toBe("passed");
    expect(asked(issuedBy(next, today).show(), now, { issuerKeys })).toBe("passed");
    // Good for its days after the key was replaced, and nothing new is.
    const later = at("10:00:30", tomorrow);
    expect(asked(phone.show(later), later, { issuerKeys })).toBe("passed");
    expect(asked(issuedBy(issuer, tomorrow).show(later), later, { issuerKeys })).toBe("code-issuer-unknown");
    expect(asked(issuedBy(next, tomorrow).show(later), later, { issuerKeys })).toBe("passed");
    expect(asked(issuedBy(next, yesterday).show(), now, { issuerKeys })).toBe("code-issuer-unknown");
  });

  test("a statement is good to the end of its third day, on the phone and at the desk", () => {
    const last = at("23:59:59", addDays(today, 3));
    expect(asked(phone.show(last), last)).toBe("passed");
    expect(codeOf(() => phone.show(last + second))).toBe("statement-expired");
    expect(asked(phone.show(last), last + second)).toBe("statement-expired");
  });

  test("an issuer that grants more days than the law: whoever steals a key that was replaced gains no more", () => {
    const generous = (goodDays: number) => {
      const said: Omit<Statement, "signature"> = { ...read(text).statement, goodDays };
      return writeStatement({ ...said, signature: issuer.signer.sign(statementMessage(said)) });
    };
    const [last, after] = [at("12:00:00", addDays(today, 3)), at("12:00:00", addDays(today, 4))];
    expect(asked(show(generous(23), phone.signer, { now: last, counter: 1 }), last)).toBe("passed");
    const code = { ...read(text), slot: Math.floor(after / 60_000) };
    const long = { ...code, statement: { ...code.statement, goodDays: 23 } };
    long.statement.signature = issuer.signer.sign(statementMessage(long.statement));
    expect(asked(write({ ...long, signature: phone.signer.sign(codeMessage(long)) }), after)).toBe("statement-expired");
    expect(() => show(generous(24), phone.signer, { now, counter: 1 })).toThrow(RangeError);
  });

  test("after suspension a pseudonym is refused on every phone, a removed phone alone, another's not", () => {
    const second = phoneOf(algorithm, 3, { pseudonym: phone.pseudonym });
    const stranger = phoneOf(algorithm, 4);
    const revoking = (id: string) => ({ isRevoked: (one: Uint8Array) => hex(one) === id });
    const suspended = revoking(hex(phone.pseudonym));
    expect([phone, second, stranger].map((one) => asked(one.show(), now, suspended))).toEqual([
      "code-revoked",
      "code-revoked",
      "passed",
    ]);
    const removed = revoking(second.pair.id);
    expect([phone, second, stranger].map((one) => asked(one.show(), now, removed))).toEqual([
      "passed",
      "code-revoked",
      "passed",
    ]);
  });

  test("whoever is told that a code is expired or revoked held a true one: a forged one is a wrong signature", () => {
    const code = read(text);
    const forged = write({ ...code, slot: code.slot - 100 });
    expect(asked(forged, now, { isRevoked: () => true })).toBe("code-signature");
  });

  test("facts of no statement are not signed", () => {
    const facts = {
      pseudonym: bytes(12, 1),
      area,
      coverUntil: null,
      issuedOn: today,
      deviceKey: phone.signer.publicKey,
    };
    const wrong = [
      { pseudonym: bytes(11, 1) },
      { area: "3706" },
      { area: "37060a" },
      { deviceKey: bytes(31, 1) },
      { issuedOn: day("2019-12-31") },
      { coverUntil: day("2020-01-01") },
    ];
    for (const one of wrong)
      expect(() => issue({ ...facts, ...one }, issuer.signer), JSON.stringify(one)).toThrow(RangeError);
  });

  describe("paper", () => {
    const week = weekOf(today);
    const facts = { pseudonym: phone.pseudonym, area, coverUntil: day("2026-12-31"), week, paperNo: bytes(8, 6) };
    const paper = issuePaper(facts, issuer.signer);
    const askedOf = (what: string, when = now, more = {}) =>
      codeOf(() => verifyPaper(what, { ...known, now: when, ...more }));

    test("a paper code says that it is weak, whose it is and which paper", () => {
      expect(verifyPaper(paper, known)).toEqual({
        weak: true,
        pseudonym: hex(phone.pseudonym),
        area,
        coverUntil: "2026-12-31",
        paperNo: hex(facts.paperNo),
        week,
      });
      expect(paper.length).toBeLessThan(200);
    });
    test("a paper code before, in and after its week", () => {
      const monday = mondayOf(week);
      expect(monday).toBe("2026-03-09");
      const begins = at("00:00:00", monday);
      const ends = at("00:00:00", addDays(monday, 7));
      expect([begins - second, begins, ends - second, ends].map((when) => askedOf(paper, when))).toEqual([
        "paper-week",
        "passed",
        "passed",
        "paper-week",
      ]);
    });
    test("a lost paper is revoked by its number, every paper of a suspended person by the pseudonym", () => {
      for (const id of [facts.paperNo, facts.pseudonym]) {
        expect(askedOf(paper, now, { isRevoked: (one: Uint8Array) => hex(one) === hex(id) })).toBe("code-revoked");
      }
      expect(askedOf(paper, now, { isRevoked: (one: Uint8Array) => hex(one) === hex(bytes(8, 7)) })).toBe("passed");
    });
    test("every byte of a paper code edited, cut or added to: none passes", () => {
      const counts = counted([...spoilt(bytesOf(paper))].map((edited) => askedOf(textOf(edited, "YP1"))));
      process.stdout.write(`${algorithm}: paper, none passes: ${JSON.stringify(counts)}\n`);
      expect(Object.keys(counts).filter((code) => !nothing.includes(code))).toEqual([]);
      expect(counts["code-signature"]).toBeGreaterThan(0);
    });
    test("a paper is no code and a code no paper, whatever its first letters say", () => {
      expect(asked(paper)).toBe("code-unreadable");
      expect(askedOf(text)).toBe("code-unreadable");
      expect(asked(paper.replace("YP1", "YB1"))).toBe("code-unreadable");
      expect(askedOf(text.replace("YB1", "YP1"))).toBe("code-unreadable");
    });
    test("a key that began on a Wednesday signs that week's papers; one that had ended does not", () => {
      const keyed = (from: Day, until: Day | null) =>
        askedOf(paper, now, { issuerKeys: [{ ...issuer.key, from, until }] });
      expect(keyed(day("2026-03-11"), null)).toBe("passed");
      expect(keyed(day("2026-03-16"), null)).toBe("code-issuer-unknown");
      expect(keyed(day("2026-01-01"), day("2026-03-08"))).toBe("code-issuer-unknown");
    });
    test("a stranger's paper, and facts of none", () => {
      const forged = issuePaper(facts, issuerOf(algorithm, 8).signer);
      expect(askedOf(forged)).toBe("code-issuer-unknown");
      expect(() => issuePaper({ ...facts, paperNo: bytes(7, 1) }, issuer.signer)).toThrow(RangeError);
    });
  });
});

test("texts of any kind are answered with a refusal", () => {
  const texts = [
    "",
    "YB1",
    "YP1",
    "YB10",
    "4240000",
    "opc123",
    "https://example.org",
    "医保码",
    "YB1".repeat(200),
    `YB1${toBase45(fromHex("8b"))}`,
    `YB1${" ".repeat(306)}`,
  ];
  for (const text of texts) {
    expect(
      codeOf(() => verify(text, knownOf("Ed25519"))),
      text,
    ).toBe("code-unreadable");
    expect(
      codeOf(() => verifyPaper(text, knownOf("Ed25519"))),
      text,
    ).toBe("code-unreadable");
  }
});
