import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

const sums = { total: "1000.00", outsideCatalogue: "0.00", overPriceCap: "0.00", upfront: "0.00" };
const claim = {
  id: "c1",
  careType: "inpatient",
  admittedOn: "2023-03-01",
  dischargedOn: "2023-03-09",
  provider: { level: "tertiary", county: "370602" },
  fees: sums as object,
};
const good = { id: "good", poolingArea: "370600", person: { bornOn: "1958-04-12" }, claims: [claim] as object[] };
const feeLine = { code: "x", class: "B", price: "1.000000", quantity: "1.0000", priceCap: null, upfrontShare: "0.10" };

const line = (change: object = {}) => JSON.stringify({ ...good, ...change });
const withClaim = (change: object) => line({ claims: [{ ...claim, ...change }] });
const withSums = (change: object) => withClaim({ fees: { ...sums, ...change } });
const withLine = (change: object) => withClaim({ fees: { lines: [{ ...feeLine, ...change }] } });
const withPerson = (change: object) => line({ person: { ...good.person, ...change } });
const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

interface Refused {
  readonly code: string;
  readonly lines: readonly (string | Buffer)[];
}
const malformed = (...lines: (string | Buffer)[]): Refused => ({ code: "malformed", lines });

/** Every line of "Refused well", and what else a line can hold that is no case. */
const refused: Record<string, Refused[]> = {
  "Unknown keys": [
    malformed(
      line({ extra: 1 }),
      withPerson({ name: "x" }),
      withClaim({ note: "x" }),
      withClaim({ provider: { ...claim.provider, name: "x" } }),
      withSums({ cash: "0.00" }),
      withLine({ unit: "x" }),
      withClaim({ settledElsewhere: { pooled: "0.00", other: "0.00" } }),
      withPerson({ identities: [{ kind: "destitute", from: "2020-01-01", until: null, cite: "x" }] }),
    ),
  ],
  "numbers for money": [
    malformed(
      withSums({ total: 1000 }),
      withSums({ upfront: 0.5 }),
      withLine({ price: 1 }),
      withClaim({ settledElsewhere: { pooled: 0 } }),
    ),
  ],
  "negative, absurd (≥ 1e11 fen) or inconsistent sums": [
    malformed(
      withSums({ total: "-1.00" }),
      withSums({ upfront: "-0.01" }),
      withSums({ total: "1000000000.00" }),
      withSums({ total: "9".repeat(400) }),
      withSums({ outsideCatalogue: "600.00", upfront: "400.01" }),
      withLine({ price: "-1.000000" }),
      withLine({ price: "999999999.000000", quantity: "2.0000" }),
      withClaim({ settledElsewhere: { pooled: "1000.01" } }),
    ),
  ],
  "30 February": [
    malformed(
      withPerson({ bornOn: "1958-02-30" }),
      withClaim({ admittedOn: "2023-02-30" }),
      withClaim({ dischargedOn: "2023-02-30" }),
      withPerson({ identities: [{ kind: "destitute", from: "2022-02-30", until: null }] }),
    ),
  ],
  "discharge before admission": [malformed(withClaim({ admittedOn: "2023-03-10" }))],
  "care before birth": [malformed(withPerson({ bornOn: "2023-03-02" }))],
  "unknown area, level, identity, care type": [
    { code: "unknown-area", lines: [line({ poolingArea: "110000" }), line({ poolingArea: "370611" })] },
    malformed(
      withClaim({ provider: { ...claim.provider, level: "quaternary" } }),
      withPerson({ identities: [{ kind: "veteran", from: "2020-01-01", until: null }] }),
      withClaim({ careType: "dental" }),
    ),
  ],
  "transfer from a claim that does not exist": [
    { code: "unknown-transfer", lines: [withClaim({ transferFrom: "c0" }), withClaim({ transferFrom: "c1" })] },
  ],
  "a day before any rule": [
    { code: "no-rule-in-force", lines: [withClaim({ admittedOn: "2022-12-01", dischargedOn: "2022-12-31" })] },
  ],
  "broken JSON, empty line, a 10 MB line": [
    // Blanks after a case that is sound: nothing but its length is wrong with it.
    malformed(line().slice(0, -1), "", "   ", "\r", line() + " ".repeat(10_000_000), "x".repeat(25_000_000)),
  ],
  "JSON that is no case": [malformed("null", "7", '"text"', "[]", "{}", nested(100_000), '{"a":'.repeat(100_000))],
  "a __proto__ key, wherever it stands": [
    malformed(
      line().replace("{", '{"__proto__":{"scheme":"employee"},'),
      line().replace('{"bornOn"', '{"__proto__":{"retired":true},"bornOn"'),
      line().replace('{"total"', '{"__proto__":{"lines":[]},"total"'),
    ),
  ],
  "deep nesting where text is due": [malformed(line().replace('"c1"', nested(100_000)))],
  "NaN, Infinity and numbers beyond any number": [
    malformed(
      ...["NaN", "Infinity", "-Infinity", "1e400", "9".repeat(1000)].map((one) => line().replace('"1000.00"', one)),
    ),
  ],
  "more claims, lines or identities than a case may have": [
    malformed(
      line({ claims: Array.from({ length: 10_001 }, (_, i) => ({ ...claim, id: `c${i}` })) }),
      withClaim({ fees: { lines: Array.from({ length: 20_001 }, () => feeLine) } }),
      withPerson({ identities: Array.from({ length: 21 }, () => ({ kind: "destitute", from: "2020-01-01" })) }),
    ),
  ],
  "bytes that are no text, and a byte order mark": [
    malformed(Buffer.from([0xff, 0xfe, 0x7b]), Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(line())])),
  ],
};
/** Lines that look odd and are sound. */
const sound: Record<string, string> = {
  "ten thousand claims": line({ claims: Array.from({ length: 10_000 }, (_, i) => ({ ...claim, id: `c${i}` })) }),
  "twenty thousand fee lines": withClaim({ fees: { lines: Array.from({ length: 20_000 }, () => feeLine) } }),
  "a lone surrogate in an id": line({ id: "\ud800", claims: [{ ...claim, id: "\udc00" }] }),
  "a case of nearly 10 MB": line() + " ".repeat(9_000_000),
  "a line that ends as Windows ends it": `${line()}\r`,
  "no claim at all": line({ claims: [] }),
  "an id that looks like HTML, with quotes and a line break": line({ id: '<b>"\n\u0000' }),
};

