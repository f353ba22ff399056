import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { frontEnds } from "../local/build.ts";
import { credentials } from "./bench-credential.ts";
import { settlements } from "./bench-gateway.ts";
import { againstDatabase, type Say, withDatabase } from "./bench-load.ts";
import { settles } from "./bench-settle.ts";

const root = join(import.meta.dirname, "..");
const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

/** How many lines a second a command's law answers, text in and text out, on one core; the median of some rounds. */
function linesPerSecond(answer: (line: string) => unknown, lines: readonly string[], rounds: number): number {
  return median(
    Array.from({ length: rounds }, () => {
      const startedAt = performance.now();
      for (const line of lines) answer(line);
      return lines.length / ((performance.now() - startedAt) / 1000);
    }),
  );
}

async function quotes(say: Say, small: boolean): Promise<void> {
  const { quoteLine } = await import("../shared/contribution/lines.ts");
  const rows = JSON.parse(readFileSync(join(root, "test/vectors/quote.json"), "utf8")) as { case: object }[];
  const lines = Array.from({ length: 5_000 }, (_, i) => JSON.stringify(rows[i % rows.length]!.case));
  say(
    `quote, text in and text out with trace: ${linesPerSecond(quoteLine, lines, small ? 1 : 7).toFixed(0)} cases/s on one core`,
  );
}

/** A payment through the API, against the same requests to the database alone. */
const bookings = (say: Say, small: boolean): Promise<void> =>
  withDatabase(async () => {
    const { openOrder } = await import("../functions/contributions/store.ts");
    const { world, someone } = await import("../test/world/world.ts");
    const { plus, yuan } = await import("../shared/money.ts");
    const { day } = await import("../shared/day.ts");
    const made = await world();
    const amount = yuan("400");
    const orders = await Promise.all(
      Array.from({ length: small ? 64 : 640 }, (_, i) => {
        const { personNo, name, village, poolingArea } = someone();
        return openOrder(
          { payer: { accountNo: `BENCH${i}`, personNo: null }, requestNo: `bench-${i}`, body: {} },
          async () => [
            {
              personNo,
              name,
              village,
              poolingArea,
              self: true,
              benefitYear: 2026,
              tier: 1,
              channel: "window",
              standard: amount,
              subsidised: plus(),
              payer: null,
              due: amount,
              repairYears: 0,
              repairCost: plus(),
              amount,
              coverFrom: day("2026-01-01"),
              waitingMonths: 0,
            },
          ],
        );
      }),
    );
    const calls = orders.map(
      ({ orderNo }) =>
        () =>
          made.tell(made.notice(orderNo, "400.00")),
    );
    await againstDatabase("booking a payment", calls, say);
  });

async function coldStart(say: Say, small: boolean): Promise<void> {
  const { budget, coldStarts, isOver, table } = await import("../infra/measure.ts");
  const { byCapability } = await import("../infra/functions.ts");
  const starts = await coldStarts(byCapability, small ? 1 : 7);
  say("cold start: module load against an empty middy handler with the same SDK; in brackets, bundled as ours are");
  for (const line of table(starts)) say(line);
  const over = starts.filter(isOver).length;
  say(`  ${starts.length - over} of ${starts.length} functions within ${budget}×`);
}

function sizes(say: Say): void {
  const bytes = (folder: string, of: (path: string) => number): number =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile())
      .reduce((sum, path) => sum + of(path), 0);
  for (const { what, made } of Object.values(frontEnds)) {
    const folder = join(root, made);
    if (!existsSync(folder)) {
      say(`${what}: not built`);
      continue;
    }
    const whole = bytes(folder, (path) => statSync(path).size);
    const zipped = bytes(folder, (path) => gzipSync(readFileSync(path)).length);
    say(`${what}: ${(whole / 1024).toFixed(0)} kB in all, ${(zipped / 1024).toFixed(0)} kB over the wire`);
  }
}

/** Every part of the bench; small, it only has to come to its end. */
export const parts: Readonly<Record<string, (say: Say, small: boolean) => unknown>> = {
  quotes,
  settles,
  bookings,
  settlements,
  credential: credentials,
  coldStart,
  sizes,
};
