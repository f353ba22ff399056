import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { endpoints } from "../../shared/api/endpoints.ts";
import { refusals } from "../../shared/refusal.ts";
import { importsOf } from "./imports.ts";

const root = join(import.meta.dirname, "../..");
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file && existsSync(join(root, file)));
const source = (file: string) => readFileSync(join(root, file), "utf8");
const code = files.filter((file) => /\.(ts|tsx|mjs)$/.test(file));
const inFolder = (folder: string) => code.filter((file) => file.startsWith(`${folder}/`));

/** The files that hold something, as "file: what"; a wall stands when there are none. */
const holding = (where: readonly string[], pattern: RegExp) =>
  where.flatMap((file) => [...source(file).matchAll(new RegExp(pattern, "g"))].map((match) => `${file}: ${match[0]}`));

describe("the one wall: shared is pure", () => {
  const allowed = ["zod", "@noble/curves", "@noble/hashes", "sm-crypto-v2", "lossless-json", "csv-parse", "qr"];
  test("it imports itself, zod and pure crypto and codecs, nothing else", () => {
    const foreign = inFolder("shared").flatMap((file) =>
      importsOf(file)
        .filter((one) => !allowed.some((name) => one === name || one.startsWith(`${name}/`)))
        .filter((one) => !one.startsWith(".") || join(dirname(file), one).split("/")[0] !== "shared")
        .map((one) => `${file}: ${one}`),
    );
    expect(foreign).toEqual([]);
  });
  test("it reads no clock, no environment, no chance and no network", () => {
    const impure =
      /Date\.now|new Date\(\)|performance\.|process\.|Math\.random|randomBytes|fetch\(|setTimeout|localStorage|import\.meta/;
    expect(holding(inFolder("shared"), impure)).toEqual([]);
  });
  test("amounts are whole fen: nothing multiplies by a fraction or rounds by itself", () => {
    const others = inFolder("shared").filter((file) => file !== "shared/money.ts");
    expect(holding(others, /\* ?0\.\d|toFixed|parseFloat|Math\.round/)).toEqual([]);
  });
});

describe("functions", () => {
  const handlers = Object.keys(endpoints).map((name) => `functions/${name.replace(".", "/")}.ts`);
  test("every endpoint has its handler, and every handler file its endpoint", () => {
    expect(handlers.filter((file) => !files.includes(file))).toEqual([]);
    // Those two are written by commands.
    const written = inFolder("functions").filter((file) => /export const handler = http\(/.test(source(file)));
    expect(written.filter((file) => !handlers.includes(file))).toEqual([]);
    for (const [name, file] of Object.keys(endpoints).map((name, i) => [name, handlers[i]!] as const)) {
      expect(source(file), file).toContain(`endpoints["${name}"]`);
    }
  });
  test("a handler says its route and Chinese name in one line, and what it does in forty", () => {
    for (const [name, { method, path }] of Object.entries(endpoints)) {
      const text = source(`functions/${name.replace(".", "/")}.ts`);
      expect(text, name).toContain(`/** ${method} ${path} · `);
      const body = text.slice(text.indexOf("/** "), text.indexOf("\n});", text.indexOf("export const handler")) + 4);
      expect(body.split("\n").length, name).toBeLessThanOrEqual(40);
    }
  });
  test("handlers do not catch, log or branch on a status", () => {
    expect(
      holding(handlers, /\bcatch \(|console\.|logger|statusCode/).filter(
        (one) => !one.startsWith("functions/progress/names.ts"),
      ),
    ).toEqual([]);
  });
  test("keys are spelt in key.ts and index-key.ts alone", () => {
    const spelt = /["'`][A-Z][A-Z-]+#/;
    const others = inFolder("functions").filter(
      (file) => file !== "functions/key.ts" && file !== "functions/index-key.ts",
    );
    // Sort-key prefixes are compared where items are read; partition keys are not made there.
    expect(holding(others, spelt).filter((one) => !/`(PERSON|ENROLMENT|VISIT|VILLAGE)#|"ENROLMENT#/.test(one))).toEqual(
      [],
    );
  });
  test("the environment is read in config.ts alone", () => {
    const others = inFolder("functions").filter((file) => file !== "functions/config.ts");
    expect(holding(others, /process\.env/)).toEqual([]);
  });
});

describe("words", () => {
  test("national field names are spelt in the wire files of shared/gateway alone", () => {
    const national =
      /\b(psn_no|mdtrt_id|setl_id|insutype|fixmedins_code|med_type|insuplc_admdvs|mdtrtarea_admvs|medfee_sumamt|hifp_pay|maf_pay|psn_idet_type|inscp_scp_amt|preselfpay_amt)\b/;
    const places = code.filter(
      (file) => !/^(shared|test)\/gateway\/wire\b/.test(file) && file !== "test/system/tidy.test.ts",
    );
    expect(holding(places, national)).toEqual([]);
  });
  test("every refusal is said somewhere, and none is undeclared", () => {
    const said = new Set(
      [...inFolder("shared"), ...inFolder("functions")].flatMap((file) =>
        [...source(file).matchAll(/(?:Refusal\(|mustBeAt\([^;]*?,)\s*"([a-z-]+)"/g)].map((match) => match[1]!),
      ),
    );
    expect(Object.keys(refusals).filter((one) => !said.has(one))).toEqual([]);
  });
  test("every word of the glossary's identifiers is used in code", () => {
    const identifiers = [...source("shared/GLOSSARY.md").matchAll(/^\|[^|]+\| `([A-Za-z]+)`/gm)].map(
      (match) => match[1]!,
    );
    const [, ofTheCode = ""] = source("shared/GLOSSARY.md").split("## Words of the code");
    const words = [...ofTheCode.matchAll(/^\| `([A-Za-z-]+)`/gm)].map((match) => match[1]!);
    const all = code.map(source).join("\n");
    expect(identifiers.length).toBeGreaterThan(20);
    expect(words.length).toBeGreaterThan(10);
    expect([...identifiers, ...words].filter((one) => !new RegExp(`\\b${one}`, "i").test(all))).toEqual([]);
  });
});

describe("what proves what", () => {
  const rows = files
    .filter((file) => /^test\/(\w+\/)?README\.md$/.test(file))
    .flatMap((page) =>
      [...source(page).matchAll(/^\| (.+?) \| `([^`]+)` \| (.+?) \|$/gm)].map(([row, , file, words]) => ({
        row,
        file: join(dirname(page), file!),
        words: words!,
      })),
    );
  test("every row of test/README.md points to words that its test file holds", () => {
    expect(rows.length).toBeGreaterThan(500);
    const rotten = rows.filter(({ file, words }) => !existsSync(join(root, file)) || !source(file).includes(words));
    expect(rotten.map(({ row }) => row)).toEqual([]);
  });
  test("every test file has a row", () => {
    const told = new Set(rows.map(({ file }) => file));
    const tests = files.filter((file) => /^test\/.*\.test\.ts$/.test(file));
    expect(tests.filter((file) => !told.has(file))).toEqual([]);
  });
});

describe("the verifier", () => {
  test("is at most 200 lines and imports nothing but types", () => {
    const verifier = source("shared/settlement/verify.ts");
    expect(verifier.trimEnd().split("\n").length).toBeLessThanOrEqual(200);
    expect(verifier.match(/\bimport\b.*|\brequire\b.*/g)).toEqual(['import type * as T from "./text.ts";']);
  });
});

describe("files", () => {
  test("names are lower-case with hyphens", () => {
    const known =
      /^(README|ARCHITECTURE|CONTRIBUTING|SECURITY|GLOSSARY|STATES|TRACE|FIELDS|ERRORS)\.md$|^(README|[a-z-]+)\.zh-CN\.md$|^LICENSE$|^\./;
    expect(
      files.map((file) => basename(file)).filter((name) => !/^[a-z0-9.-]+$/.test(name) && !known.test(name)),
    ).toEqual([]);
  });
  test("folders lie two deep, a third level only where a tool asks for it", () => {
    const deep = files.filter((file) => file.split("/").length > 3);
    expect(
      deep.filter((file) => !/^(miniapp\/src\/(pages|parts|custom-tab-bar)|console\/src\/(pages|parts))\//.test(file)),
    ).toEqual([]);
  });
  test("zod is imported whole, never by name: the named import drags in every language", () => {
    expect(holding(code, /import \{[^}]*\bz\b[^}]*\} from "zod"/)).toEqual([]);
  });
  test("nothing is skipped, focused or left for later", () => {
    // What needs a program that is not everybody's says so, and fails where CI is true.
    const others = code.filter((file) => !/^test\/(system\/(tidy|steps)\.test|law\/oracle-asked)\.ts$/.test(file));
    const left =
      /\b(test|describe|it)\.(skip|only|todo|runIf|skipIf)\b|\bskip\(|\b(TODO|FIXME|HACK)\b|@ts-ignore|@ts-expect-error/;
    expect(holding(others, left)).toEqual([]);
  });

  test("a list of fields is written as one, not as a merge of packs", () => {
    const others = code.filter((file) => file !== "test/system/tidy.test.ts");
    expect(holding(others, /\.\.\.\{ ?[.\w]+/)).toEqual([]);
  });
  test("no file is so long that it must hold two ideas", () => {
    // Those two are written by commands.
    const written = ["shared/gateway/FIELDS.md", "shared/STATES.md"];
    const long = files
      .filter((file) => /\.(tsx?|mjs|css|scss|py|md)$/.test(file) && !written.includes(file))
      .filter((file) => source(file).split("\n").length > 400);
    expect(long).toEqual([]);
  });
});