interface Answer {
  readonly id: string | null;
  readonly claims?: { id: string; total: string; trace: unknown[] }[];
  readonly error?: { code: string; message: string };
}
interface Done {
  readonly status: number | null;
  readonly errors: string;
}

/** Runs the command on blocks of input; `take` gets every block of output. */
async function command(blocks: Iterable<string | Buffer>, take: (block: Buffer) => void, hook = ""): Promise<Done> {
  const preload = hook ? ["--import", `data:text/javascript,${encodeURIComponent(hook)}`] : [];
  const child = spawn(process.execPath, ["--import", "tsx", ...preload, "commands/settle.ts"], { cwd: root });
  let errors = "";
  child.stdout.on("data", take);
  child.stderr.on("data", (block) => {
    errors += block;
  });
  const closed = once(child, "close");
  for (const block of blocks) if (!child.stdin.write(block)) await once(child.stdin, "drain");
  child.stdin.end();
  const [status] = await closed;
  return { status, errors };
}

async function answersOf(blocks: Iterable<string | Buffer>): Promise<Done & { answers: Answer[] }> {
  const taken: Buffer[] = [];
  const done = await command(blocks, (block) => taken.push(block));
  const lines = Buffer.concat(taken).toString("utf8").split("\n");
  expect(lines.pop()).toBe("");
  return { ...done, answers: lines.map((one) => JSON.parse(one)) };
}

