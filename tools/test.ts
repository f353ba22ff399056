import { type FrontEnd, frontEnds, isBuilt } from "../local/build.ts";
import { slow } from "../vitest.config.ts";
import { lanes, lint, type Step, types, vitest } from "./steps.ts";

/** npm test: types, lint, unit, property, handler, infrastructure and browser tests, with the front ends built beside them. */
const building = (frontEnd: FrontEnd): Step[] =>
  isBuilt(frontEnd)
    ? []
    : [
        {
          name: `构建 ${frontEnd.what}`,
          args: [
            "--import",
            "tsx",
            "local/build-one.ts",
            Object.entries(frontEnds).find(([, one]) => one === frontEnd)![0],
          ],
        },
      ];

const fast = vitest("单元、性质与接口测试 tests", ...slow.flatMap((pattern) => ["--exclude", pattern]));
const first = await lanes(
  [lint, fast],
  [...building(frontEnds.console), ...building(frontEnds.h5), ...building(frontEnds.weapp), types],
);
const second = await lanes([
  vitest(
    "基础设施、小程序与浏览器 infrastructure, mini-program, browser",
    ...slow.map((pattern) => pattern.replace("/**/*.test.ts", "")),
  ),
]);
process.exitCode = first && second ? 0 : 1;
