import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { runtime } from "../infra/runtime.ts";
import { text } from "../shared/money.ts";
import { freshYear, type Year } from "../shared/settlement/claim.ts";
import { type SettledClaim, settleCase, settleLine } from "../shared/settlement/lines.ts";
import { type Agreed, agreed, type Engine, type GivenClaim, publicodesEngine, zenEngines } from "./bench-engines.ts";
import type { Say } from "./bench-load.ts";

type Answer = (line: string) => { readonly line: string; readonly ok: boolean };

/** A way of settling under measurement: what one round does, how many claims that is, and what each round took. */
interface Contender {
  readonly name: string;
  readonly claims: number;
  readonly round: () => Promise<void>;
  /** Claims a second by the clock, and by the processor's own time, which neighbours on the machine do not disturb. */
  readonly byClock: number[];
  readonly byProcessor: number[];
}

const root = join(import.meta.dirname, "..");
const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
const shown = (rate: number) => Math.round(rate).toLocaleString("en");

/** 结算 · claims a second with the full trace, text in and text out, then beside other rule engines in the same run. */
export async function settles(say: Say, small: boolean): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "resident-insurance-settle-"));
  say(`load of the machine ${loadavg()[0]!.toFixed(1)} on ${cpus().length} cores`);
  try {
    const bundled = await settleLineBundled(folder);
    const count = small ? 1 : 7;
    await alone(bundled, count, say);
    await beside(bundled, count, say);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `settleLine` as a Lambda function ships it: bundled and minified, with no loader between. */
async function settleLineBundled(folder: string): Promise<Answer> {
  const outfile = join(folder, "settle.mjs");
  await build({
    entryPoints: [join(root, "shared/settlement/lines.ts")],
    outfile,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: runtime.target,
  });
  return (await import(pathToFileURL(outfile).href)).settleLine;
}

async function alone(bundled: Answer, count: number, say: Say): Promise<void> {
  say("settle, text in and text out as bytes with the full trace, claims of 6 fee lines, one core:");
  for (const perCase of [1, 4]) {
    const lines = cases(4_000 / perCase, perCase).map((one) => JSON.stringify(one));
    const contenders = [
      settling("bundled, as Lambda ships it", bundled, lines),
      settling("through tsx, as npm start runs", settleLine, lines),
    ];
    await rounds(contenders, count);
    const settled = lines.flatMap((line) => JSON.parse(settleLine(line).line).claims as { trace: object[] }[]);
    const bytes = settled.reduce((sum, { trace }) => sum + Buffer.byteLength(JSON.stringify(trace)), 0);
    say(`  cases of ${perCase}, ${(bytes / settled.length / 1000).toFixed(1)} kB of trace a claim`);
    for (const one of contenders) say(`    ${rateOf(one)}`);
  }
}

async function beside(bundled: Answer, count: number, say: Say): Promise<void> {
  const made = cases(1_000, 4);
  const withSums = made.map(withFeeSums);
  const settled = made.map((one) => settleCase(one).claims);
  const given = settled.flatMap((claims, i) => claims.map((one, n) => givenClaim(made[i]!, n, claims[n - 1], one)));
  const zen = await zenEngines();
  const engines = [...zen, await publicodesEngine()];
  await agreeing(engines, given.slice(0, 400), settled.flat().slice(0, 400), say);

  const texts = given.map((one) => JSON.stringify(one));
  const fromLines = settling("settle, from 6 fee lines", bundled, toLines(made));
  const fromSums = settling("settle, fee sums given", bundled, toLines(withSums));
  const others = engines.map((engine) => answering(engine, texts.slice(0, engine.name === "publicodes" ? 200 : 800)));
  await rounds([fromLines, fromSums, ...others], count);

  say("the same claims (烟台 resident, minimum-living, in-patient, a year that already holds earlier ones), one run:");
  say(
    "  settle checks its input, builds the year, finds the identity and the rules of the day among all areas, and cites;",
  );
  say("  the others are given fee sums, identity and year, hold one area's rules of one day, and trace values only");
  for (const one of [fromLines, fromSums, ...others]) say(`  ${rateOf(one)}`);
  for (const ours of [fromLines, fromSums]) {
    const told = others.map(
      (one) => `${one.name} ${shown(median(one.byProcessor))} claims/s, ratio ${ratio(ours, one)}×`,
    );
    say([`${ours.name} ${shown(median(ours.byProcessor))} claims/s`, ...told].join("; "));
  }
  if (zen.length === 0) say("zen-engine: not measured, it has no binary for this platform");
}

const rateOf = ({ name, byClock, byProcessor }: Contender) =>
  `${name}: ${shown(median(byClock))} claims/s (${shown(median(byProcessor))} a second of processor time)`;

/** Of processor time, round by round, so that whatever else the machine does falls on both alike. */
const ratio = (ours: Contender, other: Contender) =>
  median(ours.byProcessor.map((rate, i) => rate / other.byProcessor[i]!)).toFixed(1);

/** All in turn, round after round; the first round warms up and does not count. */
async function rounds(contenders: readonly Contender[], count: number): Promise<void> {
  for (let round = 0; round <= count; round++) {
    for (const { claims, round: run, byClock, byProcessor } of contenders) {
      const [startedAt, usedAt] = [performance.now(), process.cpuUsage()];
      await run();
      const [ms, used] = [performance.now() - startedAt, process.cpuUsage(usedAt)];
      if (round === 0) continue;
      byClock.push(claims / (ms / 1e3));
      byProcessor.push(claims / ((used.user + used.system) / 1e6));
    }
  }
}

function settling(name: string, answer: Answer, lines: readonly string[]): Contender {
  const claims = lines.reduce((sum, line) => sum + JSON.parse(line).claims.length, 0);
  const round = async () => {
    // Bytes, so that no text is left to be put together later.
    for (const line of lines) Buffer.from(answer(line).line);
  };
  return { name, claims, round, byClock: [], byProcessor: [] };
}

function answering({ name, answer }: Engine, texts: readonly string[]): Contender {
  const round = async () => {
    for (const claim of texts) Buffer.from(await answer(claim));
  };
  return { name, claims: texts.length, round, byClock: [], byProcessor: [] };
}

/** Throws unless every engine pays what `settle` pays, on claims that reach every limit and the highest tier. */
async function agreeing(
  engines: readonly Engine[],
  given: readonly GivenClaim[],
  settled: readonly SettledClaim[],
  say: Say,
): Promise<void> {
  const binding = new Set(settled.flatMap(({ settlement }) => settlement.steps.flatMap(limitsThatBound)));
  const wanted = ["ceiling/everybody", "medicalAid.limit/favoured", "furtherAid.limit/favoured"];
  const highest = given.filter(({ criticalIllnessBaseBefore }) => criticalIllnessBaseBefore > 30_000_000);
  const missing = wanted.filter((one) => !binding.has(`benefits.resident.${one}`));
  if (missing.length > 0 || highest.length === 0) throw new Error(`the claims are too alike: ${missing.join(", ")}`);
  for (const engine of engines) {
    for (const [i, claim] of given.entries()) {
      const amounts = engine.amounts(await engine.answer(JSON.stringify(claim)));
      const ours = settled[i]!.settlement as Agreed;
      const differing = agreed.filter((name) => amounts[name] !== ours[name]);
      if (differing.length === 0) continue;
      const told = differing.map((name) => `${name} ${amounts[name]} instead of ${ours[name]}`);
      throw new Error(`${engine.name} settles ${JSON.stringify(claim)} otherwise: ${told.join(", ")}`);
    }
  }
  say(
    `${given.length} claims settled alike, to the fen, by ${["settle", ...engines.map(({ name }) => name)].join("; ")}`,
  );
}

const limitsThatBound = ({ op, asked }: SettledClaim["settlement"]["steps"][number]): string[] =>
  op === "within" ? asked.filter(({ decided }) => decided).map(({ rule }) => rule.parameter) : [];

const toLines = (made: readonly object[]) => made.map((one) => JSON.stringify(one));

const levels = ["primary", "secondary", "tertiary"] as const;

/** Cases as a hospital would send them: bills from some hundred to some hundred thousand yuan, the same in every run. */
function cases(count: number, perCase: number) {
  let state = 20_230_101;
  const chance = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: count }, (_, i) => ({
    id: `bench-${i}`,
    poolingArea: "370600",
    scheme: "resident",
    person: {
      bornOn: "1958-04-12",
      sex: "female",
      homeCounty: "370611",
      identities: [{ kind: "minimum-living", from: "2022-11-03", until: null }],
    },
    claims: Array.from({ length: perCase }, (_, n) => {
      const scale = 10 ** (1 + 2.3 * chance());
      const price = (share: number) => (scale * share * (0.5 + chance())).toFixed(4);
      return {
        id: `bench-${i}-${n}`,
        careType: "inpatient",
        admittedOn: `2024-${month(2 * n + 1)}-07`,
        dischargedOn: `2024-${month(2 * n + 2)}-03`,
        provider: { level: levels[Math.floor(3 * chance())]!, county: "370602" },
        fees: {
          lines: [
            { code: "XA01BC05", class: "A", price: price(3), quantity: "14" },
            { code: "XB02AA13", class: "B", price: price(9), quantity: "21.5", upfrontShare: "0.1" },
            { code: "001101000010", class: "A", price: price(5), quantity: "12" },
            { code: "003304050150", class: "B", price: price(200), quantity: "1", upfrontShare: "0.05" },
            {
              code: "C0101",
              class: "B",
              price: price(260),
              quantity: "2",
              priceCap: (scale * 250).toFixed(2),
              upfrontShare: "0.15",
            },
            { code: "HC0007", class: "C", price: price(20), quantity: "3" },
          ],
        },
      };
    }),
  }));
}

