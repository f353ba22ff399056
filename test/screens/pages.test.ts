import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

test.each(["console/dist/index.html", "console/dist/api.html", "miniapp/dist/h5/index.html"])(
  "%s has no script of its own in it: the content security policy forbids it",
  (page) => {
    expect(readFileSync(join(root, page), "utf8").match(/<script(?![^>]*\bsrc=)[^>]*>/g) ?? []).toEqual([]);
  },
);
