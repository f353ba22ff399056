import { parts } from "./bench-parts.ts";
import { finish, lanes, script, vitest } from "./steps.ts";

/**
 * npm run prove -- [how many]: what needs size, beside `npm test`; and every part of the bench to its end, so that none rots.
 * No time is judged.
 */
const [size = 20_000] = process.argv.slice(2).map(Number);
const steps = [
  {
    ...vitest(
      "模型，全部场数 the models, each at its whole size",
      "test/models/",
      "test/codes/",
      "test/api/newborn-merge",
      "test/gateway/gateway-storm",
    ),
    env: { WHOLE_SIZE: "1" },
  },
  script(`${size} 次就诊 visits`, "tools/visits-run.ts", String(size)),
  script(`${size} 段缴费历史 simulated histories`, "tools/simulate.ts", String(size)),
  ...Object.keys(parts).map((name) => script(`bench ${name}`, "tools/bench.ts", name, "--small")),
];
finish(await lanes(steps.map((one) => ({ ...one, speaks: true }))));
