import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { policyInPage } from "../../shared/page-headers.ts";

const root = join(import.meta.dirname, "../..");

const pages = [
  "console/dist/index.html",
  "console/dist/api.html",
  "console/dist/offline.html",
  "miniapp/dist/h5/index.html",
];

test.each(pages)("%s has no script of its own in it: the content security policy forbids it", (page) => {
  expect(readFileSync(join(root, page), "utf8").match(/<script(?![^>]*\bsrc=)[^>]*>/g) ?? []).toEqual([]);
});

test.each(pages)("%s says itself what it may do, before anything else runs", (page) => {
  const text = readFileSync(join(root, page), "utf8").replaceAll("&#39;", "'");
  const at = text.indexOf(`<meta http-equiv="Content-Security-Policy" content="${policyInPage()}">`);
  expect(at).toBeGreaterThan(0);
  expect(at).toBeLessThan(text.indexOf("<script"));
});
