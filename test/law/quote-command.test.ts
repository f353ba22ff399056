import { spawn } from "node:child_process";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { answerLines } from "../../commands/lines.ts";
import { quoteLine } from "../../shared/contribution/lines.ts";

const root = join(import.meta.dirname, "../..");
const good = JSON.stringify({
  id: "one",
  poolingArea: "370600",
  benefitYear: 2026,
  on: "2025-11-20",
  person: { bornOn: "1990-05-01", coveredYears: [2025] },
});

/** Runs the command as a user does. */
function command(input: string): Promise<{ lines: string[]; status: number | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn("npm", ["run", "-s", "quote"], { cwd: root, stdio: ["pipe", "pipe", "inherit"] });
    let out = "";
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.on("error", reject);
    child.on("close", (status) => resolve({ lines: out.trimEnd().split("\n"), status }));
    child.stdin.end(input);
  });
}

describe("npm run quote", () => {
  test("one line out for one line in, in order; the exit status is 0 when every case was computed", async () => {
    const { lines, status } = await command(`${good}\n${good.replace("one", "two")}`);
    expect(lines.map((line) => JSON.parse(line).id)).toEqual(["one", "two"]);
    expect(status).toBe(0);
  });
  test("a case that cannot be computed prints its error in its place, the next is answered, and the status is 1", async () => {
    const { lines, status } = await command(`nonsense\n\n${good.replace("370600", "110000")}\n${good}\n`);
    expect(lines.map((line) => JSON.parse(line)).map(({ id, error }) => [id, error?.code ?? "computed"])).toEqual([
      [null, "malformed"],
      [null, "malformed"],
      ["one", "unknown-area"],
      ["one", "computed"],
    ]);
    expect(status).toBe(1);
  });
});

describe("lines", () => {
  const run = async (chunks: string[]) => {
    const written: string[] = [];
    const output = new Writable({
      write(chunk, _, done) {
        written.push(String(chunk));
        done();
      },
    });
    const before = process.exitCode;
    await answerLines((line) => ({ line: line.length > 40 ? line.slice(0, 40) : line, ok: true }), {
      input: Readable.from(chunks.map((one) => Buffer.from(one))),
      output,
    });
    process.exitCode = before;
    return written.join("").split("\n").slice(0, -1);
  };
  test("lines are whole wherever the chunks are cut, characters too", async () => {
    const text = Buffer.from("甲乙\n丙\n\n丁");
    const chunks = [...text].map((byte) => Buffer.from([byte]));
    const written: string[] = [];
    const output = new Writable({
      write(chunk, _, done) {
        written.push(String(chunk));
        done();
      },
    });
    await answerLines((line) => ({ line, ok: true }), {
      input: Readable.from(chunks, { objectMode: false }),
      output,
    });
    expect(written.join("")).toBe("甲乙\n丙\n\n丁\n");
  });
  test("a line of 10 MB is answered without being kept, and the next line is answered", async () => {
    const big = "x".repeat(1_000_000);
    const lines = await run([...Array.from({ length: 11 }, () => big), "\nnext\n"]);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain("10 MB");
    expect(lines[1]).toBe("next");
  });
  test("numbers for money, unknown keys, missing keys, impossible days and wrong types are malformed and say where", () => {
    const wrong = (change: object) =>
      JSON.parse(quoteLine(JSON.stringify({ ...JSON.parse(good), ...change })).line).error;
    expect(wrong({ extra: 1 })).toMatchObject({
      code: "malformed",
      message: expect.stringContaining("extra"),
    });
    expect(wrong({ on: "2025-02-30" }).message).toContain("on：应为存在的日期");
    expect(wrong({ benefitYear: "2026" }).code).toBe("malformed");
    expect(wrong({ tier: 0 }).code).toBe("malformed");
    expect(wrong({ poolingArea: "3706" }).code).toBe("malformed");
    expect(wrong({ person: {} }).message).toContain("person.bornOn：缺少");
    const identities = (one: object) => wrong({ person: { bornOn: "1990-05-01", identities: [one] } });
    expect(identities({ kind: "rich", from: "2020-01-01" }).code).toBe("malformed");
    expect(identities({ kind: "destitute", from: "2020-01-02", until: "2020-01-01" }).code).toBe("malformed");
  });
});
