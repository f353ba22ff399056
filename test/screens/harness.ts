import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, type Page, chromium as playwright } from "playwright-core";
import { freePort } from "../../local/database.ts";
import { signInTable } from "../../local/landing.ts";

const root = join(import.meta.dirname, "../..");

export interface System {
  readonly origin: string;
  /** Where its data and its keys lie. */
  readonly folder: string;
  /** What it printed that is not a line of its own: whoever started it would have to act on it. */
  printedBesides(): string[];
  /** The code in the newest message to a telephone. */
  codeSentTo(telephone: string): Promise<string>;
  stop(): void;
}

/** The whole local system as `npm start` runs it, on a free port, with a small county in a folder of its own. */
export async function startSystem(people = 2000): Promise<System> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "resident-insurance-"));
  const child = spawn(process.execPath, ["tools/bootstrap.mjs", "start"], {
    cwd: root,
    env: { ...withoutTestTables(), PORT: String(port), DATA_FOLDER: folder, PEOPLE: String(people) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed = await said(child, `localhost:${port}/m/`);
  const origin = `http://localhost:${port}`;
  const table = signInTable(origin).split("\n");
  return {
    origin,
    folder,
    printedBesides: () =>
      printed()
        .split("\n")
        .filter((line) => line !== "" && !/^ *\d+ s {2}\S/.test(line) && !table.includes(line)),
    async codeSentTo(telephone) {
      const reply = await fetch(`${origin}/stand-ins/sms/?as=json&telephone=${telephone}`);
      // What is told beside a code may arrive after it.
      const newest = ((await reply.json()) as { text: string }[]).find(({ text }) => text.includes("验证码"));
      return /\d{6}/.exec(newest?.text ?? "")?.[0] ?? "";
    },
    stop() {
      child.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The environment of this process without what the test set-up put there for handlers called in place. */
function withoutTestTables(): NodeJS.ProcessEnv {
  const own =
    /^(MAIN_TABLE|LEDGER_TABLE|AUDIT_TABLE|DYNAMODB_ENDPOINT|KEY_FILE|DATA_FOLDER|ISSUER_|OBJECTS_|ATTACHMENT|SMS_|WECHAT_|COLLECTING_AREA|RESIDENT_SITE|VITEST|POWERTOOLS_|AWS_SDK_JS)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

/** Waits until a process says these words; afterwards, all that it has said by then. */
function said(child: ChildProcess, words: string): Promise<() => string> {
  return new Promise((resolve, reject) => {
    let all = "";
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (chunk) => {
        all += chunk;
        if (all.includes(words)) resolve(() => all);
      });
    child.on("exit", (code) => reject(new Error(`the system stopped with ${code}: ${all}`)));
  });
}

/** A real headless browser: the packaged Chromium on Linux x64, an installed Chrome elsewhere. */
export async function openBrowser(): Promise<Browser> {
  if (process.platform !== "linux" || process.arch !== "x64") return playwright.launch({ channel: "chrome" });
  // The package unpacks the system libraries that Chromium needs only where it believes to be on Lambda.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= "nodejs22.x";
  const { default: chromium } = await import("@sparticuz/chromium");
  const executablePath = await chromium.executablePath();
  copyChineseFont();
  // With a single process all contexts share one storage, and closing one ends the browser.
  const unwanted = /--single-process|--disable-web-security|--allow-running-insecure-content/;
  return playwright.launch({
    executablePath,
    args: chromium.args.filter((one) => !unwanted.test(one)),
    headless: true,
  });
}

/** The packaged Chromium brings no Chinese font. */
function copyChineseFont(): void {
  const packaged = dirname(createRequire(import.meta.url).resolve("@expo-google-fonts/noto-sans-sc/package.json"));
  const fonts = join(tmpdir(), "fonts");
  mkdirSync(fonts, { recursive: true });
  for (const weight of ["400Regular/NotoSansSC_400Regular", "700Bold/NotoSansSC_700Bold"]) {
    copyFileSync(join(packaged, `${weight}.ttf`), join(fonts, `${weight.split("/")[1]}.ttf`));
  }
}

/** What axe finds wrong on a page of the mini-program, in the version that it is shown in. */
export const faults = (page: Page): Promise<string[]> =>
  found(new AxeBuilder({ page }).disableRules(["region", "page-has-heading-one", "landmark-one-main"]));

/** What axe finds wrong on a page of the console, once nothing on it moves. */
export async function consoleFaults(page: Page): Promise<string[]> {
  // What is still fading in has not the contrast that it will have.
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== "running"));
  return found(new AxeBuilder({ page }));
}

async function found(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}
