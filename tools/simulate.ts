import { bundled, playedTogether } from "../test/models/simulation-bundle.ts";

/** npm run simulate -- [how many seeds] [the first]: seeded histories of payments, on every core; one seed alone is told whole. */
const [many = 2_000, first = 1] = process.argv.slice(2).map(Number);
const runs = await playedTogether(await bundled(null), many, first);
for (const { said } of runs) process.stdout.write(said);
process.exitCode = runs.every(({ passed }) => passed) ? 0 : 1;
