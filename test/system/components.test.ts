import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as z from "zod";

const root = join(import.meta.dirname, "../..");

const Locked = z.object({
  name: z.string().optional(),
  version: z.string().optional(),
  integrity: z.string().optional(),
  link: z.boolean().optional(),
});
const Component = z.object({
  name: z.string(),
  purl: z.string(),
  hashes: z.array(z.object({ alg: z.string(), content: z.string() })).optional(),
});
type Component = z.output<typeof Component>;

/** What the lock says of each package: its checksum in hexadecimal, or null where a copy of it comes inside another package. */
function locked(): Map<string, string | null> {
  const { packages } = z
    .object({ packages: z.record(z.string(), Locked) })
    .parse(JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")));
  const sums = new Map<string, string | null>();
  for (const [path, { name, version, integrity, link }] of Object.entries(packages)) {
    if (link || !path.includes("node_modules/")) continue;
    const id = `${name ?? path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length)}@${version}`;
    const sum = integrity ? Buffer.from(integrity.replace(/^sha512-/, ""), "base64").toString("hex") : null;
    sums.set(id, sums.get(id) === null ? null : sum);
  }
  return sums;
}

/** 物料清单 · as docs/security/components.md says that it is made. */
function bill(): { components: Component[] } {
  const args = ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only", "--offline"];
  const made = execFileSync("npm", args, { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  return z
    .object({ bomFormat: z.literal("CycloneDX"), specVersion: z.string(), components: z.array(Component) })
    .parse(JSON.parse(made));
}

describe("the bill of materials", () => {
  const idOf = ({ purl }: Component) => decodeURIComponent(purl.slice("pkg:npm/".length));

  test("is made of the lock alone, offline, and has every package of it with the lock's checksum", () => {
    const lock = locked();
    const ours = (id: string) => id.startsWith("@resident-insurance/");
    const { components } = bill();
    const listed = new Set(components.map(idOf).filter((id) => !ours(id)));
    expect(listed.size).toBeGreaterThan(1_000);
    expect([...listed].sort()).toEqual([...lock.keys()].sort());
    const told = new Map(components.map((one) => [idOf(one), one.hashes?.map(({ content }) => content) ?? []]));
    const untold = [...lock].filter(([id, sum]) => sum !== null && !told.get(id)!.includes(sum));
    expect(untold).toEqual([]);
    expect([...lock.values()].filter((sum) => sum === null).length).toBeLessThan(30);
  });
});