type Case = ReturnType<typeof cases>[number];

const month = (number: number) => String(number).padStart(2, "0");

/** The same case with each claim's fee lines already added up. */
function withFeeSums(made: Case): object {
  const settled = settleCase(made).claims;
  const sums = ({ settlement: s }: SettledClaim) => ({
    total: text(s.total),
    outsideCatalogue: text(s.outsideCatalogue),
    overPriceCap: text(s.overPriceCap),
    upfront: text(s.upfront),
  });
  return { ...made, claims: made.claims.map((claim, n) => ({ ...claim, fees: sums(settled[n]!) })) };
}

function givenClaim(made: Case, n: number, before: SettledClaim | undefined, { settlement }: SettledClaim): GivenClaim {
  const year: Year = before?.settlement.after ?? freshYear;
  const { total, outsideCatalogue, overPriceCap, upfront } = settlement;
  return {
    level: made.claims[n]!.provider.level,
    total,
    outsideCatalogue,
    overPriceCap,
    upfront,
    pooledBefore: year.pooled,
    criticalIllnessBaseBefore: year.criticalIllness.base,
    medicalAidBaseBefore: year.medicalAid.base,
    medicalAidBefore: year.medicalAid.paid,
    furtherAidBaseBefore: year.furtherAid.base,
    furtherAidBefore: year.furtherAid.paid,
  };
}
