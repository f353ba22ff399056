import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file && existsSync(join(root, file)));
const source = (file: string) => readFileSync(join(root, file), "utf8");
const pages = files.filter((file) => file.endsWith(".md"));

/** What a page holds that is not code: a bracket in a code block is no link. */
const prose = (file: string) => source(file).replace(/^```.*?^```/gms, "");

/** A heading's anchor, as GitHub makes it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .trim()
    .replaceAll(" ", "-");

test("no page keeps the marks of a merge", () => {
  expect(pages.filter((file) => /^(<{7}|>{7}) /m.test(source(file)))).toEqual([]);
});

describe("links", () => {
  test("every link to a file of ours leads to one, and to a heading that it has", () => {
    const dead = pages.flatMap((page) =>
      [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)]
        .map((match) => match[1]!)
        .filter((link) => !/^(https?|mailto):/.test(link))
        .filter((link) => {
          const [path, anchor] = link.split("#") as [string, string?];
          const file = path === "" ? page : join(dirname(page), path);
          if (!existsSync(join(root, file))) return true;
          const headings = anchor === undefined ? [] : [...prose(file).matchAll(/^#+ (.+)$/gm)];
          return anchor !== undefined && !headings.some((one) => anchorOf(one[1]!) === anchor);
        })
        .map((link) => `${page}: ${link}`),
    );
    expect(pages.length).toBeGreaterThan(40);
    expect(dead).toEqual([]);
  });
});

describe("decisions", () => {
  const decisions = files
    .filter((file) => /^docs\/decisions\/(?!README)/.test(file))
    .map((file) => {
      const text = source(file);
      const [, no, title] = text.match(/^# (\d+)\. (.+)\n/) ?? [];
      const [, date, status, supersedes] =
        text.match(/\n\n- Date: (\d{4}-\d\d-\d\d)\n- Status: (.+)\n- Supersedes: (.+)\n/) ?? [];
      const [, chinese] = text.match(/\n## 中文：(.+)\n/) ?? [];
      return { file, no: Number(no), title, date, status, supersedes, chinese, choice: /\n## Choice\n/.test(text) };
    });

  test("each has a number of its own, in its name too", () => {
    // A number is given out before its text comes in, so that one may be missing for a while.
    const numbers = decisions.map(({ no }) => no);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.length).toBeGreaterThanOrEqual(36);
    for (const { file, no } of decisions) {
      expect(file).toMatch(new RegExp(`^docs/decisions/${String(no).padStart(3, "0")}-[a-z0-9-]+\\.md$`));
    }
  });
  test("each says what was chosen, since when, and whether it still holds", () => {
    const unsaid = decisions.filter(({ date, status, supersedes, chinese, choice }) =>
      [date, status, supersedes, chinese, choice].some((one) => !one),
    );
    expect(unsaid.map(({ file }) => file)).toEqual([]);
  });
  test("what supersedes and what is superseded name each other", () => {
    const newer = decisions.flatMap(({ no, supersedes }) =>
      [...supersedes!.matchAll(/\d+/g)].map(([old]) => `${no} supersedes ${old}`),
    );
    const older = decisions.flatMap(({ no, status }) =>
      [...status!.matchAll(/\d+/g)].map(([by]) => `${by} supersedes ${no}`),
    );
    expect(newer.sort()).toEqual(older.sort());
  });
  test("the index is what their heads say", () => {
    const rows = decisions
      .sort((a, b) => a.no - b.no)
      .map(
        ({ file, no, title, chinese, date, status }) =>
          `| [${no}](${file.slice("docs/decisions/".length)}) | ${title} | ${chinese} | ${date} | ${status} |`,
      );
    expect(source("docs/decisions/README.md").match(/^\| \[\d.*$/gm)).toEqual(rows);
  });
});

describe("README and its twin", () => {
  const [english, chinese] = ["README.md", "README.zh-CN.md"].map(source) as [string, string];
  const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1]!.trim());

  test("each is a page: 120 lines at most", () => {
    for (const text of [english, chinese]) expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(120);
  });
  test("they are in step: the same sections, pictures, commands and people, and links to the same places", () => {
    const sections = /^(#+) /gm;
    const pictures = /!\[[^\]]*\]\(([^)]+)\)/g;
    const commands = /^(npm [^#\n]+)/gm;
    const people = /\| (1990\d+ \| [^|]+ \| \w{18}) \|/g;
    for (const pattern of [sections, pictures, commands, people]) {
      expect(found(english, pattern).length).toBeGreaterThan(5);
      expect(found(chinese, pattern)).toEqual(found(english, pattern));
    }
    const links = (text: string) => found(text, /\]\(([^)]+)\)/g).map((link) => link.replace(".zh-CN", ""));
    expect(new Set(links(chinese))).toEqual(new Set(links(english)));
  });
});

describe("ARCHITECTURE.md", () => {
  const text = source("ARCHITECTURE.md");
  const pages = `${text}\n${source("CONTRIBUTING.md")}`;
  const paths = [...pages.matchAll(/`([\w.-]+(?:\/[\w.-]+)*\/?)`/g)]
    .map((match) => match[1]!)
    .filter((span) => span.includes("/") || /\.(ts|tsx|mjs|md|csv|json|py)$/.test(span));
  const stands = (path: string) => ["", "functions/"].some((top) => existsSync(join(root, top, path)));

  test("every path in it, and in CONTRIBUTING, exists; what would be written for 零星报销 does not yet", () => {
    expect(paths.length).toBeGreaterThan(100);
    expect(paths.filter((path) => !path.includes("reimbursement") && !stands(path))).toEqual([]);
    expect(paths.filter((path) => path.includes("reimbursement") && stands(path))).toEqual([]);
  });

  const floors = new Map(
    [...text.matchAll(/^ {3}([1-9]) {2}(.+)$/gm)].flatMap(([, floor, names]) =>
      names!.split(" ").map((name) => [name, Number(floor)] as const),
    ),
  );
  const isRoute = (file: string) => /export const handler = http\(/.test(source(file));
  const inside = files.filter((file) => /^functions\/[^/]+\/[^/]+\.ts$/.test(file));
  const folderOf = (file: string) => file.split("/")[1]!;

  test("its picture has every folder of functions, and those with routes alone apart", () => {
    const [, apart = ""] = text.match(/^ {3}– {2}routes alone: (.+)$/m) ?? [];
    const below = new Set(inside.filter((file) => !isRoute(file)).map(folderOf));
    const all = new Set(inside.map(folderOf));
    expect([...floors.keys()].sort()).toEqual([...below].sort());
    expect(apart.split(" ")).toEqual([...all].filter((folder) => !below.has(folder)).sort());
  });
  test("a floor of its picture imports only what is under it", () => {
    const up = inside
      .filter((file) => !isRoute(file))
      .flatMap((file) =>
        [...source(file).matchAll(/from "\.\.\/([\w-]+)\/[\w-]+\.ts"/g)]
          .map((match) => match[1]!)
          .filter((below) => floors.get(below)! >= floors.get(folderOf(file))!)
          .map((below) => `${file}: ${below}`),
      );
    expect(up).toEqual([]);
  });
});
