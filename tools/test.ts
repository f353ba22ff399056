import { type FrontEndName, frontEnds, isBuilt } from "../local/build.ts";
import { screens } from "../vitest.config.ts";
import { finish, lanes, lint, script, types, vitest } from "./steps.ts";

/** npm test: lint, types, and every test; the front ends are built, and opened, beside the tests that need none of them. */
const building = (Object.keys(frontEnds) as FrontEndName[])
  .filter((name) => !isBuilt(frontEnds[name]))
  .map((name) => script(`构建 ${frontEnds[name].what}`, "local/build-one.ts", name));

finish(
  await lanes(
    [lint, vitest("单元、性质、接口与基础设施 unit, property, API, infrastructure", "--exclude", `${screens}**`)],
    [...building, vitest("小程序与浏览器 mini-program, browser", "--maxWorkers", "2", screens), types],
  ),
);