describe("npm run settle: one process, every line that can go wrong, a sound one after each", () => {
  /** What was answered to a line, and to the sound line after it. */
  const answered = new Map<string | Buffer, readonly [Answer, Answer]>();
  let done: Done | undefined;

  beforeAll(async () => {
    const lines = [
      ...Object.values(refused).flatMap((all) => all.flatMap((one) => one.lines)),
      ...Object.values(sound),
    ];
    const blocks = lines.flatMap((one, i) => [one, "\n", line({ id: `after ${i}` }), "\n"]);
    const { answers, ...rest } = await answersOf(blocks);
    done = rest;
    expect(answers).toHaveLength(2 * lines.length);
    lines.forEach((one, i) => {
      expect(answers[2 * i + 1]!.id).toBe(`after ${i}`);
      answered.set(one, [answers[2 * i]!, answers[2 * i + 1]!]);
    });
  });

  for (const [name, groups] of Object.entries(refused)) {
    test(name, () => {
      for (const { code, lines } of groups) {
        for (const one of lines) {
          const [{ id, error, claims }, next] = answered.get(one)!;
          const what = String(one).slice(0, 300);
          expect(error?.code, what).toBe(code);
          expect(error?.message, what).toMatch(/^[\u4e00-\u9fff，、]{6,}。/u);
          expect(claims).toBeUndefined();
          expect(id, what).toBe(idIn(one));
          expect(next.claims?.[0]?.total).toBe("1000.00");
        }
      }
    });
  }
  for (const [name, one] of Object.entries(sound)) {
    test(`${name} is answered`, () => {
      const asked = JSON.parse(one);
      const [answer] = answered.get(one)!;
      expect(answer.error).toBeUndefined();
      expect(answer.id).toBe(asked.id);
      expect(answer.claims!.map(({ id }) => id)).toEqual(asked.claims.map(({ id }: { id: string }) => id));
    });
  }
  test("the exit status is 1, and nothing is written beside the answers", () => {
    expect(done).toEqual({ status: 1, errors: "" });
  });
});

/** The id that a line gives itself, where it can be read. */
function idIn(one: string | Buffer): string | null {
  try {
    const id = String(one).length < 10_000_000 && JSON.parse(String(one)).id;
    return typeof id === "string" ? id : null;
  } catch {
    return null;
  }
}

describe("npm run settle: sound lines only", () => {
  test("they are answered in order, whatever ends them, the last one without a line break; the exit status is 0", async () => {
    const ids = Array.from({ length: 1000 }, (_, i) => `${i} ${"病".repeat(190)}`);
    const whole = Buffer.from(
      ids
        .map((id, i) => line({ id }) + (i % 2 ? "\r\n" : "\n"))
        .join("")
        .trimEnd(),
    );
    // Cut anywhere, in the middle of a character too.
    const blocks = Array.from({ length: Math.ceil(whole.length / 997) }, (_, i) =>
      whole.subarray(i * 997, (i + 1) * 997),
    );
    const { answers, status, errors } = await answersOf(blocks);
    expect(answers.map(({ id }) => id)).toEqual(ids);
    expect(answers.every(({ claims }) => claims?.length === 1)).toBe(true);
    expect({ status, errors }).toEqual({ status: 0, errors: "" });
  });

  // MANY_LINES=1000000 asks for a million; the bound is the same.
  test("six times the lines are answered in the same memory", async () => {
    const many = Number(process.env.MANY_LINES ?? 30_000);
    const [few, all] = await Promise.all([peakAfter(Math.round(many / 6)), peakAfter(many)]);
    expect(few.answered).toBe(Math.round(many / 6));
    expect(all.answered).toBe(many);
    expect(all.bytes).toBeGreaterThan(4 * mostMore);
    expect(all.peak - few.peak).toBeLessThan(mostMore);
  });
});

const mostMore = 40 * 1024 * 1024;
const tellPeak =
  'import { writeSync } from "node:fs"; process.on("exit", () => writeSync(2, String(process.resourceUsage().maxRSS)));';

/** How many lines were answered with how many bytes, and the greatest memory that the process ever held, in bytes. */
async function peakAfter(count: number): Promise<{ answered: number; bytes: number; peak: number }> {
  let answered = 0;
  let bytes = 0;
  const block = 500;
  function* blocks() {
    for (let i = 0; i < count; i += block) {
      const ids = Array.from({ length: Math.min(block, count - i) }, (_, k) => i + k);
      yield ids.map((id) => `${line({ id: String(id) })}\n`).join("");
    }
  }
  const { status, errors } = await command(
    blocks(),
    (output) => {
      bytes += output.length;
      for (let at = output.indexOf(10); at >= 0; at = output.indexOf(10, at + 1)) answered += 1;
    },
    tellPeak,
  );
  expect(status).toBe(0);
  return { answered, bytes, peak: Number(errors) * 1024 };
}
