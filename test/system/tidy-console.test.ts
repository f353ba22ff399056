import { expect, test } from "vitest";
import { between, circlesOf, graph } from "./imports.ts";

const featureOf = (file: string): string | null => /^console\/src\/pages\/([^/]+)\//.exec(file)?.[1] ?? null;

test("features in console/src/pages import one way", () => {
  const features = between(featureOf);
  expect(features.size).toBeGreaterThan(10);
  expect(circlesOf(features)).toEqual([]);
});

test("what several pages stand on knows none of them; routes.tsx alone opens them, and offline-main.tsx its one", () => {
  const below = [...graph].filter(([file]) => file.startsWith("console/src/") && featureOf(file) === null);
  expect(below.length).toBeGreaterThan(20);
  const up = below.filter(([, imported]) => imported.some(featureOf)).map(([file]) => file);
  expect(up).toEqual(["console/src/offline-main.tsx", "console/src/routes.tsx"]);
});
